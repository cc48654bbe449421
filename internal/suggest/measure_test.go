package suggest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"amparo/internal/suggest"
)

// The measurement: how well proposals, mapped to labels, agree with labels that people gave to real summaries of
// court cases. The data has no licence and names people, so nothing of it stands here; it is read from where the
// variable AMPARO_NARRATIVES says. Cases whose id hashes to an even number were for developing and were read; the
// others were not read, and are for reporting only.
func TestMeasure(t *testing.T) {
	file := os.Getenv("AMPARO_NARRATIVES")
	if file == "" {
		t.Skip("run by make bench-suggest")
	}
	cases, err := narratives(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("not measured: no data at %s", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	var develop, held []narrative
	for _, c := range cases {
		h := fnv.New32a()
		h.Write([]byte(c.ID))
		if h.Sum32()%2 == 0 {
			develop = append(develop, c)
		} else {
			held = append(held, c)
		}
	}
	if len(develop) == 0 || len(held) == 0 {
		t.Fatalf("%s: %d cases to develop on, %d held out", file, len(develop), len(held))
	}
	methods := []method{{"proposals", proposals(t, false)}, {"plain proposals only", proposals(t, true)},
		{"keywords", keywords}, {"always the usual labels", usual(develop)}}
	if os.Getenv("AMPARO_DEVELOP") != "" {
		table(fmt.Sprintf("%d cases to develop on", len(develop)), develop, methods)
		return
	}
	table(fmt.Sprintf("%d held-out cases (the other %d were read while writing the lexicon)", len(held), len(develop)), held, methods)
}

// A narrative is one case of the data.
type narrative struct {
	ID       string   `json:"id"`
	Summary  string   `json:"summary"`
	Acts     []string `json:"acts"`
	Means    []string `json:"means"`
	Purposes []string `json:"purposes"`
}

func narratives(file string) (cases []narrative, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err = json.Unmarshal(data, &cases); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return cases, nil
}

// A label of the data: the beginning of its text, the facts that are mapped to it, and its plain keywords.
// Deception and fraud are one, since the vocabulary does not tell them apart; nor does it tell servitude from
// forced labor, so that label is always missed.
type label struct {
	kind, name string
	texts      []string
	facts      []string // a question whose "yes" stands for it
	keywords   []string
}

var labels = []label{
	{"acts", "recruitment", []string{"Recruitment"}, []string{"recruited", "false_recruiter", "work_planned"},
		[]string{"recruit", "lure", "entic", "promise", "offer"}},
	{"acts", "transportation", []string{"Transportation"}, []string{"transported", "brought_in", "moved_inside", "outside_port"},
		[]string{"transport", "travel", "brought", "smuggl", "took", "drove"}},
	{"acts", "harbouring", []string{"Harbouring"}, []string{"harbored", "hidden", "locked"},
		[]string{"harbor", "harbour", "house", "held", "kept", "live"}},
	{"acts", "transfer", []string{"Transfer"}, []string{"provided"}, []string{"transfer", "sold", "deliver"}},
	{"acts", "receipt", []string{"Receipt"}, []string{"treated_as_owned"}, []string{"receiv", "bought"}},
	{"means", "threat, force, coercion", []string{"Threat or use"},
		[]string{"hit", "locked", "threatened_hurt", "threatened_law", "threatened_otherwise", "used_law", "believed_harm", "made_to_work", "made_to_sex"},
		[]string{"threat", "force", "violen", "beat", "coerc", "abuse", "rape"}},
	{"means", "deception or fraud", []string{"Deception", "Fraud"}, []string{"lied", "false_recruiter", "lied_pay", "lied_job"},
		[]string{"decei", "decept", "fraud", "false", "lied", "promise", "trick"}},
	{"means", "abuse of vulnerability", []string{"Abuse of power"},
		[]string{"minor", "unsure_status", "tied_visa", "fears_removal", "owes_for_coming", "papers_taken", "language_barrier", "isolated",
			"unstable_housing", "partner_or_relative", "poor_or_displaced"},
		[]string{"vulnerab", "minor", "poor", "drug", "debt", "undocumented", "passport", "isolat", "year-old", "year old"}},
	{"means", "abduction", []string{"Abduction"}, []string{"carried_off"}, []string{"kidnap", "abduct"}},
	{"means", "payment for control", []string{"Giving or rec"}, []string{"given_by_family"}, []string{"payment"}},
	{"purposes", "sexual exploitation", []string{"Exploitation of the prostitution"}, []string{"sex_act", "sex_for_value", "made_to_sex", "advertised", "sex_run_by_others"},
		[]string{"sex", "prostitut", "brothel"}},
	{"purposes", "forced labour", []string{"Forced labo"}, []string{"worked", "made_to_work", "long_hours", "work_for_debt", "lied_pay", "used_for_other_gain"},
		[]string{"labor", "labour", "work", "wage"}},
	{"purposes", "slavery", []string{"Slavery"}, []string{"treated_as_owned"}, []string{"slave"}},
	{"purposes", "servitude", []string{"Servitude"}, nil, []string{"servitude", "servant"}},
}

// has says whether people gave the case this label. Labels filed in a wrong column, and "other", count nowhere.
func (l label) has(c narrative) bool {
	given := map[string][]string{"acts": c.Acts, "means": c.Means, "purposes": c.Purposes}[l.kind]
	return slices.ContainsFunc(given, func(g string) bool {
		return slices.ContainsFunc(l.texts, func(text string) bool { return strings.HasPrefix(g, text) })
	})
}

// A method says which of the labels it gives to a case.
type method struct {
	name  string
	gives func(narrative) func(label) bool
}

func proposals(t *testing.T, plain bool) func(narrative) func(label) bool {
	reader := newReader(t)
	return func(c narrative) func(label) bool {
		yes := map[string]bool{}
		for _, p := range reader.Read(c.Summary, "en") {
			if p.Answer == "yes" && (!plain || p.Band == suggest.Plain) {
				yes[p.Question] = true
			}
		}
		return func(l label) bool { return slices.ContainsFunc(l.facts, func(f string) bool { return yes[f] }) }
	}
}

func keywords(c narrative) func(label) bool {
	text := strings.ToLower(c.Summary)
	return func(l label) bool {
		return slices.ContainsFunc(l.keywords, func(k string) bool { return strings.Contains(text, k) })
	}
}

// usual gives every case the labels that most cases of the developing part have.
func usual(develop []narrative) func(narrative) func(label) bool {
	return func(narrative) func(label) bool {
		return func(l label) bool {
			n := 0
			for _, c := range develop {
				if l.has(c) {
					n++
				}
			}
			return 2*n > len(develop)
		}
	}
}

// A tally counts labels: those a case has, those it is given, and those given rightly.
type tally struct{ have, given, right int }

func (a tally) plus(b tally) tally {
	return tally{a.have + b.have, a.given + b.given, a.right + b.right}
}

func (a tally) f1() float64 { return 2 * float64(a.right) / float64(max(a.given+a.have, 1)) }

func (a tally) String() string {
	return fmt.Sprintf("P %.2f R %.2f F %.2f", float64(a.right)/float64(max(a.given, 1)), float64(a.right)/float64(max(a.have, 1)), a.f1())
}

// score tallies each case and each label.
func score(cases []narrative, m method) [][]tally {
	out := make([][]tally, len(cases))
	for i, c := range cases {
		gives := m.gives(c)
		for _, l := range labels {
			var t tally
			if l.has(c) {
				t.have = 1
			}
			if gives(l) {
				t.given = 1
			}
			t.right = t.have * t.given
			out[i] = append(out[i], t)
		}
	}
	return out
}

// sum adds the tallies of some cases (by index) over the labels that are meant.
func sum(scores [][]tally, cases []int, meant func(label) bool) (total tally) {
	for _, c := range cases {
		for j, l := range labels {
			if meant(l) {
				total = total.plus(scores[c][j])
			}
		}
	}
	return total
}

func table(title string, cases []narrative, methods []method) {
	var every []int
	for i := range cases {
		every = append(every, i)
	}
	var scores [][][]tally
	fmt.Printf("\n%s; micro-averaged precision, recall, F1\n\n%-30s", title, "")
	for _, m := range methods {
		scores = append(scores, score(cases, m))
		fmt.Printf("%-23s", m.name)
	}
	row := func(name string, meant func(label) bool) {
		fmt.Printf("\n%-30s", name)
		for _, s := range scores {
			fmt.Printf("%-23s", sum(s, every, meant))
		}
	}
	kinds := []string{"acts", "means", "purposes"}
	for _, kind := range kinds {
		row(kind, func(l label) bool { return l.kind == kind })
	}
	row("all", func(label) bool { return true })
	fmt.Println()
	for _, l := range labels {
		row(fmt.Sprintf("%s (%d)", l.name, sum(scores[0], every, func(o label) bool { return o.name == l.name }).have),
			func(o label) bool { return o.name == l.name })
	}
	fmt.Printf("\n\nF1 of %s less F1 of %s, and where 95 of 100 resamplings of the cases put it\n", methods[0].name, methods[2].name)
	for _, kind := range append(kinds, "all") {
		meant := func(l label) bool { return kind == "all" || l.kind == kind }
		apart := func(cases []int) float64 {
			return sum(scores[0], cases, meant).f1() - sum(scores[2], cases, meant).f1()
		}
		low, high := resampled(len(cases), apart)
		fmt.Printf("%-10s %+.2f  (%+.2f to %+.2f)\n", kind, apart(every), low, high)
	}
}

// resampled gives the bounds of the middle 95% of a figure over 2000 drawings of n cases with replacement.
func resampled(n int, figure func([]int) float64) (low, high float64) {
	draw := rand.New(rand.NewPCG(1, 2))
	var all []float64
	for range 2000 {
		var cases []int
		for range n {
			cases = append(cases, draw.IntN(n))
		}
		all = append(all, figure(cases))
	}
	slices.Sort(all)
	return all[50], all[1949]
}
