package law

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var shipped = sync.OnceValues(func() (*Pack, error) { return Load(os.DirFS("../packs"), "us") })

// scanned reports whether the scan takes a line, and fails where it then means another thing than what the
// ordinary reader reads, or takes what that refuses.
func scanned(t interface{ Fatalf(string, ...any) }, line []byte) bool {
	p, err := shipped()
	if err != nil {
		t.Fatalf("%v", err)
	}
	options := Options{AsOf: Date{2026, 1, 2, false}, Standard: ReasonableGrounds}
	fast, err := p.NewBatch(options)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if !fast.scan.journey(line) {
		return false
	}
	fast.place(&fast.scan.draft)
	n, err := parseNode("line", line, 0)
	if err != nil {
		t.Fatalf("taken, and yet: %v\n%s", err, line)
	}
	r := &reader{}
	slow, _ := p.NewBatch(options)
	id := slow.takeID(r, n)
	j := p.readJourney(r, n)
	if r.err != nil {
		t.Fatalf("taken, and yet: %v\n%s", r.err, line)
	}
	slow.add(id, j)
	fast.Run()
	slow.Run()
	if diff := cmp.Diff(slow.Outcomes(0), fast.Outcomes(0)); diff != "" {
		t.Fatalf("%s\n%s", line, diff)
	}
	if a, b := slow.AppendJSON(nil, 1, 0), fast.AppendJSON(nil, 1, 0); !bytes.Equal(a, b) || !json.Valid(bytes.TrimSpace(a)) {
		t.Fatalf("%s\n%s\n%s", line, a, b)
	}
	return true
}

// taken are lines that the scan must take, for most lines are like them; declined, those it must leave.
var taken = []string{
	`{}`,
	` {} `[1:],
	`{"id":"A-17","person":[{"question":"minor","answer":"yes","grade":"seen","source":"birth \"paper\" \u00e9 [1]"}],"complete":true,"filed":"2024-08-27"}`,
	`{"episodes":[{"id":"niña","label":"La casa\nde día","when":{"from":"2001-05","until":"about 2004","words":"long"},"actors":["x","y"],"facts":[{"question":"worked","answer":"no","grade":"documented"},{"question":"hit","answer":"unknown","why":"unsafe-to-ask"}]}]}`,
	`{"grade":"said-by-other","episodes":[{"yes":["worked","hit"],"no":["minor"],"grade":"seen","id":"a"},{"id":"b","yes":["worked"]}],"person":{"yes":["minor"],"source":"s"},"source":"x"}`,
	"{ \"episodes\" : [ { \"id\" : \"a\" , \"when\" : \"about 2024-02-29\" } ] , \"complete\" : false }\r\n",
	`{"episodes":[{"id":"a","actors":["x","y"],"facts":[{"question":"worked","answer":"yes","actor":"y"},{"question":"hit","answer":"yes","actor":"x"},{"question":"minor","answer":"no"}]},{"id":"b","yes":["hit"]}]}`,
	`{"episodes":[{"id":"a","actors":["x"],"yes":["worked"]}],"linked_actors":[["x","y"]]}`,
}

