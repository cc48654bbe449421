package law_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"amparo/packs"
)

// formats compiles the schemas in law/schema, by name.
func formats(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	const base = "file:///schema/"
	c := jsonschema.NewCompiler()
	names, _ := filepath.Glob("schema/*.json")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := c.AddResource(base+filepath.Base(name), doc); err != nil {
			t.Fatal(err)
		}
	}
	out := map[string]*jsonschema.Schema{}
	for _, name := range names {
		s, err := c.Compile(base + filepath.Base(name))
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(name), ".json")] = s
	}
	if len(out) == 0 {
		t.Fatal("no schemas")
	}
	return out
}

// formatOf names the schema of a file of a pack.
func formatOf(name string) string {
	for pattern, format := range map[string]string{
		"*/pack.yaml": "pack", "*/rules/*.yaml": "rules", "*/examples/*.yaml": "journey", "*/cases/*.txtar": "case",
		"*/vocabulary/*.yaml": "vocabulary", "*/vocabulary.yaml": "vocabulary", "*/strings.yaml": "strings",
	} {
		for _, full := range []string{name, "./" + name} {
			if ok, _ := path.Match(pattern, full); ok {
				return format
			}
		}
	}
	return ""
}

// document decodes a file of a pack as the schemas see it: a case is an object of its parts.
func document(t *testing.T, name string, data []byte) (out any) {
	t.Helper()
	if path.Ext(name) != ".txtar" {
		if err := yaml.Unmarshal(data, &out); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return out
	}
	a := txtar.Parse(data)
	parts := map[string]any{"head": document(t, name+": head.yaml", a.Comment)}
	for _, f := range a.Files {
		parts[f.Name] = document(t, name+": "+f.Name, f.Data)
	}
	return parts
}

// Every file that ships is as its schema says.
func TestPacksAreAsTheSchemasSay(t *testing.T) {
	all, seen := formats(t), map[string]int{}
	err := fs.WalkDir(packs.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := packs.FS.ReadFile(name)
		if err != nil {
			return err
		}
		format := formatOf(name)
		if format == "" {
			t.Errorf("%s: no schema is for such a file", name)
			return nil
		}
		seen[format]++
		if err := all[format].Validate(document(t, name, data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for format := range all {
		if format != "common" && seen[format] == 0 {
			t.Errorf("no file shows the format %q", format)
		}
	}
	t.Log(seen)
}

// Each of these slips in a file that is otherwise as it should be is refused.
func TestSchemasRefuseSlips(t *testing.T) {
	all := formats(t)
	for _, c := range []struct{ file, old, new string }{
		{"pack.yaml", "pack: all\n", ""},
		{"pack.yaml", "languages: {en: nobody, es: nobody}", "languages: {es: nobody}"},
		{"pack.yaml", "sources: [none]", "source: none"},
		{"vocabulary.yaml", "id: aa", "id: Papers-Taken"},
		{"vocabulary.yaml", "sensitivity: 2", "sensitivity: 6"},
		{"vocabulary.yaml", "scope: episode", "scope: hub"},
		{"strings.yaml", "open:", "opened:"},
		{"rules/1.yaml", "kind: labor", "kind: theft"},
		{"rules/1.yaml", "by: act", "by: filing"},
		{"rules/1.yaml", "by: filing", "by: act"},
		{"rules/1.yaml", "from: 2000-02-03", "from: 3 February 2000"},
		{"rules/1.yaml", "from: 2000-02-03", "from: 2000-13"},
		{"rules/1.yaml", "sources: [none]", "sources: []"},
		{"rules/1.yaml", "facts: aa && bb", "facts: aa, finding: all.other"},
		{"rules/1.yaml", ", facts: aa && bb", ""},
		{"rules/1.yaml", "- use: shared", "- {use: shared, id: own}"},
		{"rules/1.yaml", "- use: shared", "- {use: shared, gives: yes}"},
		{"rules/1.yaml", "facts: aa && bb", "facts: aa, least: 1"},
		{"rules/1.yaml", "text: {en: Some, es: Algunos}", "text: {es: Algunos}"},
		{"rules/1.yaml", "gives: yes", "gives: perhaps"},
		{"examples/journey.yaml", "why: declined", "why: shy"},
		{"examples/journey.yaml", "answer: unknown, why: declined", "answer: no, why: declined"},
		{"examples/journey.yaml", "answer: unknown, why: declined", "answer: unknown, grade: said"},
		{"examples/journey.yaml", "grade: documented", "grade: certain"},
		{"examples/journey.yaml", "complete: true", "complete: perhaps"},
		{"cases/case.txtar", "standard: preponderance", "standard: certainty"},
		{"cases/case.txtar", "status: ruled out", "status: acquitted"},
		{"cases/case.txtar", "aa: no", "aa: never"},
		{"cases/case.txtar", "-- holding.yaml --", "-- held.yaml --"},
		{"cases/case.txtar", "text: Otherwise.\n", ""},
	} {
		data, err := os.ReadFile("testdata/schema/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		schema := all[formatOf(c.file)]
		if err := schema.Validate(document(t, c.file, data)); err != nil {
			t.Fatalf("%s: %v", c.file, err)
		}
		changed := strings.Replace(string(data), c.old, c.new, 1)
		if changed == string(data) {
			t.Errorf("%q is not in %s", c.old, c.file)
		}
		if schema.Validate(document(t, c.file, []byte(changed))) == nil {
			t.Errorf("%s with %q instead of %q: not refused", c.file, c.new, c.old)
		}
	}
}
