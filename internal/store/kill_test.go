package store_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"amparo/internal/bus"
	"amparo/internal/chat"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/store"
	"amparo/internal/store/pgtest"
	"amparo/internal/switchboard"
)

// These tests kill a hub again and again while both sides of several conversations speak. The hub is
// this test binary, started again as a child; those who speak live in the parent, and resend what was
// not acknowledged before the kill. SQLite: the whole store dies with the child. PostgreSQL: only the
// client dies, at any point of its talk with the server; that shows that the hub acknowledges nothing
// before the server does and that resending is safe, not how the server survives a crash of its own.

func TestMain(m *testing.M) {
	if url := os.Getenv("STORE_TEST_HUB"); url != "" {
		if err := serve(url, os.Getenv("STORE_TEST_EARLY") != "", os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// An order is what a speaker asks of the hub: to open, to claim, or to keep a message.
type order struct {
	Speaker int
	Do      string
	Open    switchboard.Opening
	Message chat.Message
	Die     bool // be killed when it is kept, before it is acknowledged
}

// An answer is the acknowledgement, or why there is none.
type answer struct {
	Speaker int
	Receipt chat.Receipt
	Known   bool // it had been kept before, and only the acknowledgement was lost
	Err     string
}

// serve is the child: it carries out orders at once and answers each when it is done.
func serve(url string, early bool, in io.Reader, out io.Writer) error {
	ctx := context.Background()
	s, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	defer s.Close()
	h := switchboard.New(s, &bus.Memory{}, time.Now)
	entry, err := h.LogIn(ctx, staff.Login{Handle: "ana", Proof: [32]byte{'a'}})
	if err != nil {
		return err
	}
	ana, err := h.Enter(ctx, switchboard.Token(entry.Token))
	if err != nil {
		return err
	}
	if early {
		h.Store = &hasty{Store: s}
	}
	var one sync.Mutex
	var all sync.WaitGroup
	for orders := json.NewDecoder(in); ; {
		var o order
		if err := orders.Decode(&o); err == io.EOF {
			all.Wait()
			return nil
		} else if err != nil {
			return err
		}
		all.Go(func() {
			a := answer{Speaker: o.Speaker}
			err := s.Read(ctx, func(tx switchboard.Tx) error {
				_, err := tx.MessageByID(o.Message.Conversation, o.Message.ID)
				a.Known = err == nil
				return nil
			})
			switch o.Do {
			case "open":
				err = h.Open(ctx, o.Open, chat.ByBrowser)
			case "claim":
				_, err = h.Claim(ctx, ana, o.Open.Conversation)
			case "say":
				a.Receipt, err = h.Say(ctx, o.Open.Visit, o.Message)
			case "reply":
				a.Receipt, err = h.Reply(ctx, ana, o.Message)
			}
			if err != nil {
				a.Err = err.Error()
			}
			if o.Die {
				syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}
			line, _ := json.Marshal(a)
			one.Lock()
			defer one.Unlock()
			out.Write(append(line, '\n'))
		})
	}
}

// hasty is a store that must be found out: it acknowledges a write when it is made, and keeps it only
// when the next one comes.
type hasty struct {
	switchboard.Store
	mu   sync.Mutex
	last func()
}

func (h *hasty) Write(ctx context.Context, f func(switchboard.Tx) error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.last != nil {
		h.last()
	}
	made, go_, kept := make(chan error, 1), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(kept)
		h.Store.Write(ctx, func(tx switchboard.Tx) error {
			err := f(tx)
			made <- err
			<-go_
			return err
		})
	}()
	h.last = func() { close(go_); <-kept }
	return <-made
}

// A speaker is one side of a conversation. What it has ordered stays ordered until it is acknowledged.
type speaker struct {
	*talker
	from    seal.Direction
	pending *order
	ready   bool // opened, or claimed
}

func (s *speaker) order(n int) (order, error) {
	if s.pending == nil {
		o := order{Speaker: n, Open: s.Opening}
		switch visitor := s.from == seal.FromVisitor; {
		case !s.ready && visitor:
			o.Do = "open"
		case !s.ready:
			o.Do = "claim"
		case visitor:
			o.Do = "say"
		default:
			o.Do = "reply"
		}
		if s.ready {
			var err error
			if o.Message, err = s.next(s.from); err != nil {
				return o, err
			}
		}
		s.pending = &o
	}
	return *s.pending, nil
}

func (s *speaker) acknowledged(r chat.Receipt) {
	if s.ready {
		s.heard(s.pending.Message, r)
	}
	s.ready, s.pending = true, nil
}

// A trial is a hub that is killed, and those who speak to it.
type trial struct {
	url      string
	early    bool
	speakers []*speaker

	kills, sent, acks, messages int
	resent, known               int // sent again; of those, kept before the kill
}

func newTrial(t *testing.T, url string, talkers int) *trial {
	t.Helper()
	s := open(t, url)
	h := newHub(t, s)
	x := &trial{url: url}
	for range talkers {
		v := visit(t, h)
		x.speakers = append(x.speakers, &speaker{talker: v, from: seal.FromVisitor}, &speaker{talker: v, from: seal.FromTeam})
	}
	return x
}

// live starts a hub, has all speak until so many acknowledgements came, and kills it: a moment later, or
// when the next order is kept and not acknowledged. A negative number lets each finish what it had
// begun, and the hub end in peace.
func (x *trial) live(acks int, moment time.Duration, kept bool) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var complaint bytes.Buffer
	child := exec.Command(self)
	child.Env = append(os.Environ(), "STORE_TEST_HUB="+x.url)
	if x.early {
		child.Env = append(child.Env, "STORE_TEST_EARLY=1")
	}
	child.Stderr = &complaint
	in, err := child.StdinPipe()
	if err != nil {
		return err
	}
	out, err := child.StdoutPipe()
	if err != nil {
		return err
	}
	if err := child.Start(); err != nil {
		return err
	}
	kill := func() { time.AfterFunc(moment, func() { child.Process.Kill() }) }
	if kept {
		kill = nil
	}
	err = x.talk(json.NewEncoder(in), bufio.NewReader(out), acks, kill)
	in.Close()
	if err != nil {
		child.Process.Kill()
	}
	if end := child.Wait(); err == nil && end != nil && acks < 0 {
		err = fmt.Errorf("hub: %w: %s", end, complaint.String())
	}
	return err
}

// talk orders and hears answers until the hub is silent, or nothing is left to finish. Without kill,
// the hub is told to die.
func (x *trial) talk(to *json.Encoder, from *bufio.Reader, acks int, kill func()) error {
	waiting, heard := 0, 0
	tell := func(n int) error {
		s := x.speakers[n]
		again := s.pending != nil
		o, err := s.order(n)
		if err != nil {
			return err
		}
		o.Die = kill == nil && acks > 0 && heard >= acks
		waiting++
		x.sent++
		if again {
			x.resent++
		}
		to.Encode(o) // to a hub that is dead already: it is sent again to the next
		return nil
	}
	for n, s := range x.speakers {
		if acks >= 0 || s.pending != nil {
			if err := tell(n); err != nil {
				return err
			}
		}
	}
	for acks >= 0 || waiting > 0 {
		line, err := from.ReadBytes('\n')
		if err != nil { // the hub is dead; half a line is no acknowledgement
			if heard < acks {
				return fmt.Errorf("the hub died by itself: %w", err)
			}
			return nil
		}
		var a answer
		if err := json.Unmarshal(line, &a); err != nil {
			return err
		}
		if a.Err != "" {
			return fmt.Errorf("speaker %d: %s", a.Speaker, a.Err)
		}
		waiting--
		heard++
		x.acks++
		if a.Known {
			x.known++
		}
		x.speakers[a.Speaker].acknowledged(a.Receipt)
		if heard == acks && kill != nil {
			kill()
		}
		if acks >= 0 {
			if err := tell(a.Speaker); err != nil {
				return err
			}
		}
	}
	return nil
}

// run kills the hub so often and then compares what is kept with what was acknowledged.
func (x *trial) run(ctx context.Context, kills int) error {
	for x.kills < kills {
		moment := time.Duration(rand.IntN(4000)) * time.Microsecond
		if err := x.live(1+rand.IntN(60), moment, x.kills%3 == 2); err != nil {
			return err
		}
		x.kills++
	}
	if err := x.live(-1, 0, false); err != nil { // what was begun is finished
		return err
	}
	s, err := store.Open(ctx, x.url)
	if err != nil {
		return err
	}
	defer s.Close()
	for _, p := range s.Check(ctx) {
		return errors.New(p.String())
	}
	h := switchboard.New(s, &bus.Memory{}, time.Now)
	for n := 0; n < len(x.speakers); n += 2 {
		v := x.speakers[n].talker
		c, ms, _, err := h.Said(ctx, v.Visit, 0)
		if err != nil {
			return err
		}
		if err := v.holds(c, ms); err != nil {
			return err
		}
		x.messages += len(ms)
	}
	return nil
}

func (x *trial) report(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
	t.Logf("%d kills, %d orders sent, %d acknowledged, %d resent (%d of them had been kept), %d messages kept", x.kills, x.sent, x.acks, x.resent, x.known, x.messages)
	if x.known == 0 || x.known == x.resent || x.messages < x.kills {
		t.Error("the kills all came at the same kind of moment: the test tests too little")
	}
}

func TestNothingAcknowledgedIsLostInSQLite(t *testing.T) {
	x := newTrial(t, file(t), 6)
	x.report(t, x.run(t.Context(), 50))
}

func TestNothingAcknowledgedIsLostInPostgreSQL(t *testing.T) {
	x := newTrial(t, pgtest.URL(t), 6)
	x.report(t, x.run(t.Context(), 12))
}

func TestAHubThatAcknowledgesTooEarlyIsFoundOut(t *testing.T) {
	x := newTrial(t, file(t), 6)
	x.early = true
	if err := x.run(t.Context(), 20); err == nil {
		t.Errorf("%d kills of a hub that acknowledges before it keeps, and nothing was missed", x.kills)
	} else {
		t.Log(err)
	}
}

// TestSoakKills kills the hub for as long as AMPARO_SOAK says.
func TestSoakKills(t *testing.T) {
	how := os.Getenv("AMPARO_SOAK")
	if how == "" {
		t.Skip("runs with make soak")
	}
	length, err := time.ParseDuration(how)
	if err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(length); time.Now().Before(until); {
		x := newTrial(t, file(t), 8)
		x.report(t, x.run(t.Context(), 100))
	}
}
