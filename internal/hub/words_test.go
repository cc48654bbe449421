package hub

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jba/templatecheck"
	"golang.org/x/net/html"
)

// missing is how a key without words shows on a page.
var missing = regexp.MustCompile(`\[[a-z-]+(\.[a-z-]+)*\]|&lt;no value|<no value`)

// TestEveryScreen renders every story in every language.
func TestEveryScreen(t *testing.T) {
	f := open(t, "")
	titles := map[string]string{"en": "Information and support", "es": "Información y apoyo"}
	for _, l := range f.hub.words.Languages() {
		for _, s := range stories {
			path := "/storybook/" + l.Tag + "/" + s.Name
			w := f.get(path)
			page := w.Body.String()
			if w.Code != 200 || !strings.Contains(page, `<html lang="`+l.Tag+`"`) {
				t.Errorf("%s: %d", path, w.Code)
			}
			if m := missing.FindString(page); m != "" {
				t.Errorf("%s shows %s", path, m)
			}
			if strings.Contains(page, "<b>I am") {
				t.Errorf("%s shows markup that a person typed", path)
			}
			if strings.HasPrefix(s.Name, "frame") {
				continue // within a page that has Exit and the rest
			}
			exitFirst(t, path, page)
			ids, title, toEnglish := map[string]bool{}, "", false
			walk(t, page, func(n *html.Node) {
				if id := attr(n, "id"); id != "" {
					if ids[id] {
						t.Errorf("%s has id %q twice", path, id)
					}
					ids[id] = true
				}
				if n.Data == "title" && n.Namespace == "" { // a picture has a title too
					title = n.FirstChild.Data
				}
				if n.Data == "a" && attr(n, "hreflang") == "en" || n.Data == "form" && attr(n, "action") == "/en/read" {
					toEnglish = true
				}
			})
			want, ok := titles[l.Tag]
			if !ok {
				want = f.hub.words.In(l.Tag).T("title")
			}
			if title != want {
				t.Errorf("%s: title %q", path, title)
			}
			if !l.Reviewed && (!strings.Contains(page, f.hub.words.In(l.Tag).T("unreviewed")) || !toEnglish) {
				t.Errorf("%s does not say that nobody reviewed it, or leads to no English", path)
			}
		}
	}
}

func TestWordsAreWhole(t *testing.T) {
	f := open(t, "")
	for _, p := range f.hub.words.Check() {
		t.Error(p)
	}
}

// TestSentencesAreShort holds all words to 20 a sentence, and finds those that no screen says.
func TestSentencesAreShort(t *testing.T) {
	var source strings.Builder
	for _, pattern := range []string{"*.go", "templates/*.html", "client/*.js", "check/*.json"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, n := range names {
			if b, err := os.ReadFile(n); err == nil && !strings.HasSuffix(n, "_test.go") {
				source.Write(b)
			}
		}
	}
	for _, lang := range []string{"en", "es"} {
		words := map[string]any{}
		names, err := fs.Glob(files, "words/"+lang+"/*.json")
		if err != nil || len(names) == 0 {
			t.Fatalf("no catalogue of %s: %v", lang, err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(data, &words); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		for key, w := range words {
			texts := []any{w}
			if plural, ok := w.(map[string]any); ok {
				texts = nil
				for _, form := range plural {
					texts = append(texts, form)
				}
			}
			for _, text := range texts {
				for sentence := range strings.FieldsFuncSeq(text.(string), func(c rune) bool { return strings.ContainsRune(".?!:", c) }) {
					if n := len(strings.Fields(sentence)); n > 20 {
						t.Errorf("%s %s: %d words: %s", lang, key, n, sentence)
					}
				}
			}
			family, _, _ := strings.Cut(key, ".")
			composed := family == "error" || family == "fail" || family == "chat" || family == "place"
			if !composed && !strings.Contains(source.String(), `"`+key+`"`) {
				t.Errorf("%s: nothing says %s", lang, key)
			}
		}
	}
}

func TestTemplatesFitTheirPages(t *testing.T) {
	f := open(t, "")
	checked := map[string]any{"storybook.html": storybookPage{}, "carry": &carry{}, "numbers": []number{}, "top": page{}, "bottom": page{}}
	for _, a := range areas {
		maps.Copy(checked, a.types)
	}
	for _, tmpl := range f.hub.pages.Templates() {
		if tmpl.Tree == nil || tmpl.Name() == "layout.html" {
			continue
		}
		data, ok := checked[tmpl.Name()]
		if !ok {
			t.Errorf("no type is known for template %q", tmpl.Name())
			continue
		}
		if err := templatecheck.CheckHTML(tmpl, data); err != nil {
			t.Errorf("%s: %v", tmpl.Name(), err)
		}
	}
}
