package desk

import (
	"net/http"
	"slices"
	"strings"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/locale"
	"amparo/internal/staff"
	"amparo/internal/vault"
	"amparo/law"
)

type casePage struct {
	page
	caseHead
	Talk     *talkView
	Strip    strip
	Cards    []card
	Person   card
	About    *aboutView // open to be changed
	Complete bool
	Linked   string // a group in each line, names with commas
	LinkMark casework.Mark
	Actors   []string
	NewPart  id.Part
	NewNote  id.Part
	New      headForm
	Removed  []removed
	Notes    []noteView
	NoteText string
	Assess   assessView
}

// A caseHead is what every page of a case shows.
type caseHead struct {
	Base      string // path of the case
	Label     string
	Shut      bool // closed: nothing can be changed any more
	Oversight bool
	Referred  []referralView
	Contact   casefile.Contact
	Doubts    []string // what an honest hub does not do, in this case
}

type removed struct {
	ID    id.Part
	Label string
}

type noteView struct{ By, At, Text, Suggest string }

type referralView struct {
	Name, On, Until string
	Shared          string
}

// A headForm is an episode's head as a form shows it.
type headForm struct {
	locale.Say
	Label, When, Actors string
	Read                string // what was read from the words of when
	Mark                casework.Mark
}

// An aboutView is the summary as a form.
type aboutView struct {
	locale.Say
	Base                                                                string
	Label, Spoken, Written, Channel, Times, Answers, Until, Allowed, VM string
	Mark                                                                casework.Mark
	Tongues                                                             []option
	Readers                                                             []readerView
	Others                                                              []staff.Member
}

type readerView struct {
	Handle   string
	Standing vault.Standing
}

// An option is one choice of a list.
type option struct {
	Value, Words string
	On           bool
}

// openCaseFor opens the case that the path names, as this member may.
func (d *desk) openCaseFor(r *http.Request, v visit) (*casework.Case, error) {
	return v.Case(r.Context(), v.at(id.Case(r.PathValue("case"))))
}

// reasonFirst leads a supervisor who has given no reason yet to the place where they can.
func (d *desk) reasonFirst(w http.ResponseWriter, r *http.Request, v visit, err error) error {
	if fault.KindOf(err) == fault.Invalid && fault.FieldOf(err) == "reason" {
		v.note("/cases", flash{Kind: fault.Invalid, Field: "reason"})
		leave(w, r, "/cases")
		return nil
	}
	return err
}

func (d *desk) head(v visit, c *casework.Case) caseHead {
	h := caseHead{Base: "/cases/" + string(c.ID), Label: c.Summary.Doc.Label, Shut: c.Closed, Contact: c.Summary.Doc.Contact,
		Oversight: c.Standing == vault.Oversight, Doubts: odd(v.say, c.Warnings)}
	for _, r := range c.Referrals {
		var shared []string
		for _, f := range r.Doc.Shared {
			shared = append(shared, v.say.T("share."+f))
		}
		h.Referred = append(h.Referred, referralView{r.Doc.Name, r.Doc.On, r.Doc.Consent.Until, strings.Join(shared, ", ")})
	}
	return h
}

// caseScreen shows the case: conversation, journey, assessment. The path says which card is open.
func (d *desk) caseScreen(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := d.openCaseFor(r, v)
	if err != nil {
		return d.reasonFirst(w, r, v, err)
	}
	var talk *casework.Talk
	if c.Summary.Doc.Conversation != "" {
		t, err := v.TalkOf(r.Context(), c)
		switch fault.KindOf(err) {
		case "":
			talk = &t
		case fault.Unknown: // erased by the person, or expired before the case was made
		default:
			return err
		}
	}
	p, err := d.casePage(r, v, c, talk)
	if err != nil {
		return err
	}
	return d.show(w, http.StatusOK, "case.html", p)
}

