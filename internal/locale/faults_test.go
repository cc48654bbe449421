package locale_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"amparo/internal/locale"
)

func TestWholeCataloguesAreWhole(t *testing.T) {
	if got := load(t, nil).Check(); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

// TestUnfitStrings plants each fault that a string can have in itself: Load refuses it, Check names file and key.
func TestUnfitStrings(t *testing.T) {
	for file, faults := range map[string]map[string]string{
		"es/b.json": {
			`{"bye":""}`:                                `"bye": is empty`,
			`{"bye":" \t"}`:                             `"bye": is empty`,
			`{"bye":null}`:                              `"bye": is empty`,
			`{"bye":7}`:                                 `"bye": is neither a string nor an object of plural forms`,
			`{"bye":["Adiós"]}`:                         `"bye": is neither a string nor an object of plural forms`,
			`{"bye":{"other":{"one":"x"}}}`:             `"bye": form "other" stands twice, or is no string`,
			`{"bye":"Adiós.","bye":"Chao."}`:            `"bye": stands twice`,
			`{"bye":"<b>Adiós</b>"}`:                    `"bye": holds markup: <b`,
			`{"bye":"Adiós &amp; chao"}`:                `"bye": holds markup: &amp;`,
			`{"bye":"Adiós<!-- -->"}`:                   `"bye": holds markup: <!`,
			`{"bye":"Adiós\u202e."}`:                    `"bye": holds the control character U+202E`,
			`{"bye":"\u2067Adiós."}`:                    `"bye": holds the control character U+2067`,
			`{"bye":"Adiós\u0007"}`:                     `"bye": holds the control character U+0007`,
			`{"bye":"Adiós.\nChao."}`:                   `"bye": holds the control character U+000A`,
			`{"bye":"Adiós\udb40\udc41"}`:               `"bye": holds the control character U+E0041`,
			"{\"bye\":\"Adi\xff\"}":                     `"bye": holds the control character U+FFFD`,
			`{"bye":"{{.Org}"}`:                         `"bye": holds a brace that belongs to no placeholder; one is written {{.Name}}`,
			`{"bye":"{{ .Org }}"}`:                      `"bye": holds a brace that belongs to no placeholder; one is written {{.Name}}`,
			`{"bye":"{{printf .Org}}"}`:                 `"bye": holds a brace that belongs to no placeholder; one is written {{.Name}}`,
			`{"bye":{"one":"x","other":"y"}}`:           `"bye": lacks the plural form "many"; es has many, one, other`,
			`{"bye":{"one":"x"}}`:                       `"bye": lacks the plural form "other"; es has many, one, other`,
			`{"bye":{"other":"x","plenty":"y"}}`:        `"bye": has the form "plenty"; es has many, one, other`,
			`{"bye":{"many":"","one":"x","other":"y"}}`: `"bye": many: is empty`,
		},
		"ru/a.json": {
			`{"wait":{"one":"{{.N}}","many":"{{.N}}","other":"{{.N}}"}}`:                               `"wait": lacks the plural form "few"; ru has few, many, one, other`,
			`{"wait":{"one":"{{.N}}","two":"{{.N}}","few":"{{.N}}","many":"{{.N}}","other":"{{.N}}"}}`: `"wait": has the form "two"; ru has few, many, one, other`,
		},
		"ht/a.json": {
			`{"wait":{"one":"{{.N}}","other":"{{.N}}"}}`: `"wait": has plural forms, and no plural rule is known for ht: write one string that fits every number`,
		},
		"ar/a.json": {
			`{"wait":{"one":"{{.N}}","other":"{{.N}}"}}`: `"wait": lacks the plural form "zero"; ar has few, many, one, other, two, zero`,
		},
	} {
		for data, want := range faults {
			want := "w/" + file + ": " + want
			over := map[string]string{file: data}
			var unfit locale.Faults
			if _, err := locale.Load(files(over), "w"); !errors.As(err, &unfit) || !slices.Contains(unfit, want) {
				t.Errorf("%s: Load says %v; want %s", data, err, want)
			}
			w, err := locale.Read(files(over), "w")
			if err != nil {
				t.Errorf("%s: %v", data, err)
				continue
			}
			if got := w.Check(); !slices.Contains(got, want) {
				t.Errorf("%s: Check says %q; want %s", data, got, want)
			}
			if got := w.In("es").T("bye"); file == "es/b.json" && got != "Bye." && !strings.Contains(data, "twice") && got != "Adiós." {
				t.Errorf("%s: shows %q", data, got)
			}
		}
	}
}

// TestBesideEnglish plants what only shows beside the English: nothing that Load refuses, all that Check finds.
func TestBesideEnglish(t *testing.T) {
	for file, faults := range map[string]map[string]string{
		"es/a.json": {
			`{"hello":"Hola","team":"{{.Org}}"}`:                                      `"wait": is missing`,
			`{"hello":"Hola","extra":"x"}`:                                            `"extra": English has no such key`,
			`{"team":"El equipo"}`:                                                    `"team": lacks {{.Org}}`,
			`{"hello":"Hola, {{.Name}}"}`:                                             `"hello": has {{.Name}}, which English lacks`,
			`{"wait":"Esperan {{.N}}"}`:                                               `"wait": has no plural forms; es needs many, one, other`,
			`{"hello":{"one":"Hola","many":"Hola","other":"Hola"}}`:                   `"hello": has plural forms, and English has none`,
			`{"wait":{"one":"Espera una","many":"{{.N}} de","other":"Esperan"}}`:      `"wait": other: lacks {{.N}}`,
			`{"wait":{"one":"{{.Org}}","many":"{{.N}} de","other":"Esperan {{.N}}"}}`: `"wait": one: has {{.Org}}, which English lacks`,
		},
		"ru/a.json": {
			`{"wait":{"one":"один","few":"{{.N}}","many":"{{.N}}","other":"{{.N}}"}}`: `"wait": one: lacks {{.N}}`, // also of 21 and 31
		},
		"ht/a.json": {`{"hello":"Bonjou"}`: `"team": is missing`}, // beside English, but in part
		"ht/c.json": {`{"more":"Plis"}`: `English has no such catalogue`},
		"es/b.json": {``: `is missing`},
	} {
		for data, want := range faults {
			want := "w/" + file + ": " + want
			w, err := locale.Load(files(map[string]string{file: data}), "w")
			if err != nil {
				t.Errorf("%s: %v", data, err)
				continue
			}
			if got := w.Check(); !slices.Contains(got, want) {
				t.Errorf("%s: %q; want %s", data, got, want)
			}
		}
	}
	some := load(t, map[string]string{"ht/a.json": `{"hello":"Bonjou","team":"{{.Org}}","wait":"Kèk moun ap tann"}`})
	if got := some.Check(); len(got) != 0 || some.In("ht").T("wait", "N", 1) != "Kèk moun ap tann" {
		t.Errorf("a language without plural forms may name no number: %q", got)
	}
	one := load(t, map[string]string{"es/a.json": strings.Replace(whole["es/a.json"], "Espera {{.N}} persona", "Espera una persona", 1)})
	if got := one.Check(); len(got) != 0 {
		t.Errorf("a form that one number alone takes may say it in words: %q", got)
	}
}

// TestUnreadable plants what Read itself refuses, naming the file.
func TestUnreadable(t *testing.T) {
	row := func(r string) string { return `[{"Tag":"en","Name":"English","Dir":"ltr"},` + r + `]` }
	for file, faults := range map[string]map[string]string{
		"languages.json": {
			``:                                      "languages.json",
			`[]`:                                    "English comes first",
			`[{"Tag":"es","Name":"E","Dir":"ltr"}]`: "English comes first",
			row(`{"Tag":"n0t a tag","Name":"N","Dir":"ltr"}`):                               `"n0t a tag"`,
			row(`{"Tag":"es","Name":"E","Dir":"ltr"},{"Tag":"es","Name":"E","Dir":"ltr"}`):  `"es" stands twice`,
			row(`{"Tag":"tl","Name":"T","Dir":"ltr"},{"Tag":"fil","Name":"F","Dir":"ltr"}`): `"fil" stands twice`,
			row(`{"Tag":"ar","Name":"A","Dir":"ltr"}`):                                      `"ar": Dir is "ltr", and the language is written rtl`,
			row(`{"Tag":"es","Name":"E","Dir":"rtl"}`):                                      `"es": Dir is "rtl", and the language is written ltr`,
			row(`{"Tag":"es","Name":"E"}`):                                                  `"es": Dir is "", and`,
			row(`{"Tag":"es","Name":"","Dir":"ltr"}`):                                       `"es": Name "" is no name`,
			row(`{"Tag":"es","Name":"E\u202e","Dir":"ltr"}`):                                `is no name`,
			row(`{"Tag":"es","Name":"E","Dir":"ltr","Reviewed":true}`):                      `unknown field "Reviewed"`, // it is derived
			row(`{"Tag":"de","Name":"D","Dir":"ltr"}`):                                      "w/de: no catalogue is there",
		},
		"es/b.json": {
			`{`:                  "w/es/b.json: the object does not end",
			`[]`:                 "w/es/b.json: is no JSON object",
			"{\n\"bye\":\n}":     "w/es/b.json: line 2",
			`{"bye":"Adiós."}{}`: "w/es/b.json: something stands after the object",
			`{"hello":"Hola"}`:   `w/es/b.json: "hello" stands in a too`,
		},
		"reviews/es.json": {
			`{"bye":{"by":"","on":"2026-11-24"}}`:               `w/reviews/es.json: "bye": by: is empty`,
			`{"bye":{"by":"A","on":"24 November"}}`:             `"bye": on: "24 November" is no day`,
			`{"bye":{"by":"A","on":"2026-11-24"}}`:              `"bye": "" is no digest`,
			`{"bye":{"by":"A","on":"2026-11-24","words":"zz"}}`: `is no digest`,
			`{"bye":true}`:        `w/reviews/es.json: "bye"`,
			`{"bye":{"who":"A"}}`: `unknown field "who"`,
			`[]`:                  "w/reviews/es.json: is no JSON object",
		},
		"reviews/de.json": {`{}`: "w/reviews/de.json: languages.json has no such language"},
	} {
		for data, want := range faults {
			if _, err := locale.Read(files(map[string]string{file: data}), "w"); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s as %s: %v; want %s", data, file, err, want)
			}
		}
	}
}

func TestAdd(t *testing.T) {
	w := load(t, nil)
	if err := w.Add("en", "questions", []byte(`{"papers":"Did anyone take your papers?"}`)); err != nil {
		t.Fatal(err)
	}
	if !w.Holds("en", "questions") || w.In("es").T("papers") != "Did anyone take your papers?" {
		t.Error("what was added is not there")
	}
	for _, c := range []struct{ tag, data, want string }{
		{"xx", `{}`, "xx is none of the languages"},
		{"es", `{"hello":"Hola"}`, `"hello" stands in a too`},
		{"es", `{"papers":"<b>"}`, `w/es/more.json: "papers": holds markup`},
		{"es", `no`, "es/more: "},
	} {
		if err := w.Add(c.tag, "more", []byte(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %s", c.data, err, c.want)
		}
	}
}
