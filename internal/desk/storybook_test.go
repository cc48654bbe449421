package desk

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"amparo/internal/directory"
	"amparo/packs"
)

// missingWords finds a key that had no words.
var missingWords = regexp.MustCompile(`\[[a-z]+\.[a-z0-9.-]+\]`)

func storybookDesk(t *testing.T, name string) *desk {
	t.Helper()
	pack, err := packs.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := newDesk(Config{Pack: pack, Directory: directory.Invented(), Storybook: true})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestStories renders every screen in every state and language: no word is missing, nothing is inline
// that the policy forbids, and what a person wrote stands as text.
func TestStories(t *testing.T) {
	h := storybookDesk(t, "us").routes()
	for _, s := range stories {
		for _, lang := range []string{"en", "es"} {
			w := httptest.NewRecorder()
			path := "/storybook/" + lang + "/" + s.Screen + "/" + s.State
			h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
			body := w.Body.String()
			if w.Code != 200 {
				t.Errorf("%s: %d", path, w.Code)
				continue
			}
			if i := strings.Index(body, "[problem."); i >= 0 {
				t.Errorf("%s: words are missing: %s", path, body[i:i+30])
			}
			for _, key := range missingWords.FindAllString(body, -1) {
				t.Errorf("%s: words are missing: %s", path, key)
			}
			for _, never := range []string{"<script>", " style=", " onclick=", "javascript:", "<b>No es negrita</b>", "ZgotmplZ", "victim of", "illegal"} {
				if strings.Contains(body, never) && !(never == "victim of" && s.Screen == "closing") {
					t.Errorf("%s: has %q", path, never)
				}
			}
			if !strings.Contains(body, "<title>"+map[string]string{"en": "Amparo desk", "es": "Mesa de Amparo"}[lang]+"</title>") {
				t.Errorf("%s: the title is not neutral", path)
			}
			if !strings.Contains(body, `<html lang="`+lang+`"`) {
				t.Errorf("%s: not in its language", path)
			}
		}
	}
}

// rendered is what a handler answers to a path.
func rendered(t *testing.T, h http.Handler, path string) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	if w.Code != http.StatusOK {
		t.Errorf("%s: %d", path, w.Code)
	}
	return w.Body.String()
}
