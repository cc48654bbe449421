package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/locale"
)

// A clash is a save that another member's stands against, held in the sitting until it is settled, so
// that neither is lost. One of Facts, Head, Summary and Linked is set.
type clash struct {
	Part    id.Part
	To      string
	Facts   []casework.FactClash
	Head    *casework.Clash[casework.Head]
	Summary *casework.Clash[casefile.Summary]
	Linked  *casework.Clash[[][]string]
}

type clashPage struct {
	page
	Path  string
	Base  string
	To    string
	By    string // who saved theirs
	At    string
	Facts []factClash
	Pairs []pair // of a form's fields
}

// A factClash is one question that two members answered differently.
type factClash struct {
	ID, Text     string
	Theirs, Mine []told
	Keep         string // what is ticked: theirs, mine or both
}

// A pair is one field of a form as they saved it and as this member wrote it. Mine can be changed.
type pair struct {
	Name, Words  string
	Theirs, Mine string
	Long         bool
}

// keepClash holds a clash and gives the path of the page that settles it.
func (s *sitting) keepClash(base string, c clash) string {
	key := string(id.New[id.Part]())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clashes[key] = c
	return base + "/clash/" + key
}

func (s *sitting) clashAt(r *http.Request) (clash, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.clashes[r.PathValue("clash")]
	if !ok {
		return c, fault.New(fault.Unknown, "no such clash")
	}
	return c, nil
}

func (d *desk) clash(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := v.clashAt(r)
	if err != nil {
		return err
	}
	return d.show(w, http.StatusConflict, "clash.html", d.clashPage(r, v, c))
}

func (d *desk) clashPage(r *http.Request, v visit, c clash) clashPage {
	p := clashPage{page: d.newPage(r, v), Path: r.URL.Path, Base: "/cases/" + r.PathValue("case"), To: c.To}
	kept := func(by id.Member, at time.Time) {
		p.At = at.In(d.zone).Format("15:04")
		if p.By = v.Handle(by); p.By == "" {
			p.By = v.say.T("clash.somebody")
		}
	}
	field := func(name, theirs, mine string) {
		p.Pairs = append(p.Pairs, pair{Name: name, Words: v.say.T("field." + name), Theirs: theirs, Mine: p.Old(name, mine), Long: name == "linked"})
	}
	switch {
	case c.Head != nil:
		t, m := c.Head.Theirs.Doc, c.Head.Mine
		kept(c.Head.Theirs.By, c.Head.Theirs.At)
		field("label", t.Label, m.Label)
		field("when", t.When.Words, m.When.Words)
		field("actors", strings.Join(t.Actors, ", "), strings.Join(m.Actors, ", "))
	case c.Summary != nil:
		t, m := summaryForm(c.Summary.Theirs.Doc), summaryForm(c.Summary.Mine)
		kept(c.Summary.Theirs.By, c.Summary.Theirs.At)
		for _, name := range summaryFields {
			field(name, t.Get(name), m.Get(name))
		}
	case c.Linked != nil:
		kept(c.Linked.Theirs.By, c.Linked.Theirs.At)
		field("linked", lines(c.Linked.Theirs.Doc), lines(c.Linked.Mine))
	}
	for _, f := range c.Facts {
		kept(f.Theirs.By, f.Theirs.At)
		p.Facts = append(p.Facts, factClash{f.Question, d.questionText(f.Question, v.say.Tag), d.tellShort(v.say, f.Theirs.Doc), d.tellShort(v.say, f.Now),
			p.Old("k."+f.Question, "theirs")})
	}
	return p
}

// tellShort tells answers under a heading that has the question already.
func (d *desk) tellShort(say locale.Say, fs casefile.Facts) []told {
	out := d.tell(say, fs)
	for i := range out {
		out[i].Text = ""
	}
	return out
}

func lines(groups [][]string) string {
	var out []string
	for _, g := range groups {
		out = append(out, strings.Join(g, ", "))
	}
	return strings.Join(out, "\n")
}

// summaryFields are the fields of a summary's form, in its order.
var summaryFields = []string{"label", "spoken", "written", "allowed", "channel", "times", "voicemail", "answers", "until"}

func summaryForm(s casefile.Summary) url.Values {
	f := url.Values{}
	for name, value := range map[string]string{"label": s.Label, "spoken": s.Spoken, "written": s.Written, "channel": s.Contact.Channel,
		"times": s.Contact.Times, "answers": s.Contact.Answers, "until": s.Contact.Until} {
		f.Set(name, value)
	}
	for name, on := range map[string]bool{"allowed": s.Contact.Allowed, "voicemail": s.Contact.Voicemail} {
		if on {
			f.Set(name, "yes")
		}
	}
	return f
}

// settle saves what the member chose. Should a third have written meanwhile, that is a clash of its own;
// should it not be kept, this one stays, so that what was chosen can be sent again.
func (d *desk) settle(w http.ResponseWriter, r *http.Request, v visit) error {
	l, base, _, err := caseForm(r, v)
	if err != nil {
		return err
	}
	c, err := v.clashAt(r)
	if err != nil {
		return err
	}
	next := clash{Part: c.Part, To: c.To}
	switch ctx := r.Context(); {
	case len(c.Facts) > 0:
		next.Facts, err = v.SaveFacts(ctx, l, c.Part, c.choose(r.PostForm))
	case r.PostFormValue("keep") == "theirs":
	case c.Head != nil:
		err = v.SaveEpisode(ctx, l, c.Part, casework.MarkOf(c.Head.Theirs.Doc), headOf(r))
	case c.Summary != nil:
		err = v.SaveSummary(ctx, l, casework.MarkOf(c.Summary.Theirs.Doc), summaryOf(r))
	default:
		err = v.Link(ctx, l, casework.MarkOf(c.Linked.Theirs.Doc), groupsOf(r))
	}
	against := next.against(err)
	if err != nil && !against {
		return d.back(w, r, v, r.URL.Path, "", err)
	}
	v.mu.Lock()
	delete(v.clashes, r.PathValue("clash"))
	v.mu.Unlock()
	return d.saved(w, r, v, base, next, c.To, err)
}

// against says whether another member's save stands against one that gave err; then both are in c.
func (c *clash) against(err error) bool {
	return err == nil && len(c.Facts) > 0 || errors.As(err, &c.Head) || errors.As(err, &c.Summary) || errors.As(err, &c.Linked)
}

// saved answers a save: by the page it leads to, or by both side by side when another member's stands
// against it.
func (d *desk) saved(w http.ResponseWriter, r *http.Request, v visit, base string, c clash, to string, err error) error {
	if c.against(err) {
		leave(w, r, v.keepClash(base, c))
		return nil
	}
	return d.back(w, r, v, to, "saved", err)
}

// choose reads for each question whether theirs, mine or both are kept. Both stand side by side, and
// what rests on them comes out in conflict.
func (c clash) choose(form url.Values) (out []casework.FactEdit) {
	for _, f := range c.Facts {
		now := f.Now
		switch form.Get("k." + f.Question) {
		case "mine":
		case "both":
			now = append(append(casefile.Facts(nil), f.Theirs.Doc...), f.Now...)
		default:
			continue
		}
		out = append(out, casework.FactEdit{Question: f.Question, Was: casework.MarkOf(f.Theirs.Doc), Now: now})
	}
	return out
}
