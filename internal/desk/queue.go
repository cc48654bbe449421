package desk

import (
	"net/http"
	"time"

	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/locale"
)

type queuePage struct {
	page
	Queue queueView
	Live  bool // follow the queue
}

// A queueView is the part of the page that is sent again when the queue changes.
type queueView struct {
	locale.Say
	Waiting, Mine, Others []queueRow
}

// A queueRow is one conversation in the queue: nothing in it was said by the person.
type queueRow struct {
	locale.Say
	ID     id.Conversation
	Short  string // first letters of the id, to tell two rows apart aloud
	Door   chat.Door
	Tongue string // its own name, or the tag
	Sealed chat.Sealer
	For    string // how long it has been waiting
	Lease  string // how long the hold lasts still
	Holder string
	Case   id.Case
	Gone   bool
	Quiet  bool // nothing was said yet
}

func (d *desk) queue(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := v.Here(r.Context()); err != nil {
		return err
	}
	q, err := v.Queue(r.Context())
	if err != nil {
		return err
	}
	return d.show(w, http.StatusOK, "queue.html", queuePage{d.newPage(r, v), d.queueView(v, q), true})
}

func (d *desk) queueView(v visit, q casework.Queue) queueView {
	now := d.Now()
	rows := func(cs []chat.Conversation) (out []queueRow) {
		for _, c := range cs {
			row := queueRow{Say: v.say, ID: c.ID, Short: string(c.ID[:4]), Door: c.Door, Tongue: d.languageName(c.Lang), Sealed: c.SealedBy,
				For: span(v.say, now.Sub(c.Since)), Case: c.Case, Gone: c.Gone, Quiet: c.Visitor == 0}
			if c.State == chat.Held {
				row.Lease, row.Holder = span(v.say, c.Lease.Sub(now)), v.Handle(c.Member)
			}
			out = append(out, row)
		}
		return out
	}
	return queueView{v.say, rows(q.Waiting), rows(q.Mine), rows(q.Others)}
}

// languageName is a language's own name for itself where the console knows it, else its tag.
func (d *desk) languageName(tag string) string {
	for _, l := range tongues {
		if l.Tag == tag {
			return l.Name
		}
	}
	return tag
}

// tongues are the languages offered for a person, each by its own name.
var tongues = []struct{ Tag, Name string }{
	{"en", "English"}, {"es", "Español"}, {"zh-Hans", "简体中文"}, {"vi", "Tiếng Việt"}, {"tl", "Tagalog"}, {"pt", "Português"},
	{"ht", "Kreyòl ayisyen"}, {"ar", "العربية"}, {"ru", "Русский"}, {"uk", "Українська"}, {"fr", "Français"}, {"ko", "한국어"},
	{"quc", "K’iche’"}, {"mam", "Mam"}, {"kjb", "Q’anjob’al"},
}

// span is a length of time in words, in whole minutes, hours or days.
func span(say locale.Say, d time.Duration) string {
	switch {
	case d < time.Minute:
		return say.T("span.moment")
	case d < time.Hour:
		return say.T("span.minutes", "N", int(d/time.Minute))
	case d < 48*time.Hour:
		return say.T("span.hours", "N", int(d/time.Hour))
	}
	return say.T("span.days", "N", int(d/(24*time.Hour)))
}

func (d *desk) claim(w http.ResponseWriter, r *http.Request, v visit) error {
	c := id.Conversation(r.PathValue("talk"))
	if err := v.Claim(r.Context(), c); err != nil {
		return d.back(w, r, v, "/queue", "", err)
	}
	http.Redirect(w, r, "/talk/"+string(c), http.StatusSeeOther)
	return nil
}
