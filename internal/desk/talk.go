package desk

import (
	"net/http"
	"strings"

	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/locale"
	"amparo/internal/seal"
	"amparo/internal/staff"
)

type talkPage struct {
	page
	Talk talkView
}

// A talkView is a conversation as the console shows it, on a page of its own or beside a case.
type talkView struct {
	locale.Say
	ID      id.Conversation
	Lang    string // tag of what the person is taken to write
	Tongue  string
	Door    chat.Door
	Sealed  chat.Sealer
	Status  talkStatus
	Lines   []lineView
	Last    uint64 // number of the last line, for the stream
	Odd     []string
	Draft   string
	Message id.Message // of the next reply, so that a form sent twice is one
	Phrases []phrase
	Others  []staff.Member // to whom it can be handed
	Case    id.Case
	To      string // the page that forms come back to
	Keeps   bool   // the member may open a case
	Beside  bool   // beside a case: fewer actions
	Suggest string // the page that asks what these words might tell
	Live    bool   // follow what is said
}

// A talkStatus is what changes while one watches.
type talkStatus struct {
	locale.Say
	State  chat.State
	Mine   bool // this member holds it and may answer
	Lease  string
	Holder string
	Gone   bool
	Typing bool
}

// A lineView is one thing said.
type lineView struct {
	locale.Say
	casework.Line
	Lang  string
	Clock string
	Team  bool
}

func (d *desk) talkStatus(v visit, c chat.Conversation, typing bool) talkStatus {
	s := talkStatus{Say: v.say, State: c.State, Gone: c.Gone, Typing: typing}
	if c.State == chat.Held {
		s.Mine, s.Holder, s.Lease = c.Member == v.Me.ID, v.Handle(c.Member), span(v.say, c.Lease.Sub(d.Now()))
	}
	return s
}

func (d *desk) lines(v visit, t casework.Talk, after uint64) (out []lineView) {
	today := d.Now().In(d.zone).Format("2006-01-02")
	for _, l := range t.Lines {
		if l.Seq <= after && after > 0 {
			continue
		}
		at := l.At.In(d.zone)
		clock := at.Format("15:04")
		if at.Format("2006-01-02") != today {
			clock = at.Format("2006-01-02 15:04")
		}
		if l.At.IsZero() {
			clock = ""
		}
		out = append(out, lineView{v.say, l, t.Lang, clock, l.From == seal.FromTeam})
	}
	return out
}

func (d *desk) talkView(v visit, t casework.Talk, to string) talkView {
	view := talkView{Say: v.say, ID: t.ID, Lang: t.Lang, Tongue: d.languageName(t.Lang), Door: t.Door, Sealed: t.SealedBy,
		Status: d.talkStatus(v, t.Conversation, false), Lines: d.lines(v, t, 0), Last: t.Seq, Odd: odd(v.say, t.Warnings),
		Message: id.New[id.Message](), Phrases: phrasesFor(v.say.Tag, t.Lang), Case: t.Case, To: to, Keeps: v.Me.Role.May(staff.Keep)}
	view.Live = t.State != chat.Closed
	v.mu.Lock()
	view.Draft = v.drafts[t.ID]
	v.mu.Unlock()
	for _, m := range v.Members() {
		if m.ID != v.Me.ID && m.Role.May(staff.Answer) {
			view.Others = append(view.Others, m)
		}
	}
	return view
}

func (d *desk) talk(w http.ResponseWriter, r *http.Request, v visit) error {
	c := id.Conversation(r.PathValue("talk"))
	t, err := v.Talk(r.Context(), c)
	if err != nil {
		return err
	}
	if err := v.Here(r.Context()); err != nil {
		return err
	}
	return d.show(w, http.StatusOK, "talk.html", talkPage{d.newPage(r, v), d.talkView(v, t, "/talk/"+string(c))})
}

// talkForm reads a form on a conversation: which, and the page to come back to.
func talkForm(r *http.Request) (id.Conversation, string, error) {
	c := id.Conversation(r.PathValue("talk"))
	if err := form(r); err != nil {
		return c, "", err
	}
	return c, ours(r.PostFormValue("to"), "/talk/"+string(c)), nil
}

func (d *desk) reply(w http.ResponseWriter, r *http.Request, v visit) error {
	c, to, err := talkForm(r)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n"))
	m := id.Message(r.PostFormValue("id"))
	v.keepDraft(c, m, text)
	if _, err = v.Reply(r.Context(), c, m, text); err == nil {
		v.mu.Lock()
		v.sent[c] = m
		delete(v.drafts, c)
		v.mu.Unlock()
	}
	return d.back(w, r, v, to, "", err)
}

// keepDraft holds what is being written as message m, in memory, so that it outlives a reload.
func (s *sitting) keepDraft(c id.Conversation, m id.Message, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.sent[c] == m && m != "":
	case text == "" || len(text) > 4*seal.MaxMessage:
		delete(s.drafts, c)
	default:
		s.drafts[c] = text
	}
}

// draft keeps what is being written and tells the visitor that somebody writes; with a phrase it adds
// that to it.
func (d *desk) draft(w http.ResponseWriter, r *http.Request, v visit) error {
	c, to, err := talkForm(r)
	if err != nil {
		return err
	}
	text := r.PostFormValue("text")
	if p := r.PostFormValue("phrase"); p != "" {
		words, ok := phraseWords(p)
		if !ok {
			return fault.New(fault.Unknown, "no such phrase")
		}
		if text = strings.TrimRight(text, " \r\n"); text != "" {
			text += "\n"
		}
		text += words
	}
	v.keepDraft(c, id.Message(r.PostFormValue("id")), text)
	err = v.Typing(r.Context(), c)
	if r.PostFormValue("phrase") == "" && r.Header.Get("HX-Request") == "true" {
		if err != nil && fault.KindOf(err) != fault.Conflict {
			return err
		}
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return d.back(w, r, v, to, "", err)
}

// act makes an action of a step in a conversation. done is the page that follows it when it went well.
func (d *desk) act(w http.ResponseWriter, r *http.Request, v visit, done string, f func(id.Conversation) error) error {
	c, to, err := talkForm(r)
	if err != nil {
		return err
	}
	if err = f(c); err == nil && done != "" {
		to = done
	}
	return d.back(w, r, v, to, "", err)
}

func (d *desk) renew(w http.ResponseWriter, r *http.Request, v visit) error {
	return d.act(w, r, v, "", func(c id.Conversation) error { return v.Renew(r.Context(), c) })
}

func (d *desk) giveBack(w http.ResponseWriter, r *http.Request, v visit) error {
	return d.act(w, r, v, "/queue", func(c id.Conversation) error { return v.Return(r.Context(), c) })
}

func (d *desk) transfer(w http.ResponseWriter, r *http.Request, v visit) error {
	return d.act(w, r, v, "/queue", func(c id.Conversation) error {
		return v.Transfer(r.Context(), c, id.Member(r.PostFormValue("member")))
	})
}

func (d *desk) closeTalk(w http.ResponseWriter, r *http.Request, v visit) error {
	return d.act(w, r, v, "", func(c id.Conversation) error { return v.Close(r.Context(), c) })
}

// openCase makes a case of a conversation.
func (d *desk) openCase(w http.ResponseWriter, r *http.Request, v visit) error {
	c, to, err := talkForm(r)
	if err != nil {
		return err
	}
	k, err := v.OpenCase(r.Context(), c, strings.TrimSpace(r.PostFormValue("label")))
	if err == nil {
		to = "/cases/" + string(k)
	}
	return d.back(w, r, v, to, "", err)
}
