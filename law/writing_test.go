package law_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"amparo/law"
	"amparo/packs"
)

func readWriting(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../docs/writing-law.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// written puts together the pack that docs/writing-law.md writes in pieces: a block of code names its file, and the
// blocks of one file follow each other.
func written(t *testing.T) (files fstest.MapFS, blocks int) {
	t.Helper()
	files = fstest.MapFS{}
	for _, block := range regexp.MustCompile("(?ms)^```[a-z]+ c29/(\\S+)\n(.*?)^```$").FindAllStringSubmatch(readWriting(t), -1) {
		name := block[1]
		if files[name] == nil {
			files[name] = &fstest.MapFile{}
		}
		files[name].Data = append(files[name].Data, block[2]...)
		blocks++
	}
	if blocks == 0 {
		t.Fatal("docs/writing-law.md shows no pack")
	}
	return files, blocks
}

func checkWritten(t *testing.T, files fstest.MapFS) law.Check {
	t.Helper()
	all := packs.Beside(files)
	p, err := law.Load(all, ".")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := p.Cases(all, ".")
	if err != nil {
		t.Fatal(err)
	}
	check, err := p.Check(cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range check.Differ {
		t.Errorf("%s %s: %s held %s, got %s", d.Case, d.Variant, d.Rule, d.Held.Status, d.Got)
	}
	return check
}

// The pack in docs/writing-law.md loads, is as the schemas say, decides its case, and is proved as the page says.
func TestWritingLawShowsAPackThatWorks(t *testing.T) {
	files, blocks := written(t)
	all := formats(t)
	for name, file := range files {
		if err := all[formatOf(name)].Validate(document(t, name, file.Data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	c := checkWritten(t, files)
	said := fmt.Sprintf("c29 %s: %d cases, %d agree (%d holdings, %d variants)\n  %d elements: %d proved needed by decided cases, %d by variants of them, %d explained\n",
		c.Version, c.Cases, c.Agree, c.Held, c.Variants, c.Mutants, c.Decided, c.ByVariant, c.Explained)
	if !c.OK() || !strings.Contains(readWriting(t), said) {
		t.Errorf("%+v: the page does not show\n%s", c, said)
	}
	t.Logf("%d blocks, %d files", blocks, len(files))
}

// Without the variant that the page names, the element that it names survives.
func TestWritingLawShowsASurvivor(t *testing.T) {
	files, _ := written(t)
	name := "cases/siliadin.txtar"
	whole := string(files[name].Data)
	cut := regexp.MustCompile(`(?s)-- variant-no-officer.yaml --.*?(-- variant-)`).ReplaceAllString(whole, "$1")
	if cut == whole {
		t.Fatal("no such variant")
	}
	files[name] = &fstest.MapFile{Data: []byte(cut)}
	c := checkWritten(t, files)
	if !slices.Equal(c.Survivors, []string{"c29.forced-labour/public-duty/no-officer"}) || !strings.Contains(readWriting(t), "\n    "+c.Survivors[0]+"\n") {
		t.Errorf("survivors: %v", c.Survivors)
	}
}

// The page names every field and every word of the formats.
func TestWritingLawNamesEveryField(t *testing.T) {
	page := readWriting(t)
	names := map[string]bool{}
	for name, file := range schemaPack(t) {
		if formatOf(name) == "strings" {
			continue // its sentences are named by the schema alone
		}
		visit(formats(t)[formatOf(name)], document(t, name, file.Data), nil, func(f form, _ any, _ []any) {
			for field := range f.fields {
				names[field] = true
			}
			for _, word := range f.enum {
				names[word.(string)] = true
			}
		})
	}
	if len(names) < 60 {
		t.Fatalf("only %d names", len(names))
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if !regexp.MustCompile(`(^|[^a-z_-])` + regexp.QuoteMeta(name) + `([^a-z_-]|$)`).MatchString(page) {
			t.Errorf("the page does not name %s", name)
		}
	}
	t.Logf("%d names", len(names))
}