func (d *desk) casePage(r *http.Request, v visit, c *casework.Case, talk *casework.Talk) (casePage, error) {
	p := casePage{page: d.newPage(r, v), caseHead: d.head(v, c), Complete: c.Journey.Doc.Complete, NewPart: id.New[id.Part](), NewNote: id.New[id.Part]()}
	if talk != nil {
		view := d.talkView(v, *talk, r.URL.Path)
		view.Beside = true
		if !c.Closed {
			view.Suggest = p.Base + "/suggest"
		}
		p.Talk = &view
	}
	a, err := casework.Assess(d.Pack, c, d.Now())
	if err != nil {
		return p, err
	}
	p.Assess = d.assessView(v, c, a)
	p.Strip = d.strip(v, c, a)
	var opened string
	switch {
	case r.PathValue("episode") != "":
		opened = r.PathValue("episode")
		if !slices.ContainsFunc(c.Episodes, func(e casework.Kept[casefile.Episode]) bool { return string(e.ID) == opened }) {
			return p, fault.New(fault.Unknown, "no such episode")
		}
	case strings.HasSuffix(r.URL.Path, "/person"):
		opened = "person"
	case strings.HasSuffix(r.URL.Path, "/about"):
		p.About = d.aboutView(p.page, v, c)
	}
	for i, e := range c.Episodes {
		k := d.card(p.page, p.Base, e, opened == string(e.ID), a)
		k.First, k.Last, k.Number = i == 0, i == len(c.Episodes)-1, i+1
		p.Cards = append(p.Cards, k)
		for _, name := range e.Doc.Actors {
			if !slices.Contains(p.Actors, name) {
				p.Actors = append(p.Actors, name)
			}
		}
	}
	p.Person = d.personCard(p.page, p.Base, c, opened == "person")
	for _, e := range c.Removed {
		p.Removed = append(p.Removed, removed{e.ID, e.Doc.Label})
	}
	for _, n := range c.Notes {
		p.Notes = append(p.Notes, noteView{v.Handle(n.By), n.At.In(d.zone).Format("2006-01-02 15:04"), n.Doc.Text, p.Base + "/notes/" + string(n.ID) + "/suggest"})
	}
	var groups []string
	for _, g := range c.Journey.Doc.Linked {
		groups = append(groups, strings.Join(g, ", "))
	}
	p.Linked, p.LinkMark = strings.Join(groups, "\n"), casework.MarkOf(c.Journey.Doc.Linked)
	p.New = headForm{Say: v.say}
	if p.Flash.Form.Has("new") {
		p.New.Label, p.New.When, p.New.Actors = p.Old("label", ""), p.Old("when", ""), p.Old("actors", "")
	}
	p.NoteText = p.Old("text", "")
	return p, nil
}

func (d *desk) aboutView(p page, v visit, c *casework.Case) *aboutView {
	s := c.Summary.Doc
	yes := func(b bool) string {
		if b {
			return "yes"
		}
		return ""
	}
	a := &aboutView{Say: v.say, Base: "/cases/" + string(c.ID), Mark: casework.MarkOf(s),
		Label: p.Old("label", s.Label), Spoken: p.Old("spoken", s.Spoken), Written: p.Old("written", s.Written),
		Channel: p.Old("channel", s.Contact.Channel), Times: p.Old("times", s.Contact.Times), Answers: p.Old("answers", s.Contact.Answers),
		Until: p.Old("until", s.Contact.Until), Allowed: p.Old("allowed", yes(s.Contact.Allowed)), VM: p.Old("voicemail", yes(s.Contact.Voicemail))}
	for _, t := range tongues {
		a.Tongues = append(a.Tongues, option{Value: t.Tag, Words: t.Name})
	}
	for _, tag := range []string{s.Spoken, s.Written} {
		if tag != "" && d.languageName(tag) == tag {
			a.Tongues = append(a.Tongues, option{Value: tag, Words: tag})
		}
	}
	for _, r := range c.Readers {
		handle := r.Handle
		if handle == "" {
			handle = "?"
		}
		a.Readers = append(a.Readers, readerView{handle, r.Standing})
	}
	for _, m := range v.Members() {
		reads := slices.ContainsFunc(c.Readers, func(r casework.Reader) bool { return r.Member == m.ID && r.Standing == vault.Assigned })
		if m.Role.May(staff.Keep) && !reads {
			a.Others = append(a.Others, m)
		}
	}
	return a
}

// readWhen says what was read from the words of a time.
func readWhen(say locale.Say, w casefile.When) string {
	switch {
	case w.Words == "":
		return ""
	case w.From == "" && w.Until == "":
		return say.T("when.none")
	case w.From == w.Until:
		return say.T("when.within", "Date", dateWords(say, w.From))
	case w.Until == "":
		return say.T("when.from", "Date", dateWords(say, w.From))
	case w.From == "":
		return say.T("when.until", "Date", dateWords(say, w.Until))
	}
	return say.T("when.span", "From", dateWords(say, w.From), "Until", dateWords(say, w.Until))
}

func dateWords(say locale.Say, date string) string {
	if rest, ok := strings.CutPrefix(date, "about "); ok {
		return say.T("when.about", "Date", rest)
	}
	return date
}

// kinds are the kinds of finding that chips tell of: always the two that the strip shows, and the others
// where one is made out. An indicator is none of them: it decides nothing.
var kinds = []struct {
	kind   string
	always bool
}{{"smuggling", true}, {"trafficking", true}, {"labor", false}, {"documents", false}, {"defense", false}}

// chips tell what an episode comes to, in short.
func chips(say locale.Say, a law.Assessment, episode string) (out []chip) {
	for _, k := range kinds {
		s := statusOf(a, k.kind, episode)
		if k.always || s == law.Established || s == law.Conflict {
			out = append(out, chip{k.kind, statusKey(s), say.T("status." + statusKey(s))})
		}
	}
	return out
}

// statusOf is what all findings of a kind come to in one episode: the first of these that is there.
func statusOf(a law.Assessment, kind, episode string) law.Status {
	for _, s := range []law.Status{law.Established, law.Conflict, law.Open, law.NotLaw, law.RuledOut} {
		for _, f := range a.Findings {
			if f.Kind == kind && f.Episode == episode && f.Status == s {
				return s
			}
		}
	}
	return law.Open
}
