package law_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"amparo/law"
	"amparo/packs"
)

// Each mistake in a pack names the file, the line and the column where it stands.
func TestLoadNamesThePlaceOfAMistake(t *testing.T) {
	const rules, words, head, vocabulary = "rules/one.yaml", "strings.yaml", "pack.yaml", "vocabulary.yaml"
	for _, c := range []struct{ file, old, new, want string }{
		{rules, `facts: "aa"`, `facts: aa && zz`, "rules/one.yaml:11:41: rules[0].all[0].facts: undeclared reference to 'zz'"},
		{rules, `facts: "aa"`, `facts: aa &&`, "rules/one.yaml:11:40: rules[0].all[0].facts: Syntax error"},
		{rules, `facts: "aa"`, `facts: aa + bb`, "rules/one.yaml:11:38: rules[0].all[0].facts: undeclared reference to '_+_'"},
		{rules, `facts: "aa"`, `facts: "true"`, "rules[0].all[0].facts: only questions, &&, ||, ! and atLeast may stand in a condition"},
		{rules, `facts: "aa"`, `facts: '"aa"'`, "a condition is yes or no; this is string"},
		{rules, `facts: "aa"`, `facts: "atLeast(3, [aa, bb])"`, "at least 3 of 2 says nothing"},
		{rules, `facts: "aa"`, `facts: "atLeast(aa, [aa, bb])"`, "found no matching overload"},
		{rules, `facts: "aa"`, `facts: aa.bb`, "rules/one.yaml:11:37: rules[0].all[0].facts: type 'bool' does not support field selection"},
		{rules, `facts: "aa"`, `finding: two`, `rules/one.yaml:11:37: rules[0].all[0].finding: no rule "two"`},
		{rules, `facts: "aa"`, `finding: one`, `the rule "one" rests on itself`},
		{rules, `facts: "aa"`, `some_episode: [some]`, `the rule "one" rests on itself`},
		{rules, `facts: "aa"`, `some_facts: aa`, "some_facts looks through the episodes"},
		{rules, `some_episode: [one]`, `finding: one`, "finding joins rules about one episode"},
		{rules, `some_episode: [one]`, `facts: aa`, `"aa" is asked of an episode, and this rule is about the person`},
		{rules, `facts: "aa"`, `facts: aa, not: {id: x}`, "exactly one of"},
		{rules, `facts: "aa"`, `facts: aa, least: 2`, "only at_least takes a number"},
		{rules, `facts: "aa"`, `wants: aa`, "no such field"},
		{rules, `- {id: it, text: It, facts: "aa"}`, `- {use: nothing}`, `no shared element "nothing"`},
		{rules, `text: It, `, ``, `rules/one.yaml:11:10: rules[0].all[0]: no words in "en"`},
		{rules, `id: it`, `id: ""`, "rules[0].all[0].id: empty"},
		{rules, `cite: c. 1`, `cite: ""`, "rules[0].cite: empty"},
		{rules, `reviewed: nobody`, `reviewed: ""`, "rules[0].reviewed: empty"},
		{rules, `sources: [none]`, `sources: []`, "a rule names its sources"},
		{rules, `mark: S`, `mark: X`, `rules[0].mark: "X" is not one of: S, G`},
		{rules, `rule: some`, `rule: one`, `a second rule "one"`},
		{rules, `kind: trafficking`, `kind: theft`, `"theft" is not one of`},
		{words, `open: said`, `open: ""`, `strings.yaml:2:7: open: no words in "en"`},
		{words, `open: said`, `opened: said`, "strings.yaml:2:1: opened: no such field"},
		{head, `languages: {en: nobody}`, `languages: {es: nobody}`, "languages must tell who reviewed the English"},
		{vocabulary, `id: aa`, `id: bb`, `vocabulary.yaml:3:10: questions[1].id: a second question "bb"`},
		{vocabulary, `id: aa`, `id: Aa`, `vocabulary.yaml:2:10: questions[0].id: "Aa" is no id`},
		{vocabulary, `sensitivity: 1`, `sensitivity: 9`, "want a number from 1 to 5"},
		{vocabulary, `scope: person`, `scope: person, vulnerability: true`, ""},
		{vocabulary, `sensitivity: 1`, `sensitivity: 1, vulnerability: true`, "vocabulary.yaml:2:6: questions[0]: \"aa\" is marked as a vulnerability, and a rule rests on it"},
	} {
		files := smallFiles("aa")
		text := string(files[c.file].Data)
		changed := strings.Replace(text, c.old, c.new, 1)
		if changed == text {
			t.Errorf("%q is not in %s", c.old, c.file)
		}
		files[c.file] = &fstest.MapFile{Data: []byte(changed)}
		_, err := law.Load(files, ".")
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.new, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s:\n got  %v\n want %s", c.new, err, c.want)
		}
	}
	for _, missing := range []string{rules, words, head, vocabulary} {
		files := smallFiles("aa")
		delete(files, missing)
		if _, err := law.Load(files, "."); err == nil {
			t.Errorf("loaded without %s", missing)
		}
	}
}

