package locale_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"amparo/internal/locale"
)

const list = `[{"Tag":"en","Name":"English","Dir":"ltr"},{"Tag":"es","Name":"Español","Dir":"ltr"},
	{"Tag":"ru","Name":"Русский","Dir":"ltr","Beside":true},{"Tag":"ht","Name":"Kreyòl","Dir":"ltr","Beside":true},
	{"Tag":"ar","Name":"العربية","Dir":"rtl","Beside":true}]`

// whole are catalogues with nothing wrong.
var whole = map[string]string{
	"languages.json": list,
	"en/a.json":      `{"hello":"Hello","team":"The team of {{.Org}} & friends","wait":{"one":"{{.N}} person waits","other":"{{.N}} people wait"}}`,
	"en/b.json":      `{"bye":"Bye."}`,
	"es/a.json":      `{"hello":"Hola","team":"El equipo de {{.Org}}","wait":{"one":"Espera {{.N}} persona","many":"Esperan {{.N}} de personas","other":"Esperan {{.N}} personas"}}`,
	"es/b.json":      `{"bye":"Adiós."}`,
	"ru/a.json":      `{"hello":"Привет","team":"{{.Org}}","wait":{"one":"{{.N}} а","few":"{{.N}} б","many":"{{.N}} в","other":"{{.N}} г"}}`,
	"ht/a.json":      `{"hello":"Bonjou","team":"Ekip {{.Org}}","wait":"Gen {{.N}} moun k ap tann"}`,
	"ar/a.json":      `{"hello":"مرحبا","team":"{{.Org}}","wait":{"zero":"ا","one":"ب","two":"ت","few":"{{.N}} ث","many":"{{.N}} ج","other":"{{.N}} ح"}}`,
	"ar/b.json":      `{"bye":"وداعا."}`,
}

// files are the whole catalogues, some of them written over; "" takes one away.
func files(over map[string]string) fstest.MapFS {
	all := maps.Clone(whole)
	maps.Copy(all, over)
	fsys := fstest.MapFS{}
	for name, data := range all {
		if data != "" {
			fsys["w/"+name] = &fstest.MapFile{Data: []byte(data)}
		}
	}
	return fsys
}

func load(t *testing.T, over map[string]string) *locale.Words {
	t.Helper()
	w, err := locale.Load(files(over), "w")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestSay(t *testing.T) {
	w := load(t, nil)
	for _, c := range []struct{ lang, key, want string }{
		{"en", "hello", "Hello"}, {"es", "hello", "Hola"}, {"xx", "hello", "Hello"}, {"es", "nowhere", "[nowhere]"}, {"en", "nowhere", "[nowhere]"},
		{"ru", "bye", "Bye."}, // of a catalogue that it lacks
	} {
		if got := w.In(c.lang).T(c.key); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.lang, c.key, got, c.want)
		}
	}
	if got := w.In("es").T("team", "Name", "Refugio"); got != "El equipo de <no value>" {
		t.Errorf("without its value: %s", got)
	}
	for _, c := range []struct {
		lang string
		n    int
		want string
	}{
		{"es", 1, "Espera 1 persona"}, {"es", 2, "Esperan 2 personas"}, {"es", 1_000_000, "Esperan 1000000 de personas"},
		{"ru", 1, "1 а"}, {"ru", 21, "21 а"}, {"ru", 3, "3 б"}, {"ru", 11, "11 в"}, {"ar", 2, "ت"}, {"ar", 5, "5 ث"}, {"ar", 100, "100 ح"},
		{"ht", 1, "Gen 1 moun k ap tann"}, {"ht", 5, "Gen 5 moun k ap tann"},
	} {
		if got := w.In(c.lang).T("wait", "N", c.n); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.lang, c.n, got, c.want)
		}
	}
}

func TestUnsignedWordsStandBesideEnglish(t *testing.T) {
	w := load(t, nil)
	for _, c := range []struct{ lang, markup, line string }{
		{"en", "The team of &lt;b&gt; &amp; friends", "The team of <b> & friends"},
		{"es", "El equipo de &lt;b&gt;", "El equipo de <b>"}, // shown whole
		{"ht", `<span class="both">Ekip &lt;b&gt; <span class="en" lang="en" dir="ltr">The team of &lt;b&gt; &amp; friends</span></span>`, "Ekip <b> · The team of <b> & friends"},
		{"ar", `<span class="both">&lt;b&gt; <span class="en" lang="en" dir="ltr">The team of &lt;b&gt; &amp; friends</span></span>`, "<b> · \u2066The team of <b> & friends\u2069"},
	} {
		say := w.In(c.lang)
		if got := string(say.H("team", "Org", "<b>")); got != c.markup {
			t.Errorf("%s: %s", c.lang, got)
		}
		if got := say.Line("team", "Org", "<b>"); got != c.line {
			t.Errorf("%s: %s", c.lang, got)
		}
	}
	if got := w.In("ru").H("bye"); got != "Bye." {
		t.Errorf("English stands beside itself: %s", got)
	}
}

