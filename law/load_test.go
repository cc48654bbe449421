package law_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"amparo/law"
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
