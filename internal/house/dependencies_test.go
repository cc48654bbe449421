package house

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// dependencies reads docs/dependencies.md: the rows of the house, and those of the module in law/peers.
func dependencies(t *testing.T) (house, peers []Dependency) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), "docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	under, rest := Divide(string(text), "law/peers")
	for part, to := range map[string]*[]Dependency{under: &peers, rest: &house} {
		if *to, err = Dependencies(part); err != nil {
			t.Fatalf("docs/dependencies.md: %v", err)
		}
	}
	return house, peers
}

func used(t *testing.T, folder string) Use {
	t.Helper()
	use, err := Used(filepath.Join(root(t), folder))
	if err != nil {
		t.Fatal(err)
	}
	return use
}

func TestDependenciesAreListedAndPermissive(t *testing.T) {
	table, _ := dependencies(t)
	use := used(t, ".")
	none(t, Undocumented(table, use))
	if !use.Direct["honnef.co/go/tools"] || !use.Direct["github.com/alecthomas/kong"] || !use.Direct["axe-core"] {
		t.Errorf("the tool, the command line and axe are in use, yet not seen: %v", use.Direct)
	}
}

// The module nested in law/peers has rows of its own, and ships nothing.
func TestDependenciesOfPeers(t *testing.T) {
	_, table := dependencies(t)
	house, use := used(t, "."), used(t, "law/peers")
	none(t, Undocumented(table, use))
	none(t, Drifted(house, use))
	for _, d := range table {
		if d.Where != inTests {
			t.Errorf("%s is listed for %s; this module is for tests", d.Name, d.Where)
		}
	}
	for _, name := range []string{"github.com/open-policy-agent/opa", "github.com/dalzilio/rudd", "json-logic-js"} {
		if !use.Direct[name] {
			t.Errorf("%s is in use, yet not seen: %v", name, use.Direct)
		}
		if house.Present[name] {
			t.Errorf("the product itself requires %s", name)
		}
	}
	if len(use.Shipped) > 0 {
		t.Errorf("the nested module ships %v", use.Shipped)
	}
}

func TestPlantedDrift(t *testing.T) {
	use := func(version string) Use {
		return Use{Direct: map[string]bool{"cel": true}, Versions: map[string]string{"cel": version}}
	}
	none(t, Drifted(use("v1"), use("v1")))
	none(t, Drifted(Use{}, use("v1")))
	refused(t, Drifted(use("v1"), use("v2")), "cel", "v1", "v2")
}

func TestDivide(t *testing.T) {
	under, rest := Divide("a\n## x\nb\n## y\nc", "x")
	if under != "\n## x\nb\n\n\n" || rest != "a\n\n\n## y\nc" {
		t.Errorf("have %q and %q", under, rest)
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

func TestLicenceOfAPackage(t *testing.T) {
	for _, c := range []struct{ file, declared, want string }{
		{"", `{"license": "Apache-2.0"}`, "Apache-2.0"},
		{"All rights reserved", `{"license": "MIT"}`, ""}, // the file is what counts
		{"", `{}`, ""},
		{"", "", ""},
	} {
		dir := t.TempDir()
		for name, text := range map[string]string{"LICENSE": c.file, "package.json": c.declared} {
			if text == "" {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got := packageLicence(dir); got != c.want {
			t.Errorf("licence %q, package.json %q: have %q, want %q", c.file, c.declared, got, c.want)
		}
	}
}
