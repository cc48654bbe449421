package desk

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
)

const (
	beat       = 20 * time.Second // a sign of life to browser and hub, and the time left told again
	typingFor  = 6 * time.Second  // how long "is writing" stays after the last sign of it
	retryAfter = 3 * time.Second  // how soon a browser comes back after a stream ends
)

// over tells a page whose sitting has ended to come back: a stream cannot be answered by the login.
func over(w http.ResponseWriter) error {
	s, err := newEvents(w)
	if err != nil {
		return err
	}
	return s.send("over", "", "over")
}

// An events is one text/event-stream.
type events struct {
	w  io.Writer
	rc *http.ResponseController
}

func newEvents(w http.ResponseWriter) (*events, error) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	s := &events{w, http.NewResponseController(w)}
	_ = s.rc.SetWriteDeadline(time.Time{}) // a stream outlives the server's bound; not every server has one
	_, err := fmt.Fprintf(w, "retry: %d\n\n", retryAfter.Milliseconds())
	if err != nil {
		return nil, errGone
	}
	return s, nil
}

// send writes one event; each line of data becomes a data line.
func (s *events) send(event, key, data string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "event: %s\n", event)
	if key != "" {
		fmt.Fprintf(&b, "id: %s\n", key)
	}
	for line := range strings.Lines(data) {
		fmt.Fprintf(&b, "data: %s\n", strings.TrimRight(line, "\r\n"))
	}
	b.WriteByte('\n')
	if _, err := io.WriteString(s.w, b.String()); err != nil {
		return errGone
	}
	return s.flush()
}

func (s *events) flush() error {
	if err := s.rc.Flush(); err != nil {
		return errGone
	}
	return nil
}

func (d *desk) render(name string, data any) (string, error) {
	var b bytes.Buffer
	err := d.pages.ExecuteTemplate(&b, name, data)
	return b.String(), err
}

// A look sends what there is to see. n is the note that asked for it, or nil. It may ask to be called
// again after a while.
type look func(s *events, n *chat.Note) (again time.Duration, err error)

// watch runs look at once, at each note and at each beat, until the browser or the sitting is gone.
// When the hub is lost it ends: the browser comes back by itself.
func (d *desk) watch(w http.ResponseWriter, r *http.Request, v visit, topics []id.Conversation, see look) error {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(v.ctx, cancel)()
	notes, err := v.Watch(ctx, topics...)
	if err != nil {
		return err
	}
	s, err := newEvents(w)
	if err != nil {
		return err
	}
	ticks := time.NewTicker(beat)
	defer ticks.Stop()
	var note *chat.Note
	for {
		again, err := see(s, note)
		if err != nil {
			return d.ended(v, err)
		}
		var soon <-chan time.Time
		if again > 0 {
			soon = time.After(again)
		}
		note = nil
		select {
		case <-ctx.Done():
			return nil
		case n, ok := <-notes:
			if !ok {
				return nil
			}
			note = &n
		case <-soon:
		case <-ticks.C:
			if err := v.Here(ctx); err != nil {
				return d.ended(v, err)
			}
		}
	}
}

// ended ends a stream: what went wrong cannot be told as a page any more. A session that is over is
// dropped, so that the next request leads to the login.
func (d *desk) ended(v visit, err error) error {
	if fault.KindOf(err) == fault.Stranger {
		d.sittings.drop(v.token)
	}
	return errGone
}

func (d *desk) queueLive(w http.ResponseWriter, r *http.Request, v visit) error {
	return d.watch(w, r, v, nil, func(s *events, _ *chat.Note) (time.Duration, error) {
		q, err := v.Queue(r.Context())
		if err != nil {
			return 0, err
		}
		html, err := d.render("queue-list", d.queueView(v, q))
		if err != nil {
			return 0, err
		}
		return 0, s.send("queue", "", html)
	})
}

// talkLive sends what is said after the number in the query, and the conversation's state. A line is
// sent once; a browser that comes back names the last it has.
func (d *desk) talkLive(w http.ResponseWriter, r *http.Request, v visit) error {
	c := id.Conversation(r.PathValue("talk"))
	var last uint64
	from := r.Header.Get("Last-Event-ID")
	if from == "" {
		from = r.URL.Query().Get("after")
	}
	if _, err := fmt.Sscan(from, &last); err != nil {
		last = 0
	}
	if _, err := v.Talk(r.Context(), c); err != nil { // before the stream begins it can still be told
		return err
	}
	var typing time.Time
	var known chat.Conversation // as last read
	return d.watch(w, r, v, []id.Conversation{c}, func(s *events, n *chat.Note) (time.Duration, error) {
		if n != nil {
			switch {
			case n.Topic == chat.Queue, n.Sign == chat.TeamTyping:
				return 0, nil
			case n.Sign == chat.VisitorTyping:
				typing = d.Now()
				if known.ID != "" { // nothing was said: the talk need not be opened again
					return d.tellStatus(s, v, known, typing)
				}
			}
		}
		t, err := v.Talk(r.Context(), c)
		if fault.KindOf(err) == fault.Unknown { // handed over, or erased: a stream that ended would be come back for
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
		for _, l := range d.lines(v, t, last) {
			if l.Seq <= last { // a gap or a repetition: the page tells of it when it is loaded
				continue
			}
			html, err := d.render("line", l)
			if err != nil {
				return 0, err
			}
			if err := s.send("line", fmt.Sprint(l.Seq), html); err != nil {
				return 0, err
			}
			last = l.Seq
			if l.From == seal.FromVisitor {
				typing = time.Time{}
			}
		}
		known = t.Conversation
		return d.tellStatus(s, v, known, typing)
	})
}

// tellStatus sends how a conversation stands, and asks to be called again when the typing is to be gone.
func (d *desk) tellStatus(s *events, v visit, c chat.Conversation, typing time.Time) (again time.Duration, err error) {
	left := typingFor - d.Now().Sub(typing)
	html, err := d.render("talk-status", d.talkStatus(v, c, left > 0))
	if err != nil {
		return 0, err
	}
	return max(left, 0), s.send("status", "", html)
}
