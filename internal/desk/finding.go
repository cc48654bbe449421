package desk

import (
	"slices"
	"strings"

	"amparo/internal/casework"
	"amparo/internal/locale"
	"amparo/law"
)

// A finding is one rule over one episode, or over the person, in words.
type finding struct {
	locale.Say
	ID         string // for the page
	Path       string // of its own page
	Kind       string
	Status     string
	Part       string // the group in which it stands
	Chip       string // the status in words
	Title      string
	Cite       string
	Episode    string // its label; empty for the person
	Law        string // from when until when it is law, where that must be said
	Lacks      []carried
	LacksDate  bool // and that it was law then
	Lines      []string
	Tree       *element // nil where it is only on the finding's own page
	Why        []carried
	WhyNot     []carried
	Missing    []string
	Notes      []element
	Parameters []parameter
}

type element struct {
	locale.Say
	ID       string
	Value    string
	Text     string
	Cite     string
	Mark     string
	Note     string
	Op       string // how it rests on those below it
	See      string // path of the finding it rests on
	Episode  string // label of the episode in which that is, where it is one of several
	Law      string
	Facts    []carried
	Missing  []string
	Children []element
	Unless   []element
	Gives    string // of an exception: no or yes, what it makes of that to which it is one
	Open     bool
}

// A carried is a fact that an element or a reason rests on, in words. Beside it stands how it is known, from
// where, who did it and in which episode, as far as that is told.
type carried struct{ Question, Answer, Words, Beside string }

// A parameter is a fee, a term or a limit as it stands.
type parameter struct {
	locale.Say
	Text, Value, Cite, Mark, From, Until string
}

// A teller puts findings of one case into words.
type teller struct {
	d      *desk
	say    locale.Say
	base   string            // path of the case
	labels map[string]string // of episodes
	here   string            // the episode that is spoken of: not named again with each fact
	whole  bool              // on the finding's own page: all of it
}

func (d *desk) teller(say locale.Say, c *casework.Case) teller {
	t := teller{d: d, say: say, base: "/cases/" + string(c.ID), labels: map[string]string{}}
	for _, e := range c.Episodes {
		t.labels[string(e.ID)] = e.Doc.Label
	}
	return t
}

// aboutPerson stands for the episode in the address of a finding about the person.
const aboutPerson = "person"

func (t teller) path(rule, episode string) string {
	if episode == "" {
		episode = aboutPerson
	}
	return t.base + "/findings/" + rule + "/" + episode
}

// ofAll is what the pack's sentences say of every finding alike: said once for all.
func (t teller) ofAll() []string { return t.d.Pack.Explain(law.Finding{}, t.say.Tag)[1:] }

func (t teller) finding(f law.Finding) finding {
	t.here = f.Episode
	lang, tree := t.say.Tag, f.Tree()
	x := finding{Say: t.say, ID: f.Rule + "-" + f.Episode, Path: t.path(f.Rule, f.Episode), Kind: f.Kind, Status: statusKey(f.Status), Part: part(f, tree),
		Chip: chipWords(t.say, f.Kind, f.Status), Title: f.Title.In(lang), Cite: f.Cite, Episode: t.labels[f.Episode], Law: t.law(f.Law),
		Why: t.carried(f.Why), WhyNot: t.carried(f.WhyNot)}
	if x.Part == "untouched" && !t.whole {
		return x
	}
	x.Lacks = t.lacks(f.Lacks)
	x.LacksDate = f.Law.State != law.InForce
	if len(f.Open) > len(f.Lacks) { // else they are the same questions
		x.Missing = t.questions(f.Open)
	}
	for _, n := range f.Notes {
		x.Notes = append(x.Notes, t.element(n, 1))
	}
	for _, p := range f.Parameters {
		x.Parameters = append(x.Parameters, parameter{t.say, p.Text.In(lang), p.Value.In(lang), p.Cite, string(p.Mark), p.From.String(), p.Until.String()})
	}
	if x.Part != "ruled-out" || t.whole {
		root := t.element(tree, 0)
		x.Tree = &root
	}
	// What the card says in lists of its own is left out of the sentences.
	rest := f
	rest.Why, rest.WhyNot, rest.Open, rest.Lacks, rest.Notes, rest.Parameters = nil, nil, nil, nil, nil, nil
	lines := t.d.Pack.Explain(rest, lang)
	x.Lines = lines[1 : len(lines)-len(t.ofAll())]
	return x
}

// part says in which group a finding stands.
func part(f law.Finding, tree law.Element) string {
	switch {
	case f.Status == law.Established || f.Status == law.Conflict:
		return "established"
	case f.Status == law.RuledOut || f.Status == law.NotLaw:
		return "ruled-out"
	case touched(tree):
		return "open"
	}
	return "untouched"
}

