// Package deskapi is the hub's side of the line to the desks: each use case of a member is one POST
// of JSON, answered in JSON. package line is the other side.
package deskapi

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// Prefix is where the API lives on the hub.
const Prefix = "/desk/v1/"

// What bounds a request, in bytes: of a member, a new case of several full parts in base64; of one who
// is not logged in, a handle and a proof.
const (
	maxBody     = 4 << 20
	maxStranger = 4 << 10
)

// New is the API over a switchboard. Faults are told by kind; their causes go to log.
func New(s *switchboard.Switchboard, log *slog.Logger) http.Handler {
	return routes(&api{s, log, 20 * time.Second})
}

func routes(a *api) http.Handler {
	s := a.board
	mux := http.NewServeMux()
	route := func(name string, most int64, h func(http.ResponseWriter, *http.Request) error) {
		mux.HandleFunc("POST "+Prefix+name, func(w http.ResponseWriter, r *http.Request) {
			r.Body = http.MaxBytesReader(w, r.Body, most)
			if err := h(w, r); err != nil {
				a.fail(w, r, err)
			}
		})
	}
	member := func(name string, use useCase) {
		route(name, maxBody, func(w http.ResponseWriter, r *http.Request) error { return a.member(w, r, use) })
	}
	route("stretch", maxStranger, func(w http.ResponseWriter, r *http.Request) error {
		return answer(w, r, s.Stretch)
	})
	route("log-in", maxStranger, func(w http.ResponseWriter, r *http.Request) error {
		return answer(w, r, s.LogIn)
	})
	route("watch", maxBody, a.watch)
	member("log-out", plain(func(ctx context.Context, a switchboard.Actor, _ none) error { return s.LogOut(ctx, a) }))
	member("here", plain(func(ctx context.Context, a switchboard.Actor, _ none) error { return s.Here(ctx, a) }))
	member("members", asked(func(ctx context.Context, a switchboard.Actor, _ none) ([]staff.Member, error) {
		return s.Members(ctx, a)
	}))
	member("keys", asked(func(ctx context.Context, a switchboard.Actor, _ none) (vault.Keys, error) { return s.Keys(ctx, a) }))
	member("admit", plain(s.Admit))
	member("give-key", plain(s.GiveKey))
	member("queue", asked(func(ctx context.Context, a switchboard.Actor, _ none) ([]chat.Conversation, error) {
		return s.Queue(ctx, a)
	}))
	member("claim", asked(s.Claim))
	member("renew", asked(s.Renew))
	member("return", asked(s.Return))
	member("transfer", asked(s.Transfer))
	member("close", asked(s.Close))
	member("read", asked(s.Read))
	member("reply", asked(s.Reply))
	member("team-typing", plain(s.TeamTyping))
	member("new-case", plain(s.NewCase))
	member("cases", asked(func(ctx context.Context, a switchboard.Actor, _ none) ([]vault.Listing, error) {
		return s.Cases(ctx, a)
	}))
	member("case", asked(s.Case))
	member("put-part", plain(s.PutPart))
	member("assign", plain(s.Assign))
	member("close-case", plain(s.CloseCase))
	member("rows", asked(func(ctx context.Context, a switchboard.Actor, _ none) ([]vault.Row, error) { return s.Rows(ctx, a) }))
	member("release", plain(s.Release))
	member("releases", asked(func(ctx context.Context, a switchboard.Actor, _ none) ([]vault.Release, error) {
		return s.Releases(ctx, a)
	}))
	return mux
}

type api struct {
	board *switchboard.Switchboard
	log   *slog.Logger
	beat  time.Duration // between signs of life on a stream
}

// none is the argument of a use case that has none.
type none struct{}

// A useCase reads its argument from JSON and gives its answer.
type useCase func(ctx context.Context, a switchboard.Actor, r *http.Request) (any, error)

func asked[In, Out any](f func(context.Context, switchboard.Actor, In) (Out, error)) useCase {
	return func(ctx context.Context, a switchboard.Actor, r *http.Request) (any, error) {
		in, err := decode[In](r)
		if err != nil {
			return nil, err
		}
		return f(ctx, a, in)
	}
}

func plain[In any](f func(context.Context, switchboard.Actor, In) error) useCase {
	return asked(func(ctx context.Context, a switchboard.Actor, in In) (none, error) { return none{}, f(ctx, a, in) })
}

func decode[In any](r *http.Request) (in In, err error) {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		var long *http.MaxBytesError
		if errors.As(err, &long) {
			return in, fault.New(fault.TooLong, "request above %d bytes", long.Limit)
		}
		return in, fault.New(fault.Invalid, "request is not the JSON expected") // err could quote content
	}
	return in, nil
}

func answer[In, Out any](w http.ResponseWriter, r *http.Request, f func(context.Context, In) (Out, error)) error {
	in, err := decode[In](r)
	if err != nil {
		return err
	}
	out, err := f(r.Context(), in)
	if err != nil {
		return err
	}
	return write(w, out)
}

func write(w http.ResponseWriter, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(b) // the desk is gone: nothing to tell it
	return nil
}

func (a *api) actor(r *http.Request) (switchboard.Actor, error) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return switchboard.Actor{}, fault.New(fault.Stranger, "no bearer token")
	}
	return a.board.Enter(r.Context(), switchboard.Token(token))
}

func (a *api) member(w http.ResponseWriter, r *http.Request, use useCase) error {
	actor, err := a.actor(r)
	if err != nil {
		return err
	}
	out, err := use(r.Context(), actor, r)
	if err != nil {
		return err
	}
	return write(w, out)
}

// writeTimeout is how long a reader may take nothing before it counts as gone.
const writeTimeout = 20 * time.Second

// watch streams notes, one JSON line each, with an empty line now and then to show that it lives. It
// ends with the session.
func (a *api) watch(w http.ResponseWriter, r *http.Request) error {
	actor, err := a.actor(r)
	if err != nil {
		return err
	}
	cs, err := decode[[]id.Conversation](r)
	if err != nil {
		return err
	}
	notes, stop, err := a.board.Watch(r.Context(), actor, cs...)
	if err != nil {
		return err
	}
	defer stop()
	rc := http.NewResponseController(w)
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set("Cache-Control", "no-store")
	beat := time.NewTicker(a.beat)
	defer beat.Stop()
	defer rc.SetWriteDeadline(time.Time{}) // the connection may serve another request
	for line := []byte("\n"); ; {
		_ = rc.SetWriteDeadline(time.Now().Add(a.beat + writeTimeout)) // not every server has one
		if _, err := w.Write(line); err != nil {
			return nil
		}
		if err := rc.Flush(); err != nil {
			return nil
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-beat.C:
			if _, err := a.actor(r); err != nil {
				return nil // what was told before the stream began cannot be told now
			}
			line = []byte("\n")
		case n := <-notes:
			b, err := json.Marshal(n)
			if err != nil {
				return err
			}
			line = append(b, '\n')
		}
	}
}

// A Refusal is how a fault goes over the line.
type Refusal struct {
	Kind  fault.Kind `json:"kind"`
	Field string     `json:"field,omitempty"`
}

func (a *api) fail(w http.ResponseWriter, r *http.Request, err error) {
	kind := fault.KindOf(err)
	level := slog.LevelInfo
	if kind == fault.Internal || kind == fault.Full {
		level = slog.LevelError
	}
	a.log.Log(r.Context(), level, "desk request refused", "route", r.Pattern, "kind", kind, "err", err)
	b, _ := json.Marshal(Refusal{kind, fault.FieldOf(err)})
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(kind.Status())
	_, _ = w.Write(b)
}
