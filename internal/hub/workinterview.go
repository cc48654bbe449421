package hub

import (
	"io/fs"
	"net/http"
	"slices"

	"amparo/internal/locale"
	"amparo/law"
)

// An orderedAsk is one question in the order in which the law engine asks.
type orderedAsk struct {
	law.Question
	Place int
	// Skip are places of questions that no open finding turns on any more after a no to this one.
	Skip []int
	// Yes and No are the places of what the engine would ask next after that answer; 0 is nothing.
	Yes, No int
}

// askingOrder is the order in which the engine asks someone of whom nothing is known: again and again the question
// that is worth most for what it costs. To each it then tries a yes and a no, and sees what that leads to.
func askingOrder(p *law.Pack) (out []orderedAsk, err error) {
	today := law.Date{Year: 2026, Month: 11, Day: 24} // any day on which all rules of the pack are law
	assess := func(facts []law.Fact, more law.Fact) (law.Assessment, error) {
		j := law.Journey{Episodes: []law.Episode{{ID: "now", When: law.Span{From: today, Until: today}}}}
		for _, f := range append(slices.Clone(facts), more) {
			if q, ok := p.Question(f.Question); !ok {
				continue
			} else if q.Scope == "person" {
				j.Person = append(j.Person, f)
			} else {
				j.Episodes[0].Facts = append(j.Episodes[0].Facts, f)
			}
		}
		return p.Assess(j, law.Options{AsOf: today})
	}
	type branch struct{ before, yes, no []law.Ask }
	var tried []branch
	var open []law.Fact
	place := map[string]int{}
	for {
		a, err := assess(open, law.Fact{})
		if err != nil {
			return nil, err
		}
		if len(a.Next) == 0 {
			break
		}
		q, _ := p.Question(a.Next[0].Question)
		b := branch{before: a.Next}
		for _, answer := range []law.Answer{law.Yes, law.No} {
			then, err := assess(open, law.Fact{Question: q.ID, Answer: answer, Grade: law.Said})
			if err != nil {
				return nil, err
			}
			if answer == law.Yes {
				b.yes = then.Next
			} else {
				b.no = then.Next
			}
		}
		out, tried = append(out, orderedAsk{Question: q, Place: len(out) + 1}), append(tried, b)
		place[q.ID] = len(out)
		open = append(open, law.Fact{Question: q.ID, Answer: law.Unknown, Why: law.DoesNotKnow})
	}
	has := func(asks []law.Ask, id string) bool {
		return slices.ContainsFunc(asks, func(a law.Ask) bool { return a.Question == id })
	}
	for i, b := range tried {
		for _, ask := range b.before[1:] {
			if !has(b.no, ask.Question) {
				out[i].Skip = append(out[i].Skip, place[ask.Question])
			}
		}
		slices.Sort(out[i].Skip)
		if len(b.yes) > 0 {
			out[i].Yes = place[b.yes[0].Question]
		}
		if len(b.no) > 0 {
			out[i].No = place[b.no[0].Question]
		}
	}
	return out, nil
}

// A bearing is an element that rests on a question, and its rule.
type bearing struct {
	Rule law.Rule
	Of   law.Element
}

// bearings finds for each question the elements at the ends that rest on it, in the order of the pack.
func bearings(p *law.Pack) map[string][]bearing {
	out := map[string][]bearing{}
	for _, r := range p.Rules() {
		_, parts, _ := p.Anatomy(r.ID)
		var walk func(e law.Element)
		walk = func(e law.Element) {
			for _, q := range e.Missing {
				out[q] = append(out[q], bearing{r, e})
			}
			for _, c := range append(slices.Clone(e.Children), e.Unless...) {
				walk(c)
			}
		}
		for _, e := range parts {
			walk(e)
		}
	}
	return out
}

