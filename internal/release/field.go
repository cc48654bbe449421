// Package release turns closed cases into numbers that betray nobody.
//
// A closed case leaves one Row of coded values. Make counts rows by two or three fields and
// withholds small counts, with as many others as it takes that no withheld one can be worked out;
// Audit checks that from the published figures alone; Differencing checks one release against
// another. Nothing here holds a name, free text or a date finer than a year.
//
// What is promised: from a Table, from the relations between its counts and totals, and from knowing
// the threshold, no withheld count can be placed in a range narrower than the threshold. What is
// not: knowledge from elsewhere (a member who knows nine of ten persons in a cell knows the tenth),
// or reasoning back through the order in which this program chooses what else to withhold.
package release

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// Unknown is the value, in every field, for what was not stated or is not known. It is HTCDS's own
// word in Gender, used here for all fields.
const Unknown = "NonSpecifiedUnknown"

// yearField is the one field whose later values cannot yet have happened when a table is made.
const yearField = "amparoYear"

// Words holds one text in each language that the program speaks, by language code.
type Words map[string]string

// In gives the text in lang, or in English when there is none.
func (w Words) In(lang string) string {
	if s, ok := w[lang]; ok {
		return s
	}
	return w["en"]
}

// A Value is one code that a field may take, with its label.
type Value struct {
	Code  string `json:"code"`
	Label Words  `json:"label"`
}

// A Field is one thing that a hotline codes about a closed case. Fields and values are those of the
// Human Trafficking Case Data Standard 2.0 (© IOM, CC BY 4.0, https://github.com/UNMigration/HTCDS;
// IOM does not endorse this work); what is Amparo's own begins with "amparo", save Yes and No, and Unknown
// beyond Gender. A field that HTCDS lets take several values takes amparoSeveral here, so that each case is counted once.
type Field struct {
	Name   string  `json:"name"`   // system identifier
	HTCDS  string  `json:"htcds"`  // HTCDS name with its table's prefix; empty for Amparo's own
	Label  Words   `json:"label"`  // what people read
	Source string  `json:"source"` // where name and values come from, and on what terms
	Values []Value `json:"values"` // in the order of tables, Unknown last
}

//go:embed fields.json
var fieldsJSON []byte

// Fields lists every field of a Row, in the order in which a row is written.
var Fields = mustDecode[[]Field](fieldsJSON)

// FieldNamed finds a field by its name, whatever its capitals.
func FieldNamed(name string) (Field, error) {
	for _, f := range Fields {
		if strings.EqualFold(f.Name, strings.TrimSpace(name)) {
			return f, nil
		}
	}
	names := make([]string, len(Fields))
	for i, f := range Fields {
		names[i] = f.Name
	}
	return Field{}, fmt.Errorf("no field %q; there are %s", clip(name), strings.Join(names, ", "))
}

// Has tells whether code is one of f's values.
func (f Field) Has(code string) bool {
	for _, v := range f.Values {
		if v.Code == code {
			return true
		}
	}
	return false
}

// ValueLabel gives the label of one of f's codes in lang, or the code itself when f has no such one.
func (f Field) ValueLabel(code, lang string) string {
	for _, v := range f.Values {
		if v.Code == code {
			return v.Label.In(lang)
		}
	}
	return code
}

// mustDecode reads data that is compiled into the program.
func mustDecode[T any](data []byte) (v T) {
	if err := json.Unmarshal(data, &v); err != nil {
		panic(err)
	}
	return v
}

// clip shortens a refused word, so that a message never carries someone's free text at length.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
