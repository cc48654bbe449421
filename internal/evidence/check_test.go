package evidence

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// day is when the book of testdata/base.yaml is whole.
const day = Date("2026-11-24")

func base(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("testdata/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func book(t *testing.T, text string) *Book {
	t.Helper()
	b, err := Load(fstest.MapFS{"b.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// faults are planted in the base one at a time: each must give its problem, and no other, on its line.
var faults = []struct {
	rule, old, new string
	want           string // file:line: field, and the beginning of what is said
}{
	{"id", "id: c01", "id: escape", "b.yaml:12: escape.id: \"escape\": want c and"},
	{"id", "id: c01", "id: c1", "b.yaml:12: c1.id"},
	{"id", "hearsay", "Hearsay", "b.yaml:9: Hearsay.id"},
	{"twice", "id: c03", "id: c02", "b.yaml:34: c02.id: another claim"},
	{"twice", "    what: {en: A rumour, es: Un rumor}\n", "    what: {en: A rumour, es: Un rumor}\n  - {id: office, what: {en: a, es: b}}\n", "b.yaml:11: office.id: another source"},
	{"missing", "    claim: {en: Two of three say so., es: Dos de tres lo dicen.}\n", "", "b.yaml:12: c01.claim: missing"},
	{"missing", "    counts: {en: People who were asked., es: Personas a las que se preguntó.}\n    year", "    year", "b.yaml:12: c01.counts: missing"},
	{"missing", "    caveat: {en: Few were asked., es: Se preguntó a pocas.}\n", "", "b.yaml:12: c01.caveat: missing"},
	{"missing", "    answer: {en: They do not., es: No lo dicen.}\n", "", "b.yaml:34: c03.answer: missing"},
	{"missing", "    what: {en: A rumour, es: Un rumor}\n", "", "b.yaml:9: hearsay.what: missing"},
	{"missing", "kind: myth\n    claim: {en: All say so., es: Todos lo dicen.}\n    answer: {en: They do not., es: No lo dicen.}", "kind: weapon\n    claim: {en: a, es: b}", "b.yaml:34: c03.topic: missing"},
	{"missing", "    unit: {en: '{n}%', es: '{n} %'}\n", "", "b.yaml:12: c01.unit: missing"},
	{"missing", "label: {en: Yes, es: Sí}, value", "value", "b.yaml:21: c01.points[0].label: missing"},
	{"missing", "from: 2020-01-01", "smuggling: {en: a, es: b}", "b.yaml:34: c03.trafficking: missing"},
	{"language", ", es: Dos de tres lo dicen.", "", "b.yaml:13: c01.claim.es: missing in es"},
	{"language", "es: Un rumor}\nclaims", "es: ' '}\nclaims", "b.yaml:10: hearsay.what.es: missing in es"},
	{"language", ", es: La Oficina", "", "b.yaml:6: office.publisher.es"},
	{"language", "en: page 3, es", "es", "b.yaml:17: c01.sources[0].at.en"},
	{"language", "lang: en", "lang: '?'", "b.yaml:5: office.lang"},
	{"kind", "kind: myth", "kind: legend", "b.yaml:35: c03.kind: \"legend\""},
	{"answer", "    superseded_by", "    answer: {en: a, es: b}\n    superseded_by", "b.yaml:23: c01.answer"},
	{"year", "    year: 2023\n", "", "b.yaml:12: c01.year: a figure never stands without its year"},
	{"year", "year: 2023", "year: 2027", "b.yaml:15: c01.year: 2027 is no year"},
	{"year", "year: 2023", "year: 23", "b.yaml:15: c01.year: 23 is no year"},
	{"year", "year: 2023", "undated: {en: a, es: b}", "b.yaml:15: c01.undated: a figure with numbers"},
	{"year", "year: 2023", "year: 2023\n    undated: {en: a, es: b}", "b.yaml:16: c01.undated: it has a year"},
	{"year", "year: 2024", "year: 2027", "b.yaml:7: office.year"},
	{"points", "    points: [{label: {en: Say so, es: Lo dicen}, value: 0}]\n", "", "b.yaml:24: c02.points: missing"},
	{"points", "value: 0}", "value: -1}", "b.yaml:33: c02.points[0].value: -1"},
	{"points", "value: 0}", "value: .inf}", "b.yaml:33: c02.points[0].value: +Inf"},
	{"points", "value: 0}", "value: .nan}", "b.yaml:33: c02.points[0].value: NaN"},
	{"points", "is: about", "is: roughly", "b.yaml:22: c01.points[1].is: \"roughly\""},
	{"points", "until: 2025-01-01", "unit: {en: '{n}', es: '{n}'}\n    points: [{label: {en: a, es: b}}]", "b.yaml:41: c03.points: only a figure"},
	{"unit", "'{n} people'", "people", "b.yaml:32: c02.unit.en: \"people\""},
	{"sum", "value: 66.5", "value: 66.6", "b.yaml:19: c01.whole: the points add up to 100.1, not to 100"},
	{"source", "    sources: [{of: office}]\n", "", "b.yaml:34: c03.sources: a claim never stands without its source"},
	{"source", "sources: [{of: office}]", "sources: [{of: officer}]", "b.yaml:38: c03.sources[0].of: no source is called \"officer\""},
	{"nameless", "sources: [{of: office}]", "sources: [{of: hearsay}]", "b.yaml:38: c03.sources: nobody is named"},
	{"standing", "standing: doubtful", "standing: sure", "b.yaml:29: c02.standing: \"sure\""},
	{"doubt", "    why: {en: Nobody is named., es: No se nombra a nadie.}\n", "", "b.yaml:24: c02.why: missing"},
	{"doubt", "    superseded_by", "    why: {en: a, es: b}\n    superseded_by", "b.yaml:23: c01.why: the claim is not doubtful"},
	{"mark", "kind: myth", "kind: myth\n    mark: T", "b.yaml:36: c03.mark: \"T\""},
	{"date", "from: 2020-01-01", "checked: 2026-02-30", "b.yaml:39: c03.checked: \"2026-02-30\""},
	{"date", "from: 2020-01-01", "checked: 2026-11-25", "b.yaml:39: c03.checked: 2026-11-25 lies after"},
	{"date", "from: 2020-01-01", "review_by: 2026-03-01", "b.yaml:39: c03.review_by: 2026-03-01 does not lie after"},
	{"date", "until: 2025-01-01", "until: 2019-01-01", "b.yaml:40: c03.until: 2019-01-01 lies before"},
	{"date", "from: 2020-01-01", "from: 2020", "b.yaml:39: c03.from: \"2020\""},
	{"overdue", "from: 2020-01-01", "review_by: 2026-11-23", "b.yaml:39: c03.review_by: was to be looked at again by 2026-11-23"},
	{"superseded", "superseded_by: c02", "superseded_by: c09", "b.yaml:23: c01.superseded_by: no claim is called \"c09\""},
	{"superseded", "superseded_by: c02", "superseded_by: c01", "b.yaml:23: c01.superseded_by: leads back to c01"},
	{"link", "https://www", "http://www", "b.yaml:8: office.url: does not begin with https"},
	{"uncited", "sources: [{of: hearsay}]", "sources: [{of: office}]", "b.yaml:9: hearsay.id: no claim cites it"},
}

func TestWholeBookHasNoProblem(t *testing.T) {
	for _, p := range book(t, base(t)).Check(day) {
		t.Error(p)
	}
}

func TestPlantedFaults(t *testing.T) {
	text := base(t)
	for _, f := range faults {
		if !strings.Contains(text, f.old) {
			t.Errorf("%s: %q is not in the base", f.rule, f.old)
			continue
		}
		found := book(t, strings.ReplaceAll(text, f.old, f.new)).Check(day)
		if len(found) != 1 || found[0].Rule != f.rule || !strings.HasPrefix(found[0].String(), f.want) {
			t.Errorf("%s, %q: found %v, want %s", f.rule, f.new, found, f.want)
		}
	}
}

// TestEveryRuleIsShownAFault reads which rules the checks name.
func TestEveryRuleIsShownAFault(t *testing.T) {
	shown := map[string]bool{}
	for _, f := range faults {
		shown[f.rule] = true
	}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`k\.wrong\("([a-z]+)"`).FindAllStringSubmatch(string(data), -1) {
			if seen++; !shown[m[1]] {
				t.Errorf("%s: no fault is planted for the rule %q", n, m[1])
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d checks were seen", seen)
	}
}

// What is past its day is a problem from the day after on, unless a newer claim took its place.
func TestReviewDate(t *testing.T) {
	b := book(t, base(t))
	if found := b.Check("2027-03-01"); len(found) != 0 {
		t.Errorf("on the day itself: %v", found)
	}
	var ids []string
	for _, p := range b.Check("2027-03-02") {
		if p.Rule != "overdue" || p.Line != 1 {
			t.Errorf("unexpected %v", p)
		}
		ids = append(ids, p.Field)
	}
	if got := strings.Join(ids, " "); got != "c02.review_by c03.review_by" {
		t.Errorf("overdue: %s", got)
	}
}

func TestLongCircle(t *testing.T) {
	text := strings.Replace(base(t), "    undated", "    superseded_by: c03\n    undated", 1)
	text = strings.Replace(text, "    from: 2020", "    superseded_by: c01\n    from: 2020", 1)
	if found := book(t, text).Check(day); len(found) != 3 {
		t.Errorf("a circle of three: %v", found)
	}
}

func TestLinkFault(t *testing.T) {
	for _, good := range []string{"https://www.ilo.org", "https://www.ilo.org/", "https://a-b.example.org/x/y.pdf"} {
		if what := LinkFault(good); what != "" {
			t.Errorf("%s: %s", good, what)
		}
	}
	for link, want := range map[string]string{
		"http://www.ilo.org":                          "https",
		"javascript:alert(1)":                         "https",
		"//www.ilo.org":                               "https",
		"https:www.ilo.org":                           "https",
		"https://ilo":                                 "host",
		"https://ILO.org":                             "host",
		"https://127.0.0.1/x":                         "host",
		"https://[::1]/":                              "host",
		"https://2130706433/":                         "host",
		"https://ilo.org.":                            "host",
		"https://-ilo.org":                            "host",
		"https://printer.local/":                      "host",
		"https:///x":                                  "host",
		"https://someone@ilo.org":                     "user",
		"https://ilo.org:8443/":                       "port",
		"https://ilo.org:":                            "port",
		"https://ilo.org/?utm_source=x":               "query",
		"https://ilo.org/?id=7":                       "query",
		"https://ilo.org/?":                           "query",
		"https://ilo.org/#:~:text=x":                  "fragment",
		"https://ilo.org/#":                           "fragment",
		"https://ilo.org/a b":                         "not a web address",
		"https://ıle.org":                             "not a web address",
		"https://ilo.org\\@evil.example":              "not a web address",
		"https://ilo.org/%zz":                         "not a web address",
		"https://ilo.org/" + strings.Repeat("x", 200): "longer",
	} {
		if what := LinkFault(link); !strings.Contains(what, want) {
			t.Errorf("%s: %q does not say %s", link, what, want)
		}
	}
}
