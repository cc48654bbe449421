package hub

import (
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"

	"amparo/internal/directory"
	"amparo/internal/guide"
)

// TestRightsSayTheirSources opens each page in each language: every statement and office is there with its
// source, mark and day, and the page leads on.
func TestRightsSayTheirSources(t *testing.T) {
	f := open(t, "")
	g, err := guide.Shipped()
	f.must(err)
	if _, ok := g.Office("police"); !ok {
		t.Error("nobody is there to call in danger")
	}
	for _, lang := range []string{"en", "es"} {
		say := f.hub.words.In(lang)
		for _, p := range g.Pages {
			w := f.get("/" + lang + "/rights/" + p.ID)
			text := html.UnescapeString(w.Body.String())
			if w.Code != 200 {
				t.Errorf("%s %s: %d", lang, p.ID, w.Code)
			}
			for _, part := range p.Parts {
				if rightsHeads[part.Kind] == "" {
					t.Errorf("%s: %s has no heading", p.ID, part.Kind)
				}
				for _, s := range part.Statements {
					at := strings.Index(text, s.Say.In(lang))
					if at < 0 {
						t.Errorf("%s %s does not say %q", lang, p.ID, s.Say.In(lang))
						continue
					}
					cite := s.Cite
					if cite == guide.Practice {
						cite = say.T("rights.practice")
					}
					for _, want := range []string{cite, "[" + s.Mark + "]", s.Looked} {
						if !strings.Contains(text[at:], want) {
							t.Errorf("%s %s: %q is not followed by %s", lang, p.ID, s.Say.In(lang), want)
						}
					}
				}
			}
			for _, want := range []string{say.T("rights.nobody"), say.T("rights.not-advice"), `href="/` + lang + `/check"`, `href="/` + lang + `/find"`,
				`href="/` + lang + `/talk"`, `href="tel:18883737888"`, `href="sms:233733"`, `href="tel:911"`} {
				if !strings.Contains(text, want) {
					t.Errorf("%s %s: no %s", lang, p.ID, want)
				}
			}
		}
	}
	if reviewed := f.get("/storybook/en/right-reviewed").Body.String(); strings.Contains(reviewed, "No lawyer has checked") || !strings.Contains(reviewed, "Checked by Ana Sample") {
		t.Error("what was reviewed is shown as if it were not")
	}
	for _, path := range []string{"/en/rights/r99", "/en/rights/R1", "/en/rights/", "/en/rights/r1/x", "/en/rights/%2e%2e"} {
		if w := f.get(path); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// TestGuideWeighs holds each page of the guide and of the finder to the budget of a public page.
func TestGuideWeighs(t *testing.T) {
	f := open(t, "")
	f.hub.Directory = directory.Invented()
	paths := []string{"/find", "/find/all", "/rights"}
	for _, id := range rightIDs(f.hub) {
		paths = append(paths, "/rights/"+id)
	}
	heaviest := 0
	for _, path := range paths {
		total := weight(f, "/es"+path)
		if total > 14_000 {
			t.Errorf("/es%s weighs %d bytes", path, total)
		}
		heaviest = max(heaviest, total)
	}
	if heaviest < 5_000 {
		t.Errorf("the heaviest weighs %d: was it measured?", heaviest)
	}
	t.Logf("the heaviest of %d pages weighs %d bytes; the list %d, an answer to anything %d", len(paths), heaviest,
		weight(f, "/es/find/all"), weight(f, "/storybook/es/find-anything"))
}

// weight is what a first visit fetches, compressed, in bytes.
func weight(f *fixture, path string) int {
	f.Helper()
	w := f.get(path, "Accept-Encoding", "br")
	total := w.Body.Len()
	page, err := io.ReadAll(brotli.NewReader(w.Body))
	f.must(err)
	walk(f.T, string(page), func(n *html.Node) {
		if at := attr(n, "src") + attr(n, "href"); (n.Data == "link" || n.Data == "script") && at != "" {
			total += f.get(at, "Accept-Encoding", "br").Body.Len()
		}
	})
	return total
}
