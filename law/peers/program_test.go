package peers

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"amparo/law"
)

// What the product writes as a program is read here to the last field.
func TestProgramsOfPacksAreRead(t *testing.T) {
	eachPack(t, func(t *testing.T, pack *law.Pack, p Program) {
		theirs, err := json.Marshal(pack.Program())
		if err != nil {
			t.Fatal(err)
		}
		ours, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if string(ours) != string(theirs) {
			t.Errorf("read and written again it differs:\n%s\n%s", theirs, ours)
		}
	})
}

func TestReadRefuses(t *testing.T) {
	const good = `{"format":"amparo.law.program/1","pack":"p","version":"1","facts":["a"],"person":[],"dates":[],"ops":[[0,0],[4,0]],` +
		`"rules":[{"id":"r","kind":"screen","scope":"episode","body":1,"date":-1}],"elements":[]}`
	if _, err := Read(strings.NewReader(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, want string }{
		{"program/1", "program/2", `format "amparo.law.program/2"`},
		{`"pack"`, `"pact"`, "pact"},
		{"[4,0]", "[4,1]", "ops[1] [4 1]: 1 is not among the 1 before it"},
		{"[0,0]", "[0,1]", "ops[0]"},
		{"[0,0]", "[1,0]", "ops[0]"},
		{"[0,0]", "[8,0]", "no such operation"},
		{"[0,0]", "[]", "no such operation"},
		{"[4,0]", "[4]", "other arguments"},
		{"[4,0]", "[7,0,0]", "other arguments"},
		{"[4,0]", "[5]", "other arguments"},
		{"[4,0]", "[5,1,1]", "1 is not among"},
		{`"body":1`, `"body":2`, "rules[0] r"},
		{`"date":-1`, `"date":0`, "rules[0] r"},
	} {
		if _, err := Read(strings.NewReader(strings.Replace(good, c.from, c.to, 1))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s for %s: error %v does not say %s", c.to, c.from, err, c.want)
		}
	}
}

// Rules about the person and rules that look through episodes are not compared.
func TestQuestionsLeaveOut(t *testing.T) {
	p := Program{
		Facts: []string{"a"}, Dates: [][3]string{{"2000-01-01", "", "act"}},
		Ops: [][]int{{opFact, 0}, {opDate, 0}, {opAll, 0, 1}, {opSome, 2}, {opNot, 3}},
		Rules: []Rule{
			{ID: "dated", Scope: "episode", Body: 2}, {ID: "looks", Scope: "episode", Body: 4}, {ID: "of them", Scope: "person", Body: 0},
		},
	}
	questions, left := p.Questions()
	if len(questions) != 1 || questions[0].ID != "dated" || questions[0].Body.Fact != "a" {
		t.Errorf("asks %v", questions)
	}
	if !slices.Equal(left, []string{"looks", "of them"}) {
		t.Errorf("leaves out %v", left)
	}
}