var declined = []string{
	``, `[]`, `{}}`, `{},`, `{"id":"a",}`, `{"id":"a" "person":[]}`, `{"id":"a","id":"b"}`, `{"id":"a\u0062"}`, `{"id":" a"}`, `{"id":""}`, `{"id":17}`,
	`{"person":null}`, `{"person":}`, `{"person":true}`, `{"other":1}`, `{"complete":"true"}`, `{"complete":truer}`, `{"filed":"2024-02-30"}`, `{"filed":"2024-2"}`, `{"filed":"0000"}`, `{"filed":"2024-00"}`, `{"filed":2024}`, `{"filed":""}`,
	`{"person":["minor"]}`, `{"person":{"yes":["worked"]}}`, `{"person":{"yes":["zzz"]}}`, `{"person":{"yes":[" minor"]}}`, `{"person":{"id":"a"}}`,
	`{"person":[{"question":"minor"}]}`, `{"person":[{"answer":"yes"}]}`, `{"person":[{"question":"minor","answer":"maybe"}]}`,
	`{"person":[{"question":"minor","answer":"unknown","grade":"said"}]}`, `{"person":[{"question":"minor","answer":"yes","why":"declined"}]}`,
	`{"person":[{"question":"minor","answer":"yes","grade":"sure"}]}`, `{"person":[{"question":"minor","answer":"yes","actor":"x"}]}`,
	`{"person":[{"question":"minor","answer":"yes","source":"a` + "\x7f" + `"}]}`, `{"source":"\u0085"}`, "{\"source\":\"\u0085\"}", "{\"source\":\"a\tb\"}", `{"source":"\r       "}`, `{"source":"\x       "}`, `{"source":"` + "\xff" + `"}`,
	`{"source":"` + strings.Repeat("[", 40) + `"}`, `{"source":"` + strings.Repeat("a", maxBytes) + `"}`, strings.Repeat(" ", 129) + `{}`, "{\n}",
	`{"episodes":[{}]}`, `{"episodes":[{"id":"a"},{"id":"a"}]}`, `{"episodes":[{"id":"a","when":{"from":"2004","until":"2001"}}]}`,
	`{"episodes":[{"id":"a","actors":[""]}]}`, `{"episodes":[{"id":"a","facts":[{"question":"hit","answer":"yes","actor":"x"}]}]}`,
	`{"episodes":[{"id":"a","actors":["x"],"facts":[{"question":"hit","answer":"yes","actor":"x"}]}],"linked_actors":[["x","y"]]}`,
}

func TestBatchScanTakesThePlainFormAlone(t *testing.T) {
	for _, line := range taken {
		if !scanned(t, []byte(line)) {
			t.Errorf("declined: %s", line)
		}
	}
	for _, line := range declined {
		if scanned(t, []byte(line)) {
			t.Errorf("taken: %s", line)
		}
	}
}

// What is written as JSON by way of Go is what most files hold: the scan takes it.
func TestBatchScanTakesWhatGoWrites(t *testing.T) {
	j := Journey{Person: []Fact{{Question: "minor", Answer: Yes, Grade: Seen}}, Complete: true, Filed: Date{2024, 8, 27, true}}
	for i := range 63 {
		j.Episodes = append(j.Episodes, Episode{ID: fmt.Sprint("e", i), When: Span{From: Date{2001, 2, 0, true}, Words: "“long” & <more>"},
			Label: "a/b", Facts: []Fact{{Question: "worked", Answer: No, Grade: Said, Source: "tab\tand line\n"}, {Question: "hit", Answer: Unknown, Why: NotAsked}}})
		data, err := json.Marshal(j)
		if err != nil {
			t.Fatal(err)
		}
		if !scanned(t, data) {
			t.Fatalf("declined: %s", data)
		}
	}
	j.Episodes = append(j.Episodes, Episode{ID: "one more"})
	if data, _ := json.Marshal(j); scanned(t, data) {
		t.Error("taken, with more scenes than there are lanes")
	}
}

