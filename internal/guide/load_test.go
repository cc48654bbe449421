package guide

import (
	"strings"
	"testing"
	"testing/fstest"
)

const sound = `all: {looked: 2026-11-24, review: nobody}
pages:
  - id: r1
    kind: situation
    title: {en: One, es: Uno}
    lead: {en: Lead, es: Entrada}
    parts:
      - kind: law
        statements:
          - say: {en: Law, es: Ley}
            cite: 18 U.S.C. 1592
            mark: S
            rule: us.1592
      - kind: do
        statements:
          - say: {en: Do, es: Haga}
    offices: [o]
    see: [r1]
offices:
  - id: o
    name: {en: Office, es: Oficina}
    does: {en: Helps, es: Ayuda}
    tel: 1-888-373-7888
    cite: general
    mark: G
`

func load(text string) (*Guide, error) {
	return Load(fstest.MapFS{"x.yaml": {Data: []byte(text)}})
}

func TestLoad(t *testing.T) {
	g, err := load(sound)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := g.Page("r1")
	if !ok {
		t.Fatal("r1 is lost")
	}
	if s := p.Parts[0].Statements[0]; s.Source != (Source{"18 U.S.C. 1592", Read, "2026-11-24", Nobody}) || s.Say.In("es") != "Ley" || s.Say.In("xx") != "Law" {
		t.Errorf("%+v", s)
	}
	if s := p.Parts[1].Statements[0]; s.Source != (Source{Practice, General, "2026-11-24", Nobody}) {
		t.Errorf("advice without a law: %+v", s.Source)
	}
	if _, ok := g.Page("r2"); ok {
		t.Error("r2 was found")
	}
	if o, ok := g.Office("o"); !ok || o.Tel == "" {
		t.Errorf("%+v", o)
	}
}

// TestBadFiles says of each fault the file, the line and the field.
func TestBadFiles(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"no source":          {"            cite: 18 U.S.C. 1592\n", "", "x.yaml:10: pages[0].parts[0].statements[0].cite: missing"},
		"practice as law":    {"18 U.S.C. 1592", "practice", "x.yaml:11: pages[0].parts[0].statements[0].cite: a statement of law names its law"},
		"read nowhere":       {"    mark: G\n", "    mark: S\n", "x.yaml:25: offices[0].mark: what comes from no law"},
		"mark":               {"mark: S", "mark: X", `x.yaml:12: pages[0].parts[0].statements[0].mark: "X" is neither`},
		"no mark":            {"            mark: S\n", "", "statements[0].mark: \"\" is neither"},
		"day":                {"2026-11-24", "2026-11-31", `statements[0].looked: "2026-11-31"`},
		"no review":          {", review: nobody", "", "statements[0].review: missing"},
		"one language":       {"{en: Law, es: Ley}", "{en: Law}", "x.yaml:10: pages[0].parts[0].statements[0].say: missing in es"},
		"another language":   {"{en: Law, es: Ley}", "{en: Law, es: Ley, fr: Loi}", `say: "fr" is none of`},
		"unquoted comma":     {"{en: Law, es: Ley}", "{en: Law, and more, es: Ley}", `say: "and more" is none of`},
		"telling id":         {"id: r1", "id: papers-kept", `x.yaml:3: pages[0].id: "papers-kept"`},
		"kind of page":       {"kind: situation", "kind: advice", `x.yaml:4: pages[0].kind: "advice"`},
		"kind of part":       {"kind: law", "kind: laws", `pages[0].parts[0].kind: "laws"`},
		"unknown field":      {"            mark: S", "            marks: S", `x.yaml:12: unknown field "marks"`},
		"rule":               {"us.1592", "1592", `x.yaml:13: pages[0].parts[0].statements[0].rule: "1592"`},
		"value without rule": {"rule: us.1592", "value: fee", "value: of which rule?"},
		"no office":          {"offices: [o]", "offices: [p]", `x.yaml:17: pages[0].offices: no office "p"`},
		"no page":            {"see: [r1]", "see: [r9]", `x.yaml:18: pages[0].see: no page "r9"`},
		"telephone":          {"1-888-373-7888", "call us", `x.yaml:23: offices[0].tel: "call us"`},
		"no title":           {"title: {en: One, es: Uno}", "title: {en: One, es: ' '}", "x.yaml:5: pages[0].title: missing in es"},
		"nothing":            {sound, "pages: []", "no pages"},
		"no YAML":            {sound, "pages: [", "x.yaml:1:"},
		"empty":              {sound, "", "x.yaml:1: want one document"},
		"twice": {"offices:\n  - id: o", "offices:\n  - id: o\n    name: {en: a, es: a}\n    does: {en: a, es: a}\n    cite: c\n    mark: G\n  - id: o",
			`offices[1].id: "o" stands twice`},
		"not UTF-8": {"Law", "\xff", "want UTF-8 text"},
		"too long":  {"Law", strings.Repeat("w", maxBytes), "at most"},
	} {
		if !strings.Contains(sound, c.from) {
			t.Fatalf("%s: nothing to change", name)
		}
		if _, err := load(strings.Replace(sound, c.from, c.to, 1)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}
