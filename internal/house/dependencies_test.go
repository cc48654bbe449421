package house

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDependenciesAreListedAndPermissive(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root(t), "docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	table, err := Dependencies(string(text))
	if err != nil {
		t.Fatalf("docs/dependencies.md: %v", err)
	}
	use, err := Used(root(t))
	if err != nil {
		t.Fatal(err)
	}
	none(t, Undocumented(table, use))
	if !use.Direct["honnef.co/go/tools"] || !use.Direct["github.com/alecthomas/kong"] || !use.Direct["axe-core"] {
		t.Errorf("the tool, the command line and axe are in use, yet not seen: %v", use.Direct)
	}
}

func TestPlantedDependencies(t *testing.T) {
	kong := Dependency{"kong", "MIT", inProgram, "flags", "flag"}
	set := func(names ...string) map[string]bool {
		m := map[string]bool{}
		for _, n := range names {
			m[n] = true
		}
		return m
	}
	for name, c := range map[string]struct {
		table []Dependency
		use   Use
		words []string
	}{
		"not listed":      {nil, Use{Direct: set("kong")}, []string{"kong", "does not list it"}},
		"not required":    {[]Dependency{kong}, Use{}, []string{"kong", "nothing requires it"}},
		"listed twice":    {[]Dependency{kong, kong}, Use{Present: set("kong")}, []string{"twice"}},
		"other licence":   {[]Dependency{kong}, Use{Present: set("kong"), Licences: map[string]string{"kong": "ISC"}}, []string{"MIT", "ISC"}},
		"copyleft":        {nil, Use{Licences: map[string]string{"far": "GPL family"}}, []string{"far", "GPL family"}},
		"no licence":      {nil, Use{Licences: map[string]string{"far": ""}}, []string{"far", `""`}},
		"shipped Mozilla": {nil, Use{Shipped: set("far"), Licences: map[string]string{"far": "MPL-2.0"}}, []string{"far", "program"}},
		"tool in program": {[]Dependency{{"lint", "MIT", inTools, "a", "b"}}, Use{Present: set("lint"), Shipped: set("lint")}, []string{"linked"}},
	} {
		t.Run(name, func(t *testing.T) { refused(t, Undocumented(c.table, c.use), c.words...) })
	}
	none(t, Undocumented([]Dependency{{"axe", "MPL-2.0", inTests, "a", "b"}},
		Use{Direct: set("axe"), Present: set("axe"), Licences: map[string]string{"axe": "MPL-2.0"}}))
}

func TestDependencyTableNamesTheLine(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"# x\n| `a` | MIT | tests | for |", "line 2"},
		{"| `a` | MIT | tests | for | |", "line 1"},
		{"| `a` | MIT | attic | for | other |", `"attic"`},
	} {
		if _, err := Dependencies(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v does not say %s", c.text, err, c.want)
		}
	}
}

func TestLicence(t *testing.T) {
	own, err := os.ReadFile(filepath.Join(root(t), "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	gpl := "GNU GENERAL PUBLIC LICENSE\n Everyone is permitted to copy and\n distribute verbatim copies of this license document"
	mit := "Permission is hereby granted, free of charge, to any\nperson … The above copyright notice and this permission notice shall be included in all copies"
	for text, want := range map[string]string{
		string(own):           "Apache-2.0",
		gpl:                   "GPL family",
		mit:                   "MIT",
		gpl + mit:             "GPL family",
		"All rights reserved": "",
		"Redistributions in binary form must reproduce the above":                                "BSD-2-Clause",
		"Redistributions in binary form must reproduce … be used to endorse or promote products": "BSD-3-Clause",
	} {
		if got := Licence(text); got != want {
			t.Errorf("Licence(%.40q) = %q, want %q", text, got, want)
		}
	}
}