// touched says whether anything told bears on an element, or on an exception to it.
func touched(e law.Element) bool {
	if len(e.Facts) > 0 || e.Op == "finding" && (e.Value == law.True || e.Value == law.Clashes) {
		return true
	}
	for _, list := range [][]law.Element{e.Children, e.Unless} {
		for _, child := range list {
			if touched(child) {
				return true
			}
		}
	}
	return false
}

// chipWords says a status in a word or two. What an indicator comes to is not said as of a finding of law.
func chipWords(say locale.Say, kind string, s law.Status) string {
	switch {
	case kind == "indicator" && s == law.Established:
		return say.T("status.signs")
	case kind == "indicator" && s == law.RuledOut:
		return say.T("status.no-signs")
	}
	return say.T("status." + statusKey(s))
}

// law says from when until when a rule is law: always where it has ended, else where it matters.
func (t teller) law(l law.InLaw) string {
	from, until := l.From.String(), l.Until.String()
	switch {
	case from != "" && until != "":
		return t.say.T("law.span", "From", from, "Until", until)
	case until != "":
		return t.say.T("law.until", "Until", until)
	case from != "" && (t.whole || l.State != law.InForce):
		return t.say.T("law.from", "From", from)
	}
	return ""
}

func (t teller) questions(ids []string) (out []string) {
	for _, q := range ids {
		out = append(out, t.d.questionText(q, t.say.Tag))
	}
	return out
}

func (t teller) carried(cs []law.Carried) (out []carried) {
	for _, c := range cs {
		var beside []string
		switch {
		case c.Answer == law.Unknown && c.Why != "":
			beside = append(beside, t.say.T("why."+string(c.Why)))
		case c.Answer != law.Unknown && c.Grade == "":
			beside = append(beside, t.say.T("grade."+string(law.Said)))
		case c.Answer != law.Unknown:
			beside = append(beside, t.say.T("grade."+string(c.Grade)))
		}
		out = append(out, t.answer(c, append(beside, c.Source, c.Actor)))
	}
	return out
}

// lacks are answers as they would have to be. They are marked as not known.
func (t teller) lacks(ls []law.Lack) (out []carried) {
	for _, l := range ls {
		x := t.answer(law.Carried{Episode: l.Episode, Fact: law.Fact{Question: l.Question, Answer: l.Answer}}, nil)
		x.Answer = string(law.Unknown)
		out = append(out, x)
	}
	return out
}

func (t teller) answer(c law.Carried, beside []string) carried {
	if c.Episode != t.here {
		beside = append(beside, t.labels[c.Episode])
	}
	beside = slices.DeleteFunc(beside, func(s string) bool { return s == "" })
	return carried{t.d.questionText(c.Question, t.say.Tag), string(c.Answer), t.say.T("answer." + string(c.Answer)), strings.Join(beside, "; ")}
}

// ops are the ways in which an element rests on those below it that need a word.
var ops = map[string]string{"all": "op.all", "any": "op.any", "not": "op.not", "some episode": "op.some-episode"}

func (t teller) element(e law.Element, depth int) element {
	x := element{Say: t.say, ID: e.ID, Value: string(e.Value), Text: e.Text.In(t.say.Tag), Cite: e.Cite, Mark: string(e.Mark), Note: e.Note.In(t.say.Tag),
		Facts: t.carried(e.Facts), Missing: t.questions(e.Missing), Gives: string(e.Gives), Open: depth == 0 || t.whole}
	switch least, ok := strings.CutPrefix(e.Op, "at least "); {
	case ok:
		x.Op = t.say.T("op.at-least", "Least", least)
	case ops[e.Op] != "":
		x.Op = t.say.T(ops[e.Op])
	default:
		x.Op = t.say.T("op.parts")
	}
	if e.Op == "finding" {
		episode := t.here
		end := e.ID[strings.LastIndex(e.ID, "/")+1:]
		if label, named := t.labels[end]; named { // found in some episode: the id ends with which
			episode, x.Episode = end, label
		}
		if t.whole {
			x.See = t.path(e.Rule, episode)
		}
	}
	if e.Law != "" && e.Law != law.InForce {
		x.Law = t.say.T("force." + map[law.Force]string{law.NotInForce: "not", law.Straddles: "part", law.DateUnknown: "unknown"}[e.Law])
	}
	if !t.whole && e.Value == law.NotYet && !touched(e) { // nothing to be seen further down
		x.Missing = nil
		return x
	}
	for _, child := range e.Children {
		x.Children = append(x.Children, t.element(child, depth+1))
	}
	for _, exception := range e.Unless {
		x.Unless = append(x.Unless, t.element(exception, depth+1))
	}
	return x
}
