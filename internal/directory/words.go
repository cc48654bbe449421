package directory

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// Words holds one text in each of several languages, by language code.
type Words map[string]string

// or gives the text in lang, or else.
func (w Words) or(lang, other string) string {
	if s := w[lang]; s != "" {
		return s
	}
	return other
}

// A Need is what a person may look for.
type Need struct {
	Code  string `json:"code"`
	Label Words  `json:"label"`
}

// Spoken is the language in which LabelIn speaks when asked for lang: it, or English.
func (n Need) Spoken(lang string) string {
	if n.Label[lang] == "" {
		return "en"
	}
	return lang
}

// LabelIn is what people read, in lang or in English.
func (n Need) LabelIn(lang string) string { return n.Label.or(lang, n.Label["en"]) }

var (
	//go:embed needs.json
	needsJSON []byte
	//go:embed words.json
	wordsJSON []byte
	//go:embed hsds.json
	hsdsJSON []byte

	// Needs lists every need, in the order in which to offer them.
	Needs = mustDecode[[]Need](needsJSON)

	words = mustDecode[map[string]Words](wordsJSON)

	// hsds lists the fields of each kind of object in HSDS 3.0, and those it requires.
	hsds = mustDecode[map[string]struct{ Required, Fields []string }](hsdsJSON)
)

// NeedCoded finds a need by its code.
func NeedCoded(code string) (Need, error) {
	for _, n := range Needs {
		if n.Code == code {
			return n, nil
		}
	}
	return Need{}, fmt.Errorf("no need %q", code)
}

// mustDecode reads data that is compiled into the program.
func mustDecode[T any](data []byte) (v T) {
	if err := json.Unmarshal(data, &v); err != nil {
		panic(err)
	}
	return v
}
