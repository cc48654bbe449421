package desk

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/locale"
	"amparo/law"
)

// A card is an episode, or the person, with its answers.
type card struct {
	locale.Say
	Base, Path  string // of the case; of this card
	ID          string // "person", or of the episode
	Number      int
	Label       string
	When, Read  string
	Actors      []string
	Open        bool
	First, Last bool
	Chips       []chip
	Told        []told // what was answered, in short
	Head        headForm
	Groups      []group
	ReadOnly    bool
}

// A chip tells what one kind of finding comes to in an episode.
type chip struct{ Kind, Status, Words string }

// A told is one answer in short.
type told struct{ Text, Answer, Words, Grade string }

// A group is the questions under one heading, as one form.
type group struct {
	locale.Say
	ID        string // for the page
	Path      string // where the form goes
	Back      string
	Name      string
	Questions []question
	Answered  int
	Open      bool
	OOB       string // what htmx takes from the answer beside the assessment
	Actors    []string
}

// A question is one question with its answer, as a form shows it.
type question struct {
	law.Question
	locale.Say
	Words, Hint string
	Mark        casework.Mark
	Answer      string // "", yes, no, unknown, both, or several: facts that the form does not show whole
	Why, Grade  string
	Source      string
	Actor       string
	Actors      []string
	Whys        []string
	Grades      []string
}

// several stands for facts that the form cannot show, such as the same answer by two actors. It leaves
// them as they are.
const several = "several"

func shown(fs casefile.Facts) (answer string, f casefile.Fact) {
	switch len(fs) {
	case 0:
		return "", f
	case 1:
		return fs[0].Answer, fs[0]
	case 2:
		if fs[0].Answer == casefile.Yes && fs[1].Answer == casefile.No || fs[0].Answer == casefile.No && fs[1].Answer == casefile.Yes {
			return "both", fs[0]
		}
	}
	return several, fs[0]
}

// groups are the questions of a card: what this body of law asks in the scope, and whatever has an answer,
// also where the pack has the question no more.
func (d *desk) groups(say locale.Say, at, path, back, scope string, facts casefile.Facts, actors []string) (out []group) {
	for _, q := range d.onCard(scope, facts) {
		name := groupKey(q.Group)
		gid := at + "-" + name
		i := slices.IndexFunc(out, func(g group) bool { return g.ID == gid })
		if i < 0 {
			i = len(out)
			out = append(out, group{Say: say, ID: gid, Path: path, Back: back, Name: groupWords(say, q.Group), Actors: actors,
				OOB: "#strip,#notice,#marks-" + gid + ",#count-" + gid + ",#chips-" + at})
		}
		there := facts.On(q.ID)
		answer, f := shown(there)
		out[i].Questions = append(out[i].Questions, question{Question: q, Say: say, Words: d.questionText(q.ID, say.Tag), Hint: q.Help.In(say.Tag),
			Mark: casework.MarkOf(there), Answer: answer, Why: f.Why, Grade: f.Grade, Source: f.Source, Actor: f.Actor,
			Actors: actors, Whys: casefile.Whys, Grades: casefile.Grades})
		if answer != "" {
			out[i].Answered++
		}
	}
	for i := range out {
		out[i].Open = i == 0 || out[i].Answered > 0
	}
	return out
}

// onCard lists the questions of a card in the vocabulary's order, and last those that it lacks.
func (d *desk) onCard(scope string, facts casefile.Facts) (out []law.Question) {
	for _, q := range d.Pack.Questions {
		if d.asked[q.ID] && q.Scope == scope || len(facts.On(q.ID)) > 0 {
			out = append(out, q)
		}
	}
	for _, f := range facts {
		there := slices.ContainsFunc(out, func(q law.Question) bool { return q.ID == f.Question })
		if !there {
			out = append(out, law.Question{ID: f.Question, Group: "other"})
		}
	}
	return out
}

// groupKey is the name of a group as part of a key of words, of an id and of a selector.
func groupKey(group string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		}
		return -1
	}, strings.ToLower(group))
}

// groupWords gives the words of a group of questions, or its own name when there are none.
func groupWords(say locale.Say, group string) string {
	key := "group." + groupKey(group)
	if words := say.T(key); words != "["+key+"]" {
		return words
	}
	return group
}

func (d *desk) tell(say locale.Say, fs casefile.Facts) (out []told) {
	for _, f := range fs {
		t := told{Answer: f.Answer, Text: d.questionText(f.Question, say.Tag), Words: say.T("answer." + f.Answer)}
		switch {
		case f.Why != "":
			t.Grade = say.T("why." + f.Why)
		case f.Grade != "":
			t.Grade = say.T("grade." + f.Grade)
		}
		out = append(out, t)
	}
	return out
}

// questionText is a question of the vocabulary in a language, or its id when the pack has it no more.
func (d *desk) questionText(question, lang string) string {
	if q, known := d.Pack.Question(question); known {
		return q.Text.In(lang)
	}
	return question
}

