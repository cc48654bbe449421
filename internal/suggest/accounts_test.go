package suggest_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"amparo/internal/suggest"
)

// TestAccounts reads testdata/accounts/LANG.txt: sentences, and what must and must not be proposed for each.
func TestAccounts(t *testing.T) {
	files, err := filepath.Glob("testdata/accounts/*.txt")
	if err != nil || len(files) < 2 {
		t.Fatalf("accounts in English and Spanish are wanted, got %v, %v", files, err)
	}
	reader := newReader(t)
	for _, file := range files {
		lang := strings.TrimSuffix(filepath.Base(file), ".txt")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		checks := 0
		for i, line := range strings.Split(string(data), "\n") {
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			text, wants, ok := strings.Cut(line, "|")
			if !ok {
				t.Fatalf("%s:%d: no bar", file, i+1)
			}
			text = strings.TrimSpace(text)
			found := reader.Read(text, lang)
			for _, want := range strings.Fields(wants) {
				checks++
				if !met(want, found) {
					t.Errorf("%s:%d: %s\n\twant %s, got %s", file, i+1, text, want, shown(text, found))
				}
			}
		}
		if checks < 60 {
			t.Errorf("%s: only %d checks", file, checks)
		}
	}
}

// met says whether proposals are as one word of a line wants.
func met(want string, found []suggest.Proposal) bool {
	want, absent := strings.CutPrefix(want, "!")
	want, note, _ := strings.Cut(want, "~")
	question, answer, _ := strings.Cut(want, "=")
	has := slices.ContainsFunc(found, func(p suggest.Proposal) bool {
		noted := slices.ContainsFunc(p.Notes, func(n suggest.Note) bool { return strings.HasPrefix(string(n), note) })
		return p.Question == question && (answer == "" || p.Answer == answer) && (note == "" || noted)
	})
	return has != absent
}

func shown(text string, found []suggest.Proposal) string {
	var out []string
	for _, p := range found {
		out = append(out, p.Question+"="+p.Answer+" ("+text[p.Start:p.End]+" by "+p.Rule+")")
	}
	return strings.Join(out, "; ")
}

// TestMet shows that the checker of TestAccounts can fail.
func TestMet(t *testing.T) {
	found := []suggest.Proposal{{Question: "hit", Answer: "yes", Notes: []suggest.Note{suggest.Reported}}}
	for want, is := range map[string]bool{"hit=yes": true, "hit=no": false, "locked=yes": false, "!hit": false, "!hit=no": true,
		"!locked": true, "hit=yes~told": true, "hit=yes~may": false, "!hit=yes~told": false} {
		if met(want, found) != is {
			t.Errorf("met(%q) is %v", want, !is)
		}
	}
}
