package evidence

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// Each file in testdata/load is refused with the words in the file of the same name that ends in .want.
func TestRefusedFiles(t *testing.T) {
	names, err := filepath.Glob("testdata/load/*.yaml")
	if err != nil || len(names) < 8 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base := filepath.Base(name)
		_, err = Load(fstest.MapFS{base: {Data: data}})
		if err == nil {
			t.Errorf("%s is taken", name)
			continue
		}
		golden(t, strings.TrimSuffix(name, ".yaml")+".want", err.Error()+"\n")
	}
}

func TestNothingToRead(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"no .yaml file": {"a.txt": {Data: []byte("x")}},
		"no claims":     {"a.yaml": {Data: []byte("sources: []\n")}},
		"at most 32768": {"a.yaml": {Data: []byte("# " + strings.Repeat("x", maxBytes))}},
		"not UTF-8":     {"a.yaml": {Data: []byte("claims: \xff")}},
		"too deep":      {"a.yaml": {Data: []byte("claims:\n" + strings.Repeat("[", maxDepth+1))}},
	} {
		if _, err := Load(fsys); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v does not say %q", err, name)
		}
	}
}

// What a file says for all holds for a claim that does not say otherwise.
func TestShared(t *testing.T) {
	b := book(t, base(t))
	c, ok := b.Find("c02")
	if !ok || c.Kind != Figure || c.Standing != Doubtful || c.Mark != General || c.ReviewBy != "2027-03-01" {
		t.Errorf("%+v", c)
	}
	if c, _ := b.Find("c03"); c.Kind != Myth || c.Sources[0].Source.Title != "Yearly count" {
		t.Errorf("%+v", c)
	}
	if _, ok := b.Find("c99"); ok {
		t.Error("c99 is found")
	}
	if n := len(b.Of(Figure)); n != 2 {
		t.Errorf("%d figures", n)
	}
}

var located = regexp.MustCompile(`^(b\.yaml:[1-9]\d*: |b\.yaml: no claims)`)

// FuzzLoad holds that any text is either read and checked, or refused with its file and line.
func FuzzLoad(f *testing.F) {
	for _, pattern := range []string{"testdata/base.yaml", "testdata/load/*.yaml", "records/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			f.Fatalf("%s: %v", pattern, err)
		}
		for _, n := range names {
			data, err := os.ReadFile(n)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4<<10 {
			t.Skip("longer texts cost the YAML parser much, and show no more")
		}
		b, err := Load(fstest.MapFS{"b.yaml": {Data: []byte(text)}})
		if err != nil {
			if !located.MatchString(err.Error()) {
				t.Errorf("no place is named: %v", err)
			}
			return
		}
		for _, p := range b.Check(day) {
			if p.File != "b.yaml" || p.Line < 1 || p.What == "" {
				t.Errorf("no place: %+v", p)
			}
		}
		for _, c := range b.Claims {
			c.Chart("es", "rtl")
			if err := c.CSV(&strings.Builder{}, "es"); err != nil {
				t.Error(err)
			}
		}
	})
}
