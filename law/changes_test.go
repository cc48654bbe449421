package law_test

import (
	"encoding/json"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"amparo/law"
)

// two small packs whose rules differ; the second has a rule of its own.
func twoPacks(t failer) (*law.Pack, *law.Pack) {
	files := smallFiles("aa && bb")
	files["rules/two.yaml"] = &fstest.MapFile{Data: []byte(`rules:
  - rule: another
    kind: screen
    scope: episode
    title: Another
    cite: c. 3
    mark: S
    reviewed: nobody
    sources: [none]
    all:
      - {id: it, text: It, facts: cc}
`)}
	b, err := law.Load(files, ".")
	if err != nil {
		t.Fatal(err)
	}
	return small(t, "aa"), b
}

// changes is a line as a program would read it.
type changes struct {
	Line     int                          `json:"line"`
	Episodes map[string]map[string]string `json:"episodes"`
	Person   map[string]string            `json:"person"`
}

var letter = map[law.Status]string{law.Established: "e", law.Open: "o", law.RuledOut: "r", law.Conflict: "c", law.NotLaw: "n"}

// Changes tell of each rule that both packs have and that comes out otherwise, and of nothing else.
func TestChangesAreWhatDiffers(t *testing.T) {
	p, q := twoPacks(t)
	o := law.Options{AsOf: day("2026-01-02")}
	rapid.Check(t, func(t *rapid.T) {
		a, b := batch(t, p, o), batch(t, q, o)
		var list []law.Journey
		for range rapid.IntRange(0, 30).Draw(t, "journeys") {
			j := crowded(p, 70).Draw(t, "journey")
			if a.Add(j) == nil && b.Add(j) == nil {
				list = append(list, j)
			}
		}
		a.Run()
		b.Run()
		c := a.Against(b)
		for i := range list {
			other := map[[2]string]law.Status{}
			for _, o := range b.Outcomes(i) {
				other[[2]string{o.Rule, o.Episode}] = o.Status
			}
			want := changes{Line: i + 1, Episodes: map[string]map[string]string{}, Person: map[string]string{}}
			differ := false
			for _, o := range a.Outcomes(i) {
				now := other[[2]string{o.Rule, o.Episode}]
				if now == o.Status {
					continue
				}
				differ = true
				in := want.Person
				if o.Episode != "" {
					if want.Episodes[o.Episode] == nil {
						want.Episodes[o.Episode] = map[string]string{}
					}
					in = want.Episodes[o.Episode]
				}
				in[o.Rule] = letter[o.Status] + letter[now]
			}
			line := c.AppendJSON([]byte("kept"), i+1, i, i)
			if !differ {
				if string(line) != "kept" {
					t.Fatalf("nothing differs, and yet: %s", line)
				}
				continue
			}
			var got changes
			if err := json.Unmarshal(line[len("kept"):], &got); err != nil {
				t.Fatalf("%v: %s", err, line)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
		}
	})
	head := string(batch(t, p, o).Against(batch(t, q, o)).AppendHead(nil))
	want := `{"format":"amparo.law.changes/1","packs":[{"pack":"small","version":"1.0"},{"pack":"small","version":"1.0"}],"as_of":"2026-01-02",` +
		`"standard":"any-credible-evidence","letters":{"c":"conflict","e":"established","n":"not in force","o":"open","r":"ruled out"},` +
		`"episode":["one"],"person":["some"],"alone":[[],["another"]]}` + "\n"
	if head != want {
		t.Errorf("got  %s\nwant %s", head, want)
	}
}
