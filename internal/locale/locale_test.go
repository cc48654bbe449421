package locale_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"amparo/internal/locale"
)

func words(t *testing.T, es string) *locale.Words {
	t.Helper()
	w, err := locale.Load(fstest.MapFS{
		"w/languages.json": {Data: []byte(`[{"Tag":"en","Name":"English","Dir":"ltr","Reviewed":true},{"Tag":"es","Name":"Español","Dir":"ltr"}]`)},
		"w/en/a.json":      {Data: []byte(`{"hello":"Hello","wait":{"one":"{{.N}} person waits","other":"{{.N}} people wait"}}`)},
		"w/es/a.json":      {Data: []byte(es)},
	}, "w")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

const whole = `{"hello":"Hola","wait":{"one":"Espera {{.N}} persona","many":"Esperan {{.N}} de personas","other":"Esperan {{.N}} personas"}}`

func TestSay(t *testing.T) {
	w := words(t, whole)
	for _, c := range []struct{ lang, key, want string }{
		{"en", "hello", "Hello"}, {"es", "hello", "Hola"}, {"xx", "hello", "Hello"}, {"es", "nowhere", "[nowhere]"},
	} {
		if got := w.In(c.lang).T(c.key); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.lang, c.key, got, c.want)
		}
	}
	for n, want := range map[int]string{1: "Espera 1 persona", 2: "Esperan 2 personas", 1_000_000: "Esperan 1000000 de personas"} {
		if got := w.In("es").T("wait", "N", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if w.In("es").Reviewed || !w.In("en").Reviewed {
		t.Error("review marks are not as in languages.json")
	}
}

func TestSuggest(t *testing.T) {
	w := words(t, whole)
	for accept, want := range map[string]string{
		"":                         "en",
		"es-MX,es;q=0.9":           "es",
		"de":                       "en",
		"\x00;;;q=":                "en",
		strings.Repeat("es,", 1e5): "en",
	} {
		if got := w.Suggest(accept); got != want {
			t.Errorf("%.20q: %s, want %s", accept, got, want)
		}
	}
}

func TestCheckNamesEachMissingKey(t *testing.T) {
	if got := words(t, whole).Check(); len(got) != 0 {
		t.Errorf("whole catalogue: %q", got)
	}
	got := strings.Join(words(t, `{"hello":"Hola","extra":"x"}`).Check(), "; ")
	if want := `es/a lacks "wait"; es/a has "extra", which English lacks`; got != want {
		t.Errorf("%s; want %s", got, want)
	}
}
