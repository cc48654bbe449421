package hub

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/switchboard"
)

// The calls of the visitor's own script (client/api.js). Each that concerns a conversation names it in
// X-Conversation and brings its token as a bearer's; no address ever holds either.

// call makes a handler of a call: its answer as JSON, or the kind of what went wrong.
func (h *Hub) call(f func(http.ResponseWriter, *http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer, err := f(w, r)
		switch {
		case errors.Is(err, errWritten):
		case err != nil:
			h.failCall(w, r, err)
		case answer == nil:
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Content-Type", "application/json")
			json.NewEncoder(w).Encode(answer)
		}
	}
}

// A failedCall is all that a script is told of an error.
type failedCall struct {
	Error fault.Kind `json:"error"`
	Field string     `json:"field,omitempty"`
}

func (h *Hub) failCall(w http.ResponseWriter, r *http.Request, err error) {
	h.note(r, err)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status(err))
	json.NewEncoder(w).Encode(failedCall{fault.KindOf(err), fault.FieldOf(err)})
}

// visitOf reads who asks. What cannot be a visit is answered like an unknown one.
func visitOf(r *http.Request) (v switchboard.Visit, err error) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	v = switchboard.Visit{Conversation: id.Conversation(r.Header.Get("X-Conversation")), Token: switchboard.Token(token)}
	if !ok || !id.Valid(v.Conversation) {
		return v, fault.New(fault.Unknown, "no visit named")
	}
	return v, nil
}

// receive reads one JSON object into v.
func receive(r *http.Request, v any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	err := d.Decode(v)
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return fault.New(fault.TooLong, "body over %d bytes", long.Limit)
	case err != nil:
		return fault.Field("body", "not the object expected") // the cause might quote what was sent
	}
	if _, err := d.Token(); err != io.EOF {
		return fault.Field("body", "more than one object")
	}
	return nil
}

// A queueKey is what a browser seals a conversation's key to.
type queueKey struct {
	Org    string `json:"org"`
	Key    id.Key `json:"key"`
	Public []byte `json:"public"`
}

func (h *Hub) v1Key(_ http.ResponseWriter, r *http.Request) (any, error) {
	org, key, err := h.Switchboard.Org(r.Context())
	if err != nil {
		return nil, err
	}
	return queueKey{org.ID, key.ID, key.Public}, nil
}

func (h *Hub) v1Open(_ http.ResponseWriter, r *http.Request) (any, error) {
	v, err := visitOf(r)
	if err != nil {
		return nil, err
	}
	var o struct {
		Door     chat.Door
		Lang     string
		Key      id.Key
		Envelope []byte
	}
	if err := receive(r, &o); err != nil {
		return nil, err
	}
	if !h.words.Has(o.Lang) {
		return nil, fault.Field("lang", "no page is in it")
	}
	return nil, h.Switchboard.Open(r.Context(), switchboard.Opening{Visit: v, Door: o.Door, Lang: o.Lang, Key: o.Key, Envelope: o.Envelope}, chat.ByBrowser)
}

func (h *Hub) v1Say(_ http.ResponseWriter, r *http.Request) (any, error) {
	v, err := visitOf(r)
	if err != nil {
		return nil, err
	}
	var m struct {
		ID   id.Message
		Turn uint64
		Body []byte
	}
	if err := receive(r, &m); err != nil {
		return nil, err
	}
	if len(m.Body) == 0 || m.Body[0] != seal.Format {
		return nil, fault.Field("body", "not sealed")
	}
	return h.Switchboard.Say(r.Context(), v, chat.Message{ID: m.ID, Turn: m.Turn, Body: m.Body, SealedBy: chat.ByBrowser})
}

// concern makes a call of a use case that needs a visit and nothing else.
func concern(r *http.Request, f func(switchboard.Visit) error) (any, error) {
	v, err := visitOf(r)
	if err != nil {
		return nil, err
	}
	return nil, f(v)
}

func (h *Hub) v1Typing(_ http.ResponseWriter, r *http.Request) (any, error) {
	return concern(r, func(v switchboard.Visit) error {
		if !h.typed.take(v, h.Switchboard.Now()) {
			return nil // the team knows
		}
		err := h.Switchboard.Typing(r.Context(), v)
		if err != nil {
			h.typed.forget(v)
		}
		return err
	})
}

func (h *Hub) v1End(_ http.ResponseWriter, r *http.Request) (any, error) {
	return concern(r, func(v switchboard.Visit) error { return h.parted(v, h.Switchboard.End(r.Context(), v)) })
}

func (h *Hub) v1Erase(_ http.ResponseWriter, r *http.Request) (any, error) {
	return concern(r, func(v switchboard.Visit) error { return h.parted(v, h.Switchboard.Erase(r.Context(), v)) })
}

// v1Leave takes its visit from the body: a beacon, sent while the page goes, carries no headers.
func (h *Hub) v1Leave(_ http.ResponseWriter, r *http.Request) (any, error) {
	var b struct{ Conversation, Token string }
	if err := receive(r, &b); err != nil {
		return nil, err
	}
	v := switchboard.Visit{Conversation: id.Conversation(b.Conversation), Token: switchboard.Token(b.Token)}
	return nil, h.parted(v, h.Switchboard.Leave(r.Context(), v))
}

func (h *Hub) v1Unknown(http.ResponseWriter, *http.Request) (any, error) {
	return nil, fault.New(fault.Unknown, "no such call")
}
