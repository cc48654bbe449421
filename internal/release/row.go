package release

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// A Row is one closed case as coded values, by field name. A field that is absent is Unknown.
type Row map[string]string

// Limits on what ReadRows takes in.
const (
	MaxRows = 1_000_000
	maxLine = 16 << 10 // bytes
)

// Get is the value of one field: Unknown when the row has none.
func (r Row) Get(field string) string {
	if v := r[field]; v != "" {
		return v
	}
	return Unknown
}

// Check names the first field that does not exist, or whose value is not one of its codes.
func (r Row) Check() error {
	for _, f := range Fields {
		if v, ok := r[f.Name]; ok && !f.Has(v) {
			return fmt.Errorf("%s: %q is not one of its values", f.Name, clip(v))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r)) {
		if !slices.ContainsFunc(Fields, func(f Field) bool { return f.Name == name }) {
			return fmt.Errorf("%q is not a field of a coded row", clip(name))
		}
	}
	return nil
}

// MarshalJSON writes every field, in the order of Fields, and refuses a row that Check refuses.
func (r Row) MarshalJSON() ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for i, f := range Fields {
		sep := ","
		if i == 0 {
			sep = "{"
		}
		fmt.Fprintf(&b, "%s%q:%q", sep, f.Name, r.Get(f.Name)) // names and codes are plain ASCII
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads one object of codes, with no field twice, and checks it.
func (r *Row) UnmarshalJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if tok, err := dec.Token(); err != nil || tok != json.Delim('{') {
		return fmt.Errorf("want an object of coded values")
	}
	row := Row{}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return err
		}
		name := tok.(string)
		tok, err = dec.Token()
		if err != nil {
			return err
		}
		v, ok := tok.(string)
		if !ok {
			return fmt.Errorf("%s: want a code in quotes", clip(name))
		}
		if _, twice := row[name]; twice {
			return fmt.Errorf("%s: given twice", clip(name))
		}
		row[name] = v
	}
	if err := row.Check(); err != nil {
		return err
	}
	*r = row
	return nil
}

// ReadRows reads JSON Lines: one row in each line, empty lines passed over. An error names the file,
// the line and the field.
func ReadRows(name string, in io.Reader) ([]Row, error) {
	var rows []Row
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, maxLine)
	line := 0
	for sc.Scan() {
		line++
		text := bytes.TrimSpace(sc.Bytes())
		if len(text) == 0 {
			continue
		}
		if len(rows) == MaxRows {
			return nil, fmt.Errorf("%s:%d: more than %d rows", name, line, MaxRows)
		}
		var r Row
		if err := json.Unmarshal(text, &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		if r == nil { // null
			return nil, fmt.Errorf("%s:%d: want an object of coded values", name, line)
		}
		rows = append(rows, r)
	}
	if err := sc.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("%s:%d: a line of more than %d bytes", name, line+1, maxLine)
	} else if err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, line+1, err)
	}
	return rows, nil
}

// WriteRows writes rows as JSON Lines.
func WriteRows(w io.Writer, rows []Row) error {
	for _, r := range rows {
		line, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}
