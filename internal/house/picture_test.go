package house

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
)

var planted = []Package{
	{"amparo/law/explain", []string{"amparo/internal/fault", "fmt"}},
	{"amparo/internal/hub", []string{"amparo/internal/switchboard", "amparo/internal/id", "amparo/internal/hub/pages"}},
	{"amparo/internal/hub/pages", []string{"amparo/internal/id"}},
	{"amparo/internal/switchboard", []string{"amparo/internal/id"}},
	{"amparo/internal/id", nil},
	{"amparo/internal/fault", nil},
	{"amparo/internal/house", nil},
}

func TestPicture(t *testing.T) {
	pic := Draw(planted)
	want := `  5  hub          → id switchboard
  3  switchboard  → id
  2  law          → fault
  1  id
     fault
4 arrows, all listed · running up or sideways: none · in a circle: none
`
	if got := pic.Text(); got != want {
		t.Errorf("have\n%s\nwant\n%s", got, want)
	}
	if m := pic.Mermaid(); !strings.Contains(m, "hub --> switchboard") || strings.Contains(m, "hub --> id") {
		t.Errorf("Mermaid wants the arrows that no others imply:\n%s", m)
	}
}

func TestPictureIsTheSameEachTime(t *testing.T) {
	backwards := slices.Clone(planted)
	slices.Reverse(backwards)
	a, b := Draw(planted), Draw(backwards)
	if a.Text() != b.Text() || a.SVG() != b.SVG() || a.Mermaid() != b.Mermaid() {
		t.Error("the order of packages changes the picture")
	}
}

func TestPictureMarksWhatRunsUp(t *testing.T) {
	pic := Draw(append(slices.Clone(planted), Package{"amparo/internal/id/x", []string{"amparo/internal/hub"}}))
	if v := pic.Verdict(); !strings.Contains(v, "id → hub") || !strings.Contains(v, "in a circle: internal/hub, internal/id") {
		t.Error(v)
	}
	if svg := pic.SVG(); strings.Count(svg, "stroke-dasharray") != 1 {
		t.Errorf("want one broken arrow:\n%s", svg)
	}
}

func TestSVGIsWellFormed(t *testing.T) {
	for d := xml.NewDecoder(strings.NewReader(Draw(planted).SVG())); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
