package peers

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"amparo/law"
	"amparo/packs"
)

// A source is a condition or an element of a pack that knows how it is written and, with nothing of the engine
// in it, what it comes to.
type source struct {
	text string
	eval func(Answers) bool
}

var letters = []string{"aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"}

// among gives a source that holds where at least least of parts do.
func among(text string, least int, parts []source) source {
	return source{text, func(a Answers) bool {
		n := 0
		for _, p := range parts {
			if p.eval(a) {
				n++
			}
		}
		return n >= least
	}}
}

func texts(parts []source) (all []string) {
	for _, p := range parts {
		all = append(all, p.text)
	}
	return all
}

func conditions(depth int) *rapid.Generator[source] {
	return rapid.Custom(func(t *rapid.T) source {
		kind := rapid.IntRange(0, 4).Draw(t, "kind")
		if depth == 0 || kind == 0 {
			id := rapid.SampledFrom(letters).Draw(t, "letter")
			return source{id, func(a Answers) bool { return a[id] == true }}
		}
		parts := rapid.SliceOfN(conditions(depth-1), 1, 3).Draw(t, "parts")
		switch kind {
		case 1:
			return among("("+strings.Join(texts(parts), " && ")+")", len(parts), parts)
		case 2:
			return among("("+strings.Join(texts(parts), " || ")+")", 1, parts)
		case 3:
			least := rapid.IntRange(1, len(parts)).Draw(t, "least")
			return among(fmt.Sprintf("atLeast(%d, [%s])", least, strings.Join(texts(parts), ", ")), least, parts)
		}
		return source{"!(" + parts[0].text + ")", func(a Answers) bool { return !parts[0].eval(a) }}
	})
}

// elements draws elements with exceptions, those of one element all giving the same answer.
func elements(depth int, ids *int) *rapid.Generator[source] {
	return rapid.Custom(func(t *rapid.T) source {
		*ids++
		head, e := fmt.Sprintf("{id: e%d, text: {en: It, es: Eso}", *ids), source{}
		switch kind := rapid.IntRange(0, 4).Draw(t, "kind"); {
		case depth == 0 || kind == 0:
			c := conditions(2).Draw(t, "condition")
			e = source{fmt.Sprintf("%s, facts: %q", head, c.text), c.eval}
		case kind == 1:
			child := elements(depth-1, ids).Draw(t, "child")
			e = source{head + ", not: " + child.text, func(a Answers) bool { return !child.eval(a) }}
		default:
			e = group(head, rapid.SliceOfN(elements(depth-1, ids), 1, 3).Draw(t, "children"), t)
		}
		if depth == 0 || rapid.IntRange(0, 2).Draw(t, "exceptions") > 0 {
			e.text += "}"
			return e
		}
		unless := rapid.SliceOfN(elements(0, ids), 1, 2).Draw(t, "unless")
		gives := rapid.Bool().Draw(t, "gives")
		var said []string
		for _, u := range unless {
			if gives {
				u.text = strings.TrimSuffix(u.text, "}") + ", gives: yes}"
			}
			said = append(said, u.text)
		}
		met, plain := among("", 1, unless), e.eval
		return source{e.text + ", unless: [" + strings.Join(said, ", ") + "]}", func(a Answers) bool {
			if met.eval(a) {
				return gives
			}
			return plain(a)
		}}
	})
}

func group(head string, children []source, t *rapid.T) source {
	list := "[" + strings.Join(texts(children), ", ") + "]"
	switch rapid.SampledFrom([]string{"all", "any", "at_least"}).Draw(t, "form") {
	case "all":
		return among(head+", all: "+list, len(children), children)
	case "any":
		return among(head+", any: "+list, 1, children)
	}
	least := rapid.IntRange(1, len(children)).Draw(t, "least")
	return among(fmt.Sprintf("%s, least: %d, at_least: %s", head, least, list), least, children)
}