func (d *desk) card(p page, base string, e casework.Kept[casefile.Episode], open bool, a law.Assessment) card {
	path := base + "/episodes/" + string(e.ID)
	c := card{Say: p.Say, Base: base, Path: path, ID: string(e.ID), Label: e.Doc.Label, When: e.Doc.When.Words,
		Read: readWhen(p.Say, e.Doc.When), Actors: e.Doc.Actors, Open: open, Chips: chips(p.Say, a, string(e.ID))}
	if !open {
		c.Told = d.tell(p.Say, e.Doc.Facts)
		return c
	}
	c.Head = headForm{Say: p.Say, Label: e.Doc.Label, When: e.Doc.When.Words, Actors: strings.Join(e.Doc.Actors, ", "),
		Read: c.Read, Mark: casework.MarkOf(casework.HeadOf(e.Doc))}
	if p.Flash.Form.Has("head") {
		c.Head.Label, c.Head.When, c.Head.Actors = p.Old("label", c.Head.Label), p.Old("when", c.Head.When), p.Old("actors", c.Head.Actors)
	}
	c.Groups = d.groups(p.Say, c.ID, path+"/facts", path, "episode", e.Doc.Facts, e.Doc.Actors)
	return c
}

func (d *desk) personCard(p page, base string, c *casework.Case, open bool) card {
	path := base + "/person"
	k := card{Say: p.Say, Base: base, Path: path, ID: "person", Open: open}
	if open {
		k.Groups = d.groups(p.Say, k.ID, path+"/facts", path, "person", c.Person.Doc.Facts, nil)
		return k
	}
	k.Told = d.tell(p.Say, c.Person.Doc.Facts)
	return k
}

// read gives the facts that a form says on one question, as the form's fields for it are filled in.
func readFacts(q string, form url.Values) (casefile.Facts, error) {
	get := func(prefix string) string { return strings.TrimSpace(form.Get(prefix + "." + q)) }
	grade := get("g")
	if grade == "" {
		grade = "said"
	}
	one := func(answer string) casefile.Fact {
		return casefile.Fact{Question: q, Answer: answer, Grade: grade, Source: get("s"), Actor: get("c")}
	}
	switch answer := get("a"); answer {
	case "":
		return nil, nil
	case casefile.Yes, casefile.No:
		return casefile.Facts{one(answer)}, nil
	case "both":
		return casefile.Facts{one(casefile.Yes), one(casefile.No)}, nil
	case casefile.Unknown:
		why := get("y")
		if why == "" {
			why = "does-not-know"
		}
		return casefile.Facts{{Question: q, Answer: casefile.Unknown, Why: why, Source: get("s")}}, nil
	}
	return nil, fault.Field(q, "no such answer")
}

// unanswered is the mark of a question without an answer.
var unanswered = casework.MarkOf(casefile.Facts(nil))

// edits reads the answers that a form has changed from what it showed. What the pack does not ask can be
// changed where there was an answer, and not begun.
func (d *desk) edits(form url.Values) (out []casework.FactEdit, err error) {
	var ids []string
	for _, q := range d.Pack.Questions {
		ids = append(ids, q.ID)
	}
	for _, field := range slices.Sorted(maps.Keys(form)) {
		q, marked := strings.CutPrefix(field, "w.")
		if _, known := d.Pack.Question(q); marked && !known && form.Get(field) != string(unanswered) {
			ids = append(ids, q)
		}
	}
	for _, q := range ids {
		was := casework.Mark(form.Get("w." + q))
		if was == "" || form.Get("a."+q) == several {
			continue
		}
		now, err := readFacts(q, form)
		if err != nil {
			return nil, err
		}
		if casework.MarkOf(now) != was {
			out = append(out, casework.FactEdit{Question: q, Was: was, Now: now})
		}
	}
	return out, nil
}

func (d *desk) saveFacts(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := form(r); err != nil {
		return err
	}
	edits, err := d.edits(r.PostForm)
	if err != nil {
		return err
	}
	path := strings.TrimSuffix(r.URL.Path, "/facts")
	return d.keepFacts(w, r, v, id.Part(r.PathValue("episode")), edits, path)
}

// keepFacts saves answers; those that another member's stand against are laid side by side.
func (d *desk) keepFacts(w http.ResponseWriter, r *http.Request, v visit, part id.Part, edits []casework.FactEdit, to string) error {
	k := id.Case(r.PathValue("case"))
	clashes, err := v.SaveFacts(r.Context(), v.at(k), part, edits)
	return d.saved(w, r, v, "/cases/"+string(k), clash{Part: part, To: to, Facts: clashes}, to, err)
}

// answer adds one answer that "ask next" asked for.
func (d *desk) answer(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := form(r); err != nil {
		return err
	}
	q := r.PostFormValue("question")
	to := ours(r.PostFormValue("to"), "/cases/"+r.PathValue("case"))
	fact := casefile.Fact{Question: q}
	switch a := r.PostFormValue("answer"); {
	case a == casefile.Yes || a == casefile.No:
		fact.Answer, fact.Grade = a, "said"
	case slices.Contains(casefile.Whys, a):
		fact.Answer, fact.Why = casefile.Unknown, a
	default:
		return fault.Field("answer", "no such answer")
	}
	if _, known := d.Pack.Question(q); !known {
		return fault.New(fault.Unknown, "no such question")
	}
	edit := casework.FactEdit{Question: q, Was: casework.Mark(r.PostFormValue("was")), Now: casefile.Facts{fact}}
	return d.keepFacts(w, r, v, id.Part(r.PostFormValue("episode")), []casework.FactEdit{edit}, to)
}
