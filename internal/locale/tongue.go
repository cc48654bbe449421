package locale

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"golang.org/x/text/language"
)

// A tongue is one language with all its words.
type tongue struct {
	Language
	tag        language.Tag
	artificial bool
	rule       *rule // nil where go-i18n has no plural rule for the language
	catalogues map[string][]string
	own        map[string]message // by key, over all catalogues; nil where it is unfit
	reviews    map[string]Review
	signed     map[string]bool
}

func newTongue(l Language) (*tongue, error) {
	tag, err := language.Parse(l.Tag)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", l.Tag, err)
	}
	return &tongue{Language: l, tag: tag, rule: ruleOf(tag), catalogues: map[string][]string{}, own: map[string]message{}}, nil
}

// add reads a catalogue into a language. What is wrong with single strings goes to the faults.
func (w *Words) add(t *tongue, catalogue string, data []byte) error {
	read, faults, err := readCatalogue(data)
	if err != nil {
		return err
	}
	file := w.file(t.Tag, catalogue)
	for _, f := range faults {
		w.faults = append(w.faults, file+": "+f)
	}
	keys := slices.Sorted(maps.Keys(read))
	for _, key := range keys {
		if _, twice := t.own[key]; !twice {
			continue
		}
		for other, held := range t.catalogues {
			if slices.Contains(held, key) {
				return fmt.Errorf("%q stands in %s too", key, other)
			}
		}
	}
	for _, key := range keys {
		m := read[key]
		for _, what := range m.faults(t) {
			w.faults = append(w.faults, fmt.Sprintf("%s: %q: %s", file, key, what))
			m = nil
		}
		t.own[key] = m
	}
	t.catalogues[catalogue] = keys
	return nil
}

// readCatalogue reads an object of strings and of objects of plural forms. Any but such is an error, a value
// that is neither or a key that stands twice a fault, with its key.
func readCatalogue(data []byte) (all map[string]message, faults []string, err error) {
	all = map[string]message{}
	err = members(data, func(key string, raw json.RawMessage) {
		if _, twice := all[key]; twice {
			faults = append(faults, fmt.Sprintf("%q: stands twice", key))
			return
		}
		var one string
		if json.Unmarshal(raw, &one) == nil {
			all[key] = message{"other": one}
			return
		}
		m := message{}
		err := members(raw, func(form string, raw json.RawMessage) {
			var words string
			if _, twice := m[form]; twice || json.Unmarshal(raw, &words) != nil {
				faults = append(faults, fmt.Sprintf("%q: form %q stands twice, or is no string", key, form))
			}
			m[form] = words
		})
		if err != nil {
			faults = append(faults, fmt.Sprintf("%q: is neither a string nor an object of plural forms", key))
			m = nil
		}
		all[key] = m
	})
	return all, faults, err
}

// members gives each member of a JSON object in order; encoding/json would let the last of two win.
func members(data []byte, each func(key string, value json.RawMessage)) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return fmt.Errorf("is no JSON object (%v)", err)
	}
	for dec.More() {
		key, err := dec.Token()
		var value json.RawMessage
		if err == nil {
			err = dec.Decode(&value)
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", 1+bytes.Count(data[:dec.InputOffset()], []byte("\n")), err)
		}
		each(key.(string), value)
	}
	if _, err := dec.Token(); err != nil {
		return fmt.Errorf("the object does not end: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands after the object")
	}
	return nil
}
