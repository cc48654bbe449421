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
	Messages []chat.Message
	Place    *chat.Place // when it changed
	Typing   bool        // a member is writing
}

const (
	heartbeat = 20 * time.Second
	// queuePause bounds how often a stream looks at the queue for others' sake: each look reads all of
	// the queue, and every word said anywhere announces it. Streams that would look at once do it in turn,
	// so that of all the work of a hub theirs is never more than one look.
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
	var turn chan<- struct{}   // set once the queue is to be looked at, in turn with the other streams
	var place *chat.Place
	read := func() (n news, err error) {
		queue, turn = nil, nil
		_, ms, p, err := h.Switchboard.Said(ctx, v, after)
		if err != nil {
			return n, err
		}
		n.Messages = ms
		if place == nil || *place != p {
			place, n.Place = &p, &p
		}
		if len(ms) > 0 {
			after = ms[len(ms)-1].Seq
		}
		return n, nil
	}
	for look := true; ; {
		if look {
			n, err := read()
			if err == nil {
				err = show(n)
			}
			if err != nil {
				return err
			}
		}
		if place.State == chat.Closed {
			h.presence.forget(v.Conversation)
			return nil
		}
		look = false
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-h.done:
			return errClosing
		case <-beat.C:
			if err := show(news{}); err != nil {
				return err
			}
			turn = h.turn // nobody may be on duty any more, which no note tells
		case <-queue:
			queue, turn = nil, h.turn
		case turn <- struct{}{}:
			n, err := func() (news, error) {
				defer func() { <-h.turn }()
				return read()
			}()
			if err == nil && (n.Place != nil || len(n.Messages) > 0) {
				err = show(n)
			}
			if err != nil {
				return err
			}
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
				look = true
			}
		}
	}
}

// placeLine says a place in the queue in words.
func placeLine(say locale.Say, p chat.Place) string {
	switch {
	case p.State == chat.Closed:
		return say.Line("place.over")
	case p.State == chat.Held:
		return say.Line("place.held")
	case !p.OnDuty:
		return say.Line("place.nobody")
	case p.Ahead == 0:
		return say.Line("place.next")
	}
	return say.Line("place.ahead", "N", p.Ahead)
}

func (h *Hub) newPlaceNote(say locale.Say, p chat.Place) *placeNote {
	n := &placeNote{Say: say, Line: placeLine(say, p)}
	if p.State == chat.Waiting && !p.OnDuty {
		n.Numbers = h.numbers(say)
	}
	return n
}
