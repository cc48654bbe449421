package directory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"
)

// Limits on a directory file.
const (
	MaxBytes = 64 << 20
	maxDepth = 16
	maxText  = 10_000 // bytes in one text
	maxItems = 50_000 // entries in one array
)

// decode reads one JSON value, with no key twice in an object.
func decode(data []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	fail := func(err error) (any, error) {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = errors.New("the file ends too soon")
		}
		return nil, fmt.Errorf("line %d: %w", 1+bytes.Count(data[:dec.InputOffset()], []byte("\n")), err)
	}
	v, err := value(dec, 0)
	if err != nil {
		return fail(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fail(errors.New("something follows the end"))
	}
	return v, nil
}

func value(dec *json.Decoder, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("nested more than %d deep", maxDepth)
	}
	tok, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch tok {
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			if len(list) == maxItems {
				return nil, fmt.Errorf("more than %d entries in one list", maxItems)
			}
			v, err := value(dec, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := dec.Token()
		return list, err
	case json.Delim('{'):
		object := map[string]any{}
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			name := key.(string) // the decoder takes nothing else for a key
			if _, twice := object[name]; twice {
				return nil, fmt.Errorf("%q is given twice", clip(name))
			}
			if object[name], err = value(dec, depth+1); err != nil {
				return nil, err
			}
		}
		_, err := dec.Token()
		return object, err
	}
	return tok, nil
}

// A reading goes through a decoded file and keeps the first thing that is wrong with it.
type reading struct{ err error }

// An object is one JSON object of a kind that HSDS knows, at its path in the file.
type object struct {
	*reading
	path   string
	values map[string]any
}

func (r *reading) fail(path, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: "+format, append([]any{path}, args...)...)
	}
}

// object takes v for an object of an HSDS kind, with no field that the kind does not have and none
// missing that it requires. After a failure it is empty, and reading goes on without harm.
func (r *reading) object(path, kind string, v any) object {
	values, ok := v.(map[string]any)
	if !ok {
		r.fail(path, "want an object")
	}
	schema := hsds[kind]
	for _, name := range schema.Required {
		if values[name] == nil || values[name] == "" {
			r.fail(path+"."+name, "is missing; HSDS requires it of each %s", kind)
		}
	}
	keys := make([]string, 0, len(values))
	for name := range values {
		keys = append(keys, name)
	}
	slices.Sort(keys)
	for _, name := range keys {
		if !slices.Contains(schema.Fields, name) {
			r.fail(path+"."+clip(name), "is not a field of %s in HSDS 3.0", kind)
		}
	}
	return object{r, path, values}
}

// at is the path of one of o's fields.
func (o object) at(field string) string { return o.path + "." + field }

// text reads a text, "" where there is none.
func (o object) text(field string) string {
	v := o.values[field]
	if v == nil {
		return ""
	}
	s, ok := v.(string)
	if !ok {
		o.fail(o.at(field), "want text in quotes")
	}
	if len(s) > maxText {
		o.fail(o.at(field), "longer than %d bytes", maxText)
	}
	return strings.TrimSpace(s)
}

// oneOf reads a text that must be one of those given, or absent.
func (o object) oneOf(field string, allowed ...string) string {
	s := o.text(field)
	if s != "" && !slices.Contains(allowed, s) {
		o.fail(o.at(field), "%q: want %s", clip(s), strings.Join(allowed, ", "))
	}
	return s
}

// number reads a number from least to most, given as a number or as text; said is false where there is none.
func (o object) number(field string, least, most float64) (n float64, said bool) {
	var s string
	switch v := o.values[field].(type) {
	case nil:
		return 0, false
	case json.Number:
		s = v.String()
	case string:
		s = v
	}
	n, err := json.Number(s).Float64()
	if err != nil || math.IsNaN(n) || n < least || n > most {
		o.fail(o.at(field), "want a number from %g to %g", least, most)
		return 0, false
	}
	return n, true
}

// whole reads a whole number, or gives other where there is none.
func (o object) whole(field string, least, most, other int) int {
	n, said := o.number(field, float64(least), float64(most))
	if !said {
		return other
	}
	if n != math.Trunc(n) {
		o.fail(o.at(field), "want a whole number")
	}
	return int(n)
}

// date reads a day, or "".
func (o object) date(field string) string {
	s := o.text(field)
	if s == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		o.fail(o.at(field), "%q: want a day as 2006-01-02", clip(s))
	}
	return s
}

// each reads a list of objects of one kind.
func (o object) each(field, kind string, see func(object)) {
	v := o.values[field]
	if v == nil {
		return
	}
	list, ok := v.([]any)
	if !ok {
		o.fail(o.at(field), "want a list")
	}
	for i, v := range list {
		see(o.object(fmt.Sprintf("%s[%d]", o.at(field), i), kind, v))
	}
}

// one reads a single object, where there is one.
func (o object) one(field, kind string) (object, bool) {
	if o.values[field] == nil {
		return object{}, false
	}
	return o.object(o.at(field), kind, o.values[field]), true
}

// clip shortens what a message quotes.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
