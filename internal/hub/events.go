package hub

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
)

// Events of the stream, as the script reads them.
type (
	messageEvent struct {
		ID   id.Message     `json:"id"`
		From seal.Direction `json:"from"`
		Turn uint64         `json:"turn"`
		Seq  uint64         `json:"seq"`
		At   time.Time      `json:"at"`
		Body []byte         `json:"body"`
	}
	placeEvent struct {
		State  chat.State `json:"state"`
		OnDuty bool       `json:"onDuty"`
		Line   string     `json:"line"`
	}
)

// v1Events streams what is said and where the visitor stands, as server-sent events. A stream that
// was lost goes on from the number given in Last-Event-ID.
func (h *Hub) v1Events(w http.ResponseWriter, r *http.Request) (any, error) {
	v, err := visitOf(r)
	if err != nil {
		return nil, err
	}
	var after uint64
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		if after, err = strconv.ParseUint(last, 10, 64); err != nil {
			return nil, fault.Field("Last-Event-ID", "not a number")
		}
	}
	c, _, _, err := h.Switchboard.Said(r.Context(), v, after)
	if err != nil {
		return nil, err
	}
	leave, err := h.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	say := h.words.In(c.Lang)
	s := openStream(w, "text/event-stream")
	defer s.end()
	if r.Method == http.MethodHead {
		return nil, errWritten
	}
	err = h.follow(r.Context(), v, after, func(n news) error {
		for _, m := range n.Messages {
			s.event("message", m.Seq, messageEvent{m.ID, m.From, m.Turn, m.Seq, m.At, m.Body})
		}
		if n.Place != nil { // after what was said: with "closed" the reader stops reading
			p := *n.Place
			s.event("place", 0, placeEvent{p.State, p.OnDuty, placeLine(say, p)})
		}
		if n.Typing {
			s.event("typing", 0, struct{}{})
		}
		s.printf(":\n\n")
		return s.flush()
	})
	switch {
	case err == nil || errors.Is(err, errClosing) || r.Context().Err() != nil || s.err != nil:
	case fault.KindOf(err) == fault.Unknown: // erased meanwhile
		s.event("gone", 0, struct{}{})
		s.flush()
	default: // our own mistake; the script comes again
		h.note(r, err)
	}
	return nil, errWritten
}

// A stream is a response that is written bit by bit. A reader that takes nothing for a while is gone.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	err     error
}

const writeTimeout = 20 * time.Second

func openStream(w http.ResponseWriter, contentType string) *stream {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("X-Accel-Buffering", "no") // nginx would gather what is to be seen at once
	s := &stream{w: w, control: http.NewResponseController(w)}
	s.control.SetReadDeadline(time.Time{}) // the request is read; only a writer that stalls is to be cut off
	s.control.SetWriteDeadline(time.Now().Add(writeTimeout))
	w.WriteHeader(http.StatusOK)
	return s
}

// Write is for templates. After the first failure it does nothing.
func (s *stream) Write(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(b)
	s.err = err
	return n, err
}

func (s *stream) printf(format string, args ...any) { fmt.Fprintf(s, format, args...) }

func (s *stream) event(name string, number uint64, data any) {
	b, err := json.Marshal(data)
	if err != nil {
		s.err = err
		return
	}
	if number > 0 {
		s.printf("id: %d\n", number)
	}
	s.printf("event: %s\ndata: %s\n\n", name, b)
}

// end leaves the connection as it was, for the next request.
func (s *stream) end() { s.control.SetWriteDeadline(time.Time{}) }

// flush sends what was written and says whether all of it could be.
func (s *stream) flush() error {
	if s.err != nil {
		return s.err
	}
	s.err = s.control.Flush()
	s.control.SetWriteDeadline(time.Now().Add(heartbeat + writeTimeout))
	return s.err
}
