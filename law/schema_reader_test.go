package law_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"amparo/law"
)

// The schemas and the readers know the same fields and the same words, and refuse the same gaps. The pack in
// testdata/schema has every field once; in each of its files everything is spoilt in turn, and what the reader
// then says it knows is compared with what the schema says.
func TestSchemasKnowWhatTheReadersKnow(t *testing.T) {
	all, files := formats(t), schemaPack(t)
	tried := 0
	missing := map[string]bool{} // fields that no file shows
	for name, file := range files {
		schema, doc := all[formatOf(name)], document(t, name, file.Data)
		read := reading(t, files, name)
		if err := read(doc); err != nil {
			t.Fatalf("%s as it stands: %v", name, err)
		}
		visit(schema, doc, nil, func(f form, v any, at []any) {
			s := spoilt{t, name, schema, doc, at, read}
			object, _ := v.(map[string]any)
			if f.fields != nil && !f.parts {
				s.unknownField(f)
				tried++
			}
			for field, sub := range f.fields {
				if _, told := object[field]; told {
					missing[sub.Location] = false
					s.without(field)
					tried++
				} else if _, before := missing[sub.Location]; !before {
					missing[sub.Location] = true
				}
			}
			if f.enum != nil {
				s.unknownWord(f)
				tried++
			}
			if len(at) > 0 && !(f.parts || len(at) == 1 && path.Ext(name) == ".txtar") {
				s.wrongKind()
				tried++
			}
		})
	}
	for field, none := range missing {
		if none {
			t.Errorf("no file in testdata/schema shows %s", field)
		}
	}
	t.Logf("%d files spoilt in %d ways", len(files), tried)
}

