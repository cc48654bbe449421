package suggest_test

import (
	"fmt"
	"strings"

	"amparo/internal/suggest"
)

func ExampleReader_Read() {
	reader, err := suggest.New([]string{"hit", "papers_taken", "locked"})
	if err != nil {
		panic(err)
	}
	text := "My boss took my passport. He never hit me. My friend says they locked her in."
	for _, p := range reader.Read(text, "") {
		fmt.Printf("%s %s: %q, %s", p.Question, p.Answer, text[p.Start:p.End], p.Band)
		for _, n := range p.Notes {
			fmt.Print("; ", n)
		}
		fmt.Println()
	}
	for _, l := range reader.Languages() {
		fmt.Println(l.Tag, "reviewed by", strings.TrimSpace(l.Reviewed))
	}
	// Output:
	// papers_taken yes: "took my passport", said plainly
	// hit no: "hit me", said plainly
	// locked yes: "locked her in", said plainly; told by another; may have happened to another
	// en reviewed by nobody
	// es reviewed by nobody
}
