// Draw prints the picture of the house, and writes it as SVG and as Mermaid where it is told to.
// It fails when an arrow does not go down.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"amparo/internal/house"
)

func main() {
	svg := flag.String("svg", "", "write the picture as SVG into this file")
	mermaid := flag.String("mermaid", "", "write the picture as Mermaid into this file")
	flag.Parse()
	if err := draw(*svg, *mermaid); err != nil {
		fmt.Fprintln(os.Stderr, "house:", err)
		os.Exit(1)
	}
}

func draw(svg, mermaid string) error {
	root, err := house.Root()
	if err != nil {
		return err
	}
	all, err := house.Packages(root)
	if err != nil {
		return err
	}
	pic := house.Draw(slices.DeleteFunc(all, house.Package.ForTests))
	fmt.Print(pic.Text())
	for _, out := range []struct{ file, text string }{{svg, pic.SVG()}, {mermaid, pic.Mermaid()}} {
		if out.file == "" {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(out.file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(out.file, []byte(out.text), 0o644); err != nil {
			return err
		}
		fmt.Println("written:", out.file)
	}
	if len(pic.Up)+len(pic.Circles) > 0 {
		return fmt.Errorf("the house does not stand")
	}
	return nil
}