// schemaPack is the pack in testdata/schema.
func schemaPack(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS("testdata/schema"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile("testdata/schema/" + name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	return files
}

// reading gives the reader of one file of the pack; what it is given stands in the file's place, as JSON.
func reading(t *testing.T, files fstest.MapFS, name string) func(doc any) error {
	asJSON := func(doc any) []byte {
		data, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	whole, err := law.Load(files, ".")
	if err != nil {
		t.Fatal(err)
	}
	return func(doc any) error {
		switch formatOf(name) {
		case "journey":
			_, err := whole.ParseJourney(name, asJSON(doc))
			return err
		case "case":
			var b bytes.Buffer
			parts, _ := doc.(map[string]any)
			b.Write(append(asJSON(parts["head"]), '\n'))
			for _, part := range slices.Sorted(maps.Keys(parts)) {
				if part != "head" {
					b.WriteString("-- " + part + " --\n")
					b.Write(append(asJSON(parts[part]), '\n'))
				}
			}
			_, err := whole.ParseCase(name, b.Bytes())
			return err
		}
		changed := maps.Clone(files)
		changed[name] = &fstest.MapFile{Data: asJSON(doc)}
		_, err := law.Load(changed, ".")
		return err
	}
}

// A form is what a schema says of one value, references followed and the fitting one of several chosen.
type form struct {
	fields map[string]*jsonschema.Schema // nil where there is no list of them
	rest   *jsonschema.Schema            // of fields not listed
	items  *jsonschema.Schema
	enum   []any
	parts  bool // an archive, whose fields are sections
}

func formOf(s *jsonschema.Schema, v any) (f form) {
	if s.Ref != nil {
		f = formOf(s.Ref, v)
	}
	for _, one := range s.AnyOf {
		if one.Validate(v) == nil {
			f = formOf(one, v)
			break
		}
	}
	if s.Properties != nil {
		f.fields = maps.Clone(f.fields)
		if f.fields == nil {
			f.fields = map[string]*jsonschema.Schema{}
		}
	}
	for name, field := range s.Properties {
		if f.fields[name] = field; field.Bool != nil && !*field.Bool {
			delete(f.fields, name)
		}
	}
	for _, sub := range s.PatternProperties {
		f.rest, f.parts = sub, true
	}
	if rest, ok := s.AdditionalProperties.(*jsonschema.Schema); ok {
		f.rest = rest
	}
	if s.Items2020 != nil {
		f.items = s.Items2020
	}
	if s.Enum != nil {
		f.enum = s.Enum.Values
	}
	return f
}

// visit calls f for every value of a document, with the way to it.
func visit(s *jsonschema.Schema, v any, at []any, f func(form, any, []any)) {
	what := formOf(s, v)
	f(what, v, at)
	switch v := v.(type) {
	case map[string]any:
		for name, item := range v {
			if sub := what.fields[name]; sub != nil {
				visit(sub, item, append(slices.Clip(at), name), f)
			} else if what.rest != nil {
				visit(what.rest, item, append(slices.Clip(at), name), f)
			}
		}
	case []any:
		for i, item := range v {
			if what.items != nil {
				visit(what.items, item, append(slices.Clip(at), i), f)
			}
		}
	}
}

// A spoilt document is one in which a single value is to be changed.
type spoilt struct {
	*testing.T
	name   string
	schema *jsonschema.Schema
	doc    any
	at     []any
	read   func(any) error
}

// with gives a copy of the document in which change has been at the value.
func (s spoilt) with(change func(old any) any) any {
	var at func(v any, way []any) any
	at = func(v any, way []any) any {
		if len(way) == 0 {
			return change(v)
		}
		switch v := v.(type) {
		case map[string]any:
			v = maps.Clone(v)
			v[way[0].(string)] = at(v[way[0].(string)], way[1:])
			return v
		case []any:
			v = slices.Clone(v)
			v[way[0].(int)] = at(v[way[0].(int)], way[1:])
			return v
		}
		s.Fatalf("%s %v: no way there", s.name, s.at)
		return nil
	}
	return at(s.doc, s.at)
}

func (s spoilt) setting(field string, value any) any {
	return s.with(func(old any) any {
		fields := maps.Clone(old.(map[string]any))
		fields[field] = value
		return fields
	})
}

// listed takes the words out of the reader's refusal.
func (s spoilt) listed(doc any, before string) []string {
	err := s.read(doc)
	if err == nil || s.schema.Validate(doc) == nil {
		s.Fatalf("%s %v: not refused: reader says %v", s.name, s.at, err)
	}
	found := regexp.MustCompile(before + `: (.*)$`).FindStringSubmatch(err.Error())
	if found == nil {
		s.Fatalf("%s %v: the reader does not say what there is: %v", s.name, s.at, err)
	}
	words := strings.Split(found[1], ", ")
	slices.Sort(words)
	return words
}

func (s spoilt) unknownField(f form) {
	reader := s.listed(s.setting("no_such_field", "x"), "no such field; there are")
	// An element that is no exception knows the field, to say better why it is refused.
	if gives := slices.Index(reader, "gives"); gives >= 0 && f.fields["gives"] == nil && s.read(s.setting("gives", "yes")) != nil {
		reader = slices.Delete(reader, gives, gives+1)
	}
	if schema := slices.Sorted(maps.Keys(f.fields)); !slices.Equal(reader, schema) {
		s.Errorf("%s %v: the reader knows the fields %v, the schema %v", s.name, s.at, reader, schema)
	}
}

func (s spoilt) unknownWord(f form) {
	var schema []string
	for _, word := range f.enum {
		schema = append(schema, word.(string))
	}
	slices.Sort(schema)
	if reader := s.listed(s.with(func(any) any { return "no_such_word" }), "is not one of"); !slices.Equal(reader, schema) {
		s.Errorf("%s %v: the reader knows the words %v, the schema %v", s.name, s.at, reader, schema)
	}
}

// beyond is what a reader refuses by what other values mean; a schema cannot see that.
var beyond = regexp.MustCompile(`is held of an episode|not among the episode's actors|no shared element|undeclared reference|no question|can both be met`)

func (s spoilt) without(field string) {
	doc := s.with(func(old any) any {
		fields := maps.Clone(old.(map[string]any))
		delete(fields, field)
		return fields
	})
	reader, schema := s.read(doc), s.schema.Validate(doc)
	if (reader == nil) != (schema == nil) && !(reader != nil && beyond.MatchString(reader.Error())) {
		s.Errorf("%s %v without %s:\nreader %v\nschema %v", s.name, s.at, field, reader, schema)
	}
}

func (s spoilt) wrongKind() {
	doc := s.with(func(any) any { return []any{[]any{[]any{}}} })
	if s.read(doc) == nil || s.schema.Validate(doc) == nil {
		s.Errorf("%s %v: lists in lists are not refused", s.name, s.at)
	}
}