// An interviewFile is what to say before the questions, and when to stop.
type interviewFile struct {
	Checked string         `yaml:"checked"`
	Source  law.Text       `yaml:"source"`
	Mark    law.Mark       `yaml:"mark"`
	Before  []sayFile      `yaml:"before"`
	Stop    []sayFile      `yaml:"stop"`
	After   []sayFile      `yaml:"after"`
	Groups  []askGroupFile `yaml:"groups"`
}

// A sayFile is a thing to do, and words to do it with.
type sayFile struct {
	Do  law.Text `yaml:"do"`
	Say law.Text `yaml:"say"`
}

// A askGroupFile names a group of questions, and says in which part of the interview it stands.
type askGroupFile struct {
	Group string   `yaml:"group"`
	Part  int      `yaml:"part"`
	Title law.Text `yaml:"title"`
}

func readInterview(fsys fs.FS, name string) (f interviewFile, err error) {
	return f, strict(fsys, name, &f)
}

// interviewParts are the pages of the interview, by their last part.
var interviewParts = []string{"1", "2", "3"}

// A partLink leads to a part of the interview.
type partLink struct{ N, Title string }

var interviewTitles = []string{"work.interview.part.1", "work.interview.part.2", "work.interview.part.3"}

type interviewPage struct {
	page
	Part    string
	Parts   []partLink
	File    interviewFile
	Groups  []askGroup
	Count   int
	Edition string
}

type askGroup struct {
	Title string
	Asked []orderedView
}

type orderedView struct {
	orderedAsk
	Text, Help, Beside string // Beside: the same in the other language, for an interpreter
	Cites              []citeView
	More               int
}

type citeView struct {
	Text, Cite string
	Mark       law.Mark
}

func (h *Hub) interview(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	return h.interviewAt(w, r.PathValue("part"), say)
}

func interviewStory(part string) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, say locale.Say) error {
		return h.interviewAt(w, part, say)
	}
}

func (h *Hub) interviewAt(w http.ResponseWriter, part string, say locale.Say) error {
	book, err := workLaw()
	if err != nil {
		return err
	}
	if !slices.Contains(interviewParts, part) {
		return h.nowhere(w, nil, say)
	}
	p := interviewPage{page: h.workPage(say, "/work/interview/"+part), Part: part, File: book.before,
		Groups: book.groups(part, say.Tag), Count: len(book.order), Edition: book.pack.Version}
	for i, n := range interviewParts {
		p.Parts = append(p.Parts, partLink{n, say.T(interviewTitles[i])})
	}
	return h.show(w, http.StatusOK, "work-interview.html", p)
}

// groups are the questions of one part, by group; groups and questions in the order of asking.
func (b *workbook) groups(part, lang string) (out []askGroup) {
	at := map[string]int{}
	for _, a := range b.order {
		i := slices.IndexFunc(b.before.Groups, func(g askGroupFile) bool { return g.Group == a.Group })
		if i < 0 || interviewParts[b.before.Groups[i].Part-1] != part {
			continue
		}
		title := b.before.Groups[i].Title.In(lang)
		k, ok := at[title]
		if !ok {
			k = len(out)
			at[title], out = k, append(out, askGroup{Title: title})
		}
		v := orderedView{orderedAsk: a, Text: a.Text.In(lang), Help: a.Help.In(lang)}
		for _, c := range b.cites(a.ID, lang) {
			if len(v.Cites) == 2 {
				v.More++
				continue
			}
			v.Cites = append(v.Cites, c)
		}
		out[k].Asked = append(out[k].Asked, v)
	}
	return out
}

// cites are the elements that a question settles, each citation once.
func (b *workbook) cites(question, lang string) (out []citeView) {
	for _, x := range b.bears[question] {
		c := citeView{x.Of.Text.In(lang), x.Of.Cite, x.Of.Mark}
		if !slices.ContainsFunc(out, func(o citeView) bool { return o.Cite == c.Cite }) {
			out = append(out, c)
		}
	}
	return out
}
