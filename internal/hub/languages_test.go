package hub

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// bracketed is what the artificial languages say.
var bracketed = regexp.MustCompile(`⟦[^⟦⟧]*⟧`)

// shownTo are the attributes that are read out or shown.
var shownTo = []string{"aria-label", "title", "placeholder", "alt", "content", "label"}

// hardCoded lists the words of a page that no catalogue says: those outside brackets. What is marked as being in
// another language is not looked at, nor what people and organisations wrote, which comes in any direction.
func hardCoded(t *testing.T, lang, page string) (out []string) {
	t.Helper()
	var look func(*html.Node)
	look = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			if rest := bracketed.ReplaceAllString(n.Data, ""); strings.ContainsFunc(rest, unicode.IsLetter) {
				out = append(out, strings.TrimSpace(rest))
			}
			return
		case html.ElementNode:
			l, own := "", false
			for _, a := range n.Attr {
				if a.Key == "lang" {
					l, own = a.Val, true
				}
			}
			chosen := n.Data == "option" && attr(n, "value") != "" // of a directory: languages, places
			if own && l != lang || chosen || attr(n, "dir") == "auto" || slices.Contains([]string{"numbers", "tongues"}, attr(n, "class")) || n.Data == "script" || n.Data == "style" {
				return
			}
			for _, name := range shownTo {
				if rest := bracketed.ReplaceAllString(attr(n, name), ""); n.Data != "meta" && strings.ContainsFunc(rest, unicode.IsLetter) {
					out = append(out, fmt.Sprintf("%s=%q", name, rest))
				}
			}
		}
		for c := range n.ChildNodes() {
			look(c)
		}
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	look(doc)
	return out
}

// translated are the catalogues that all languages are to have. Screens of others exist in English and Spanish alone,
// and tell long texts from data.
var translated = []string{"base", "chat", "check", "find"}

// TestEveryWordIsOfACatalogue renders every story of screens that all languages are to have in the artificial ones.
func TestEveryWordIsOfACatalogue(t *testing.T) {
	f := open(t, "")
	if got := hardCoded(t, "en-XA", `<html lang="en-XA"><p title="⟦ţ⟧ t">⟦a⟧ b, <i lang="es">c</i><textarea dir="auto">d</textarea></p>`); len(got) != 2 || got[0] != `title=" t"` || got[1] != "b," {
		t.Fatalf("planted words: %q", got)
	}
	forAll := map[string]bool{}
	for _, a := range areas {
		if slices.ContainsFunc(a.screens, func(s screen) bool { return slices.Contains(translated, s.catalogue) }) {
			for _, s := range a.stories {
				forAll[s.Name] = true
			}
		}
	}
	for _, l := range f.hub.words.Artificial() {
		looked := 0
		for _, s := range stories {
			w := f.get("/storybook/" + l.Tag + "/" + s.Name)
			if w.Code != 200 || !strings.Contains(w.Body.String(), `<html lang="`+l.Tag+`" dir="`+l.Dir+`"`) {
				t.Errorf("%s in %s: %d", s.Name, l.Tag, w.Code)
			}
			if !forAll[s.Name] {
				continue
			}
			looked++
			for _, words := range hardCoded(t, l.Tag, w.Body.String()) {
				t.Errorf("%s in %s: no catalogue says %q", s.Name, l.Tag, words)
			}
		}
		if looked < 50 {
			t.Errorf("only %d stories were looked at in %s", looked, l.Tag)
		}
	}
}

func TestArtificialLanguagesAreNotServed(t *testing.T) {
	f := open(t, "")
	for _, a := range f.hub.Addresses() {
		if strings.Contains(a.Path, "-X") {
			t.Errorf("%s is an address of the site", a.Path)
		}
	}
	public := f.hub.Config
	public.Storybook = false
	h, err := New(public)
	f.must(err)
	t.Cleanup(h.Close)
	for _, tag := range []string{"en-XA", "ar-XB"} {
		if h.words.Has(tag) || !f.hub.words.Has(tag) {
			t.Errorf("%s is there without the storybook, or not with it", tag)
		}
		if w := f.get("/" + tag + "/"); w.Code != 404 {
			t.Errorf("/%s/: %d", tag, w.Code)
		}
	}
}