// A rule without which every case is decided the same is named as such, and one that a case needs is not.
func TestCheckNamesWhatNoCaseProves(t *testing.T) {
	files := smallFiles("aa")
	files["rules/one.yaml"].Data = []byte(strings.Replace(string(files["rules/one.yaml"].Data),
		"      - {id: it, text: It, facts: \"aa\"}\n", "      - {id: it, text: It, facts: aa}\n      - {id: other, text: Other, facts: bb}\n", 1))
	p, err := law.Load(files, ".")
	if err != nil {
		t.Fatal(err)
	}
	c := law.Case{Name: "c", Trial: law.Trial{Date: day("2020"), Standard: law.Suspicion,
		Journey: law.Journey{Episodes: []law.Episode{{ID: "e", Facts: append(no("aa"), yes("bb")...)}}},
		Holding: []law.Held{{Rule: "one", Episode: "e", Status: law.RuledOut}}}}
	check, err := p.Check([]law.Case{c})
	if err != nil {
		t.Fatal(err)
	}
	if check.Agree != 1 || check.Decided != 1 || len(check.Survivors) != 1 || check.Survivors[0] != "one/other" {
		t.Errorf("%+v", check)
	}
	c.Holding[0].Status = law.Established
	if check, err = p.Check([]law.Case{c}); err != nil || check.Agree != 0 || len(check.Differ) != 1 || check.Differ[0].Got != law.RuledOut {
		t.Errorf("%+v, %v", check, err)
	}
}

// Exceptions that can be met together and give different answers are refused, with both named; those that
// exclude each other are not, and one may have exceptions of its own.
func TestExceptions(t *testing.T) {
	load := func(unless string) (*law.Pack, error) {
		files := smallFiles("aa")
		files["rules/one.yaml"].Data = []byte(strings.Replace(string(files["rules/one.yaml"].Data), `facts: "aa"}`, `facts: "aa", unless: [`+unless+`]}`, 1))
		return law.Load(files, ".")
	}
	if _, err := load(`{id: x, text: X, facts: bb}, {id: y, text: Y, gives: "yes", facts: cc}`); err == nil ||
		!strings.Contains(err.Error(), `rules/one.yaml:11:`) || !strings.Contains(err.Error(), `"one/it/x" and "one/it/y" can both be met`) {
		t.Error(err)
	}
	p, err := load(`{id: x, text: X, facts: bb, unless: [{id: z, text: Z, facts: dd}]}, {id: y, text: Y, gives: "yes", facts: cc && !bb}`)
	if err != nil {
		t.Fatal(err)
	}
	want := func(m map[string]bool) bool { return (m["aa"] || m["cc"] && !m["bb"]) && (!m["bb"] || m["dd"]) }
	o := oracle{"exceptions", want}
	for _, known := range []map[string]bool{{"aa": true}, {"aa": true, "bb": false}, {"aa": true, "bb": true}, {"aa": true, "bb": true, "dd": true},
		{"aa": true, "dd": true}, {"cc": true, "bb": false}, {"aa": false, "cc": false}, {"bb": true, "dd": false}, {"cc": true, "aa": true}} {
		if got := status(t, assess(t, p, journeyOf(known)), "one", "e"); got != o.status(known) {
			t.Errorf("%v: %s, want %s", known, got, o.status(known))
		}
	}
	f := finding(t, assess(t, p, journeyOf(map[string]bool{"aa": true, "bb": true})), "one", "e")
	it := f.Tree().Children[0]
	if len(it.Unless) != 2 || it.Unless[0].Gives != law.No || it.Unless[1].Gives != law.Yes || len(it.Unless[0].Unless) != 1 || it.Unless[0].Value != law.NotYet {
		t.Errorf("%+v", it)
	}
}

// Shared elements that use each other over and over are refused before they fill the memory.
func TestManyUsesAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("shared:\n")
	for i := range 40 {
		fmt.Fprintf(&b, "  - {id: s%d, text: S, any: [{id: x, text: X, all: [{use: s%d}]}, {id: y, text: Y, all: [{use: s%d}]}]}\n", i, i+1, i+1)
	}
	b.WriteString("  - {id: s40, text: S, facts: aa}\n")
	files := smallFiles("aa")
	files["rules/one.yaml"].Data = []byte(b.String() + strings.Replace(string(files["rules/one.yaml"].Data), `- {id: it, text: It, facts: "aa"}`, "- {use: s0}", 1))
	if _, err := law.Load(files, "."); err == nil || !strings.Contains(err.Error(), "more than 20000 elements") {
		t.Error(err)
	}
}

// Whatever stands in the files of a pack, reading it ends, with a pack that can be asked or with an error
// that names a file.
func FuzzLoad(f *testing.F) {
	small := smallFiles("aa && !bb || atLeast(2, [cc, dd, hh])")
	f.Add(string(small["rules/one.yaml"].Data), string(small["vocabulary.yaml"].Data))
	for _, name := range []string{"0-shared.yaml", "1-trafficking.yaml", "3-screens.yaml"} {
		rules, err := packs.FS.ReadFile("us/rules/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(rules), string(small["vocabulary.yaml"].Data))
	}
	f.Add("rules:\n  - rule: one\n    all: [{id: a, text: A, facts: '(aa||bb)&&(cc||!bb)', unless: [{id: x, text: X, gives: 'yes', facts: cc}]}]\n", "questions: []")
	f.Fuzz(func(t *testing.T, rules, vocabulary string) {
		files := smallFiles("aa")
		files["rules/one.yaml"].Data, files["vocabulary.yaml"].Data = []byte(rules), []byte(vocabulary)
		p, err := law.Load(files, ".")
		if err != nil {
			if !strings.Contains(err.Error(), ".yaml") && !strings.Contains(err.Error(), "rules") {
				t.Errorf("names no file: %v", err)
			}
			return
		}
		if err := p.Program().Check(); err != nil {
			t.Error(err)
		}
		if _, err := p.Assess(law.Journey{Episodes: []law.Episode{{ID: "e"}}}, law.Options{AsOf: day("2026-01-02")}); err != nil {
			t.Error(err)
		}
	})
}