func TestASignatureHoldsUntilTheWordsChange(t *testing.T) {
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	file, n, err := load(t, nil).Sign("ht", []string{"hello", "wa*"}, "A. Reader, translator", day)
	if err != nil || n != 2 {
		t.Fatalf("signed %d: %v", n, err)
	}
	const wait = `<span class="both">Gen 3 moun k ap tann <span class="en" lang="en" dir="ltr">3 people wait</span></span>`
	for name, c := range map[string]struct {
		over         map[string]string
		hello, ended string
	}{
		"as signed":           {nil, "Bonjou", ""},
		"English changed":     {map[string]string{"en/a.json": strings.Replace(whole["en/a.json"], "Hello", "Hello!", 1)}, `<span class="both">Bonjou <span class="en" lang="en" dir="ltr">Hello!</span></span>`, "the English has changed"},
		"translation changed": {map[string]string{"ht/a.json": strings.Replace(whole["ht/a.json"], "Bonjou", "Alo", 1)}, `<span class="both">Alo <span class="en" lang="en" dir="ltr">Hello</span></span>`, "the translation has changed"},
	} {
		over := map[string]string{"reviews/ht.json": string(file)}
		maps.Copy(over, c.over)
		w := load(t, over)
		if got := string(w.In("ht").H("hello")); got != c.hello {
			t.Errorf("%s: %s", name, got)
		}
		if got := string(w.In("ht").H("wait", "N", 3)); got == wait {
			t.Errorf("%s: what is signed and has not changed stands beside English", name)
		}
		if got := w.Ended(); c.ended == "" && len(got) > 0 || c.ended != "" && (len(got) != 1 || got[0].Why != c.ended || got[0].By != "A. Reader, translator") {
			t.Errorf("%s: %v", name, got)
		}
		if w.In("ht").Reviewed {
			t.Errorf("%s: reviewed, with an unsigned string", name)
		}
	}

	file, n, err = load(t, map[string]string{"reviews/ht.json": string(file)}).Sign("ht", []string{"*"}, "B", day)
	if err != nil || n != 3 {
		t.Fatalf("signed %d: %v", n, err)
	}
	w := load(t, map[string]string{"reviews/ht.json": string(file)})
	if !w.In("ht").Reviewed || !w.In("en").Reviewed || w.In("es").Reviewed {
		t.Error("reviewed is what has every string signed, and English")
	}
	gone := load(t, map[string]string{"reviews/ht.json": string(file), "en/a.json": `{"hello":"Hello"}`, "ht/a.json": `{"hello":"Bonjou"}`})
	if got := gone.Ended(); len(got) != 2 || got[0].Why != "the key is gone" || !gone.In("ht").Reviewed {
		t.Errorf("keys that are gone: %v", got)
	}
}

func TestSignRefuses(t *testing.T) {
	w, err := locale.Read(files(map[string]string{"ht/a.json": `{"hello":"Bon<b>jou","team":"Ekip","wait":"{{.N}}"}`}), "w")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ tag, key, by, want string }{
		{"xx", "hello", "A", "xx is none of the languages"},
		{"ht", "nowhere", "A", `ht has no key "nowhere"`},
		{"ht", "wait", " ", "by: is empty"},
		{"ht", "wait", "A\u202e", "control character U+202E"},
		{"ht", "[", "A", "syntax error"},
		{"ht", "hello", "A", `key "hello" cannot be signed`},
		{"ht", "team", "A", `key "team" cannot be signed`},
	} {
		if _, _, err := w.Sign(c.tag, []string{c.key}, c.by, time.Now()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s by %q: %v, want %s", c.tag, c.key, c.by, err, c.want)
		}
	}
}

func TestTallies(t *testing.T) {
	got := load(t, nil).Tallies()
	data, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 8 || got[0].Language != "en" || got[0].Keys != 3 || got[0].Unsigned != 3 || strings.Contains(string(data), "null") {
		t.Errorf("%s", data)
	}
}

func TestSheet(t *testing.T) {
	w := load(t, nil)
	rows, err := w.Sheet("ru")
	if err != nil || len(rows) != 7 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	want := []locale.Row{
		{Catalogue: "a", Key: "wait", Form: "few", English: "{{.N}} people wait", Words: "{{.N}} б"},
		{Catalogue: "b", Key: "bye", English: "Bye."},
	}
	if rows[2] != want[0] || rows[6] != want[1] {
		t.Errorf("%+v", rows)
	}
	if _, err := w.Sheet("xx"); err == nil {
		t.Error("a sheet of no language")
	}
}
