package suggest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
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
// Deception and fraud are one, since the vocabulary asks for them with one question. Nothing in the vocabulary
// asks for abduction or payment to another who has control, or tells servitude from forced labor.
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
	{"means", "deception or fraud", []string{"Deception", "Fraud"}, []string{"lied", "false_recruiter"},
		[]string{"decei", "decept", "fraud", "false", "lied", "promise", "trick"}},
	{"means", "abuse of vulnerability", []string{"Abuse of power"},
		[]string{"minor", "unsure_status", "tied_visa", "fears_removal", "owes_for_coming", "papers_taken", "language_barrier", "isolated",
			"unstable_housing", "partner_or_relative", "poor_or_displaced"},
		[]string{"vulnerab", "minor", "poor", "drug", "debt", "undocumented", "passport", "isolat", "year-old", "year old"}},
	{"means", "abduction", []string{"Abduction"}, nil, []string{"kidnap", "abduct"}},
	{"means", "payment for control", []string{"Giving or rec"}, nil, []string{"payment"}},
	{"purposes", "sexual exploitation", []string{"Exploitation of the prostitution"}, []string{"sex_act", "sex_for_value", "made_to_sex", "advertised"},
		[]string{"sex", "prostitut", "brothel"}},
	{"purposes", "forced labour", []string{"Forced labo"}, []string{"worked", "made_to_work", "pay_kept", "long_hours", "work_for_debt"},
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
		return func(l label) bool { n, _, _ := count(l, develop, nil); return 2*n > len(develop) }
	}
}

// count gives how many cases have the label, how many are given it, and how many of these rightly.
func count(l label, cases []narrative, gives func(narrative) func(label) bool) (have, given, right int) {
	for _, c := range cases {
		has := l.has(c)
		if has {
			have++
		}
		if gives != nil && gives(c)(l) {
			given++
			if has {
				right++
			}
		}
	}
	return have, given, right
}

func table(title string, cases []narrative, methods []method) {
	fmt.Printf("\n%s; micro-averaged precision, recall, F1\n\n%-26s", title, "")
	for _, m := range methods {
		fmt.Printf("  %-23s", m.name)
	}
	fmt.Println()
	row := func(name string, of func(label) bool) {
		fmt.Printf("%-26s", name)
		for _, m := range methods {
			var have, given, right int
			for _, l := range labels {
				if of(l) {
					h, g, r := count(l, cases, m.gives)
					have, given, right = have+h, given+g, right+r
				}
			}
			p, r := float64(right)/float64(max(given, 1)), float64(right)/float64(max(have, 1))
			fmt.Printf("  P %.2f R %.2f F %.2f   ", p, r, 2*float64(right)/float64(max(given+have, 1)))
		}
		fmt.Println()
	}
	for _, kind := range []string{"acts", "means", "purposes"} {
		row(kind, func(l label) bool { return l.kind == kind })
	}
	row("all", func(label) bool { return true })
	fmt.Println()
	for _, l := range labels {
		n, _, _ := count(l, cases, nil)
		row(fmt.Sprintf("%s (%d)", l.name, n), func(o label) bool { return o.name == l.name })
	}
}