// packOf is a pack of one rule about an episode.
func packOf(t failer, element source) *law.Pack {
	t.Helper()
	var questions strings.Builder
	questions.WriteString("questions:\n")
	for i, id := range letters {
		scope := []string{"episode", "person"}[i/7]
		fmt.Fprintf(&questions, "  - {id: %s, group: g, text: {en: Is it?, es: ¿Es?}, sensitivity: 1, scope: %s}\n", id, scope)
	}
	words, err := fs.ReadFile(packs.FS, "strings.yaml") // the sentences of explanations are not what is tried
	if err != nil {
		t.Fatal(err)
	}
	rule := "rules:\n  - {rule: drawn, kind: trafficking, scope: episode, title: {en: Drawn, es: Sorteada}, cite: c. 1, mark: S, reviewed: nobody, sources: [none], all: [" + element.text + "]}\n"
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	pack, err := law.Load(fstest.MapFS{
		"pack.yaml":       file("pack: drawn\nversion: 1.0\ntitle: {en: Drawn, es: Sorteado}\nreviewed: nobody\nlanguages: {en: nobody, es: nobody}\nsources: [none]\n"),
		"vocabulary.yaml": file(questions.String()), "strings.yaml": file(string(words)), "rules/drawn.yaml": file(rule),
	}, ".")
	if err != nil {
		t.Fatalf("%s: %v", rule, err)
	}
	return pack
}

// settledBy says what every completion of the answers makes of a source.
func settledBy(s source, known Answers) Verdict {
	var unknown []string
	all := Answers{}
	for _, id := range letters {
		if v, ok := known[id]; ok {
			all[id] = v
		} else {
			unknown = append(unknown, id)
		}
	}
	yes, no := false, false
	for n := 0; n < 1<<len(unknown) && !(yes && no); n++ {
		for i, id := range unknown {
			all[id] = n>>i&1 == 1
		}
		holds := s.eval(all)
		yes, no = yes || holds, no || !holds
	}
	if yes && no {
		return Open
	}
	return verdict(yes)
}

// From the text of a pack to the last peer: the planes know exactly what brute force over the written rule
// says, and so does the decision diagram of the program; with all facts known, so does everyone.
func TestDrawnPacks(t *testing.T) {
	every := started(t)
	ifs, verdicts := 0, map[Verdict]int{}
	rapid.Check(t, func(t *rapid.T) {
		ids := 0
		element := elements(2, &ids).Draw(t, "element")
		pack := packOf(t, element)
		p, err := ReadValue(pack.Program())
		if err != nil {
			t.Fatal(err)
		}
		for _, op := range p.Ops {
			if op[0] == opIf {
				ifs++
			}
		}
		drawn, err := draw(p)
		if err != nil {
			t.Fatal(err)
		}
		questions, _ := p.Questions()
		ours := NewOurs(pack.Planes(), p, questions)
		batch, findings := ours.NewBatch(), ours.NewFindings()
		share := rapid.SampledFrom([]float64{.2, .4, .6, .8, 1}).Draw(t, "share")
		journeys := DrawAnswers(letters, Lanes, share, .5, rapid.Uint64().Draw(t, "seed"))
		ours.Read(batch, journeys)
		ours.Answer(batch, findings)
		for lane, known := range journeys {
			want := settledBy(element, known)
			verdicts[want]++
			if got := findings.Verdict(0, lane); got != want {
				t.Fatalf("%s with %v: the planes say %s, want %s", element.text, known, got, want)
			}
			if got := drawn.verdict(p.Rules[0].Body, drawn.known(inForce(p, byIndex(p, known)))); got != want {
				t.Fatalf("%s with %v: rudd says %s, want %s", element.text, known, got, want)
			}
		}
		if share < 1 {
			return
		}
		each := every.load(t, p, questions)
		for _, known := range journeys[:8] {
			for name, said := range each.verdicts(t, 1, known) {
				if want := settledBy(element, known); said[0] != want {
					t.Fatalf("%s with %v: %s says %s, want %s", element.text, known, name, said[0], want)
				}
			}
		}
	})
	t.Logf("%d ifs; verdicts: %v", ifs, verdicts)
	if ifs == 0 || len(verdicts) != 3 {
		t.Error("what was drawn is too plain to tell anything")
	}
}
