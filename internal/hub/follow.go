package hub

import (
	"context"
	"errors"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/locale"
	"amparo/internal/switchboard"
)

// news is what a stream shows next. One without anything is a heartbeat: it keeps proxies from
// closing the connection, and finds out whether the reader is still there.
type news struct {
	Conversation chat.Conversation
	Messages     []chat.Message
	Place        *chat.Place // when it changed
	Typing       bool        // a member is writing
}

const (
	heartbeat = 20 * time.Second
	// queuePause bounds how often a stream looks at the queue for others' sake: each look reads all of
	// the queue, and every word said anywhere announces it.
	queuePause = 5 * time.Second
)

// errClosing ends a stream because the hub stops; the conversation goes on.
var errClosing = errors.New("hub: closing")

// follow calls show with all that was said after a number and then with what comes, until ctx ends,
// show fails, the hub closes (errClosing), or the conversation is over (nil).
func (h *Hub) follow(ctx context.Context, v switchboard.Visit, after uint64, show func(news) error) error {
	notes, stop, err := h.Switchboard.Follow(ctx, v)
	if err != nil {
		return err
	}
	defer stop()
	defer h.presence.enter(v, h.Grace)()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	var queue <-chan time.Time // runs while a note of the queue waits
	var place *chat.Place
	look := func() error {
		queue = nil
		c, ms, p, err := h.Switchboard.Said(ctx, v, after)
		if err != nil {
			return err
		}
		n := news{Conversation: c, Messages: ms}
		if place == nil || *place != p {
			place, n.Place = &p, &p
		}
		if len(ms) > 0 {
			after = ms[len(ms)-1].Seq
		}
		return show(n)
	}
	for {
		if err := look(); err != nil {
			return err
		}
		if place.State == chat.Closed {
			h.presence.forget(v.Conversation)
			return nil
		}
		for again := false; !again; {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-h.done:
				return errClosing
			case <-beat.C: // also finds that nobody is on duty any more, which no note tells
				again = true
			case <-queue:
				again = true
			case n, ok := <-notes:
				switch {
				case !ok:
					return fault.New(fault.Internal, "the bus is closed")
				case n.Sign == chat.TeamTyping:
					if err := show(news{Typing: true}); err != nil {
						return err
					}
				case n.Topic == chat.Queue && queue == nil:
					queue = time.After(h.queuePause)
				case n.Topic == string(v.Conversation) && n.Sign == chat.Look:
					again = true
				}
			}
		}
	}
}

// placeLine says a place in the queue in words.
func placeLine(say locale.Say, p chat.Place) string {
	switch {
	case p.State == chat.Closed:
		return say.T("place.over")
	case p.State == chat.Held:
		return say.T("place.held")
	case !p.OnDuty:
		return say.T("place.nobody")
	case p.Ahead == 0:
		return say.T("place.next")
	}
	return say.T("place.ahead", "N", p.Ahead)
}

func (h *Hub) newPlaceNote(say locale.Say, p chat.Place) *placeNote {
	n := &placeNote{Say: say, Line: placeLine(say, p)}
	if p.State == chat.Waiting && !p.OnDuty {
		n.Numbers = h.numbers(say)
	}
	return n
}