// odd draws JSON that is nearly a journey: spaces, orders, doubled, missing and foreign fields, escapes,
// brackets and control characters in words.
func odd() *rapid.Generator[string] {
	often := func(usual []string, seldom ...string) *rapid.Generator[string] {
		for len(usual) < 30*len(seldom) {
			usual = append(usual, usual...)
		}
		return rapid.SampledFrom(append(usual, seldom...))
	}
	words := often([]string{"a", "b", "x", "y", "z"}, "", " a", "ñ", `q\"q`, `\u0041`, `\n`, `\r`, `\u0085`, "\u0085", "\u2028", "[[[", "{", "]]", "\x7f")
	dates := often([]string{"about 2001", "2001-05", "2001-05-31", "about 1999-02"}, "2001-06-31", "1999", "0000", "", "x")
	aboutPerson := often([]string{"minor", "in_us_now", "did_it_to_others"}, "worked", "zzz", "minor ")
	here := often([]string{"worked", "hit", "obtained", "made_to_work", "meant_to_make_work", "papers_taken", "papers_to_keep", "minor", "crossed"}, "zzz", "hit ")
	gap := often([]string{"", "", "", " ", "\t", "\r"}, "\n")
	return rapid.Custom(func(t *rapid.T) string {
		rare := func() bool { return rapid.IntRange(0, 400).Draw(t, "rare") == 333 }
		str := func(g *rapid.Generator[string]) string {
			if rare() {
				return rapid.SampledFrom([]string{"null", "1", "true", "[]", "{}", `"`, ""}).Draw(t, "other")
			}
			return gap.Draw(t, "gap") + `"` + g.Draw(t, "word") + `"`
		}
		list := func(most int, item func() string) string {
			var items []string
			for range rapid.IntRange(0, most).Draw(t, "items") {
				items = append(items, item())
			}
			return "[" + strings.Join(items, ",") + gap.Draw(t, "gap") + "]"
		}
		object := func(fields ...string) string {
			var out []string
			for _, f := range rapid.Permutation(fields).Draw(t, "order") {
				if n := rapid.IntRange(0, 400).Draw(t, "times"); n > 20 {
					out = append(out, f)
					if n == 333 {
						out = append(out, f)
					}
				}
			}
			return gap.Draw(t, "gap") + "{" + strings.Join(out, ",") + "}" + gap.Draw(t, "gap")
		}
		grade := func() string {
			return `"grade":` + str(often([]string{"said", "seen", "documented", "said-by-other"}, "sure"))
		}
		fact := func(ids *rapid.Generator[string]) string {
			fields := []string{`"question":` + str(ids), `"answer":` + str(rapid.SampledFrom([]string{"yes", "no"})), grade()}
			switch rapid.IntRange(0, 9).Draw(t, "more") {
			case 0:
				fields = append(fields[:1], `"answer":"unknown"`, `"why":`+str(often([]string{"declined", "not-asked"}, "so")))
			case 1, 2:
				fields = append(fields, `"actor":`+str(words))
			case 3:
				fields = append(fields, `"source":`+str(words))
			}
			return object(fields...)
		}
		told := func(ids *rapid.Generator[string], more ...string) string {
			short := func() string { return str(ids) }
			return object(append(more, `"yes":`+list(3, short), `"no":`+list(3, short), `"facts":`+list(5, func() string { return fact(ids) }), grade(), `"source":`+str(words))...)
		}
		episode := func() string {
			return told(here, `"id":`+str(words), `"label":`+str(words), `"when":`+object(`"from":`+str(dates), `"until":`+str(dates)), `"actors":`+list(3, func() string { return str(words) }))
		}
		return object(`"id":`+str(words), `"person":`+told(aboutPerson), `"episodes":`+list(3, episode), `"complete":`+often([]string{"true", "false"}, "null", "truer").Draw(t, "complete"),
			grade(), `"filed":`+str(dates), `"linked_actors":`+list(1, func() string { return list(2, func() string { return str(words) }) }))
	})
}

func TestBatchScanMeansWhatTheReaderReads(t *testing.T) {
	took, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		for _, line := range rapid.SliceOfN(odd(), 20, 20).Draw(t, "lines") {
			all++
			if scanned(t, []byte(line)) {
				took++
			}
		}
	})
	if took < all/10 {
		t.Errorf("of %d lines %d were taken: the test tries too little", all, took)
	}
	t.Logf("%d of %d taken", took, all)
}

func FuzzBatchScan(f *testing.F) {
	for _, line := range append(taken, declined...) {
		f.Add([]byte(line))
	}
	names, _ := filepath.Glob("testdata/bad/*.json")
	if len(names) == 0 {
		f.Fatal("where are the bad journeys?")
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, line []byte) { scanned(t, line) })
}