// TestHostileLanguages names languages that are none, wherever one can be named.
func TestHostileLanguages(t *testing.T) {
	f := open(t, "")
	for _, tag := range []string{"xx", "EN", "en-US", "zh", "zh-hans", "zh_Hans", "reviews", "languages.json", "..", "%2e%2e", "en%00", "en%0d%0aX-Evil:1", "ar%E2%80%AE",
		"%F0%9F%98%80", "%ff", "<script>", "'or'1", "art", "und", "*", strings.Repeat("a", 8000)} {
		for _, path := range []string{"/" + tag, "/" + tag + "/talk", "/storybook/" + tag + "/home"} {
			w := f.get(path)
			if w.Code == 200 || w.Code >= 500 || w.Header().Get("X-Evil") != "" || strings.Contains(w.Body.String(), "<script>") {
				t.Errorf("%.60s: %d", path, w.Code)
			}
		}
	}
	entries := strings.Repeat("ar;q=0.1,", 10_000)
	for _, accept := range []string{entries, entries[:900], "es\x00", "\u202eare", "en;q=9e999", strings.Repeat("-", 5000), "ar\r\nX-Evil: 1", "/../ar", "ar;q=;q=;q="} {
		for path, code := range map[string]int{"/": 200, "/nowhere": 404, "/en/": 200} {
			w := f.get(path, "Accept-Language", accept)
			if w.Code != code || w.Header().Get("X-Evil") != "" || strings.Contains(w.Body.String(), "X-Evil") {
				t.Errorf("%s for %.40q: %d", path, accept, w.Code)
			}
			if lang := regexp.MustCompile(`<html lang="([^"]*)"`).FindStringSubmatch(w.Body.String()); lang == nil || !f.hub.words.Has(lang[1]) {
				t.Errorf("%s for %.40q: in %q", path, accept, lang)
			}
		}
	}
	if log := f.log.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
}

// sided finds what a style sheet says of left and right, which do not change sides with the language.
var sided = regexp.MustCompile(`(?i)\b(left|right)\b[\w-]*\s*:|-(left|right)\b|:[^;}]*\b(left|right)\b|translateX`)

// fourSides finds the shorthands that can tell left from right.
var fourSides = regexp.MustCompile(`(?i)\b(margin|padding|inset|border-(?:width|color|style|radius)|scroll-(?:margin|padding))\s*:\s*([^;}]+)`)

func leftAndRight(css string) (out []string) {
	css = regexp.MustCompile(`(?s)/\*.*?\*/|url\([^)]*\)`).ReplaceAllString(css, " ")
	out = sided.FindAllString(css, -1)
	for _, m := range fourSides.FindAllStringSubmatch(css, -1) {
		value := m[2]
		for inner := regexp.MustCompile(`\([^()]*\)`); inner.MatchString(value); {
			value = inner.ReplaceAllStringFunc(value, func(s string) string { return strings.NewReplacer(" ", "", "(", "‹", ")", "›").Replace(s) })
		}
		if v := strings.Fields(value); len(v) == 4 && v[1] != v[3] {
			out = append(out, m[0])
		}
	}
	return out
}

func TestStylesHaveNoLeftAndRight(t *testing.T) {
	for _, css := range []string{"a{margin-left:1px}", "a { left: 0 }", "a{text-align:right}", "a{float: left}", "a{border-top-left-radius:1px}", "a{background:linear-gradient(to right,red,blue)}",
		"a{transform:translateX(3px)}", "a{padding:1px 2px 3px 4px}", "a{inset: 0 calc(1px + 2px) 0 calc(1px + 3px)}"} {
		if len(leftAndRight(css)) == 0 {
			t.Errorf("passes: %s", css)
		}
	}
	for _, css := range []string{"a{margin-inline-start:1px}", ".right-now{color:red}", "a{padding:1px 2px 3px 2px}", "a{inset:0 calc(1px + 2px) 0 calc(1px + 2px)}", "/* left: */", "a{text-align:start}"} {
		if got := leftAndRight(css); len(got) > 0 {
			t.Errorf("%s: %q", css, got)
		}
	}
	var names []string
	for _, pattern := range []string{"assets/*.css", "../asset/*.css", "../desk/assets/*.css"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		names = append(names, found...)
	}
	for _, name := range names {
		css, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, what := range leftAndRight(string(css)) {
			t.Errorf("%s: %s", name, what)
		}
	}
}
