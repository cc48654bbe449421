package switchboard_test

import (
	"errors"
	"testing"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

func TestOpeningTwiceMakesOneConversation(t *testing.T) {
	w := newWorld(t)
	o, before := w.opening(), w.last()
	for range 3 {
		w.ok(w.Open(ctx, o, chat.ByHub))
	}
	if es := w.deeds(before); len(es) != 1 || es[0].Did != "open-conversation" || es[0].By != "" || es[0].To != string(o.Conversation) {
		t.Errorf("recorded %v; want one opening by nobody", es)
	}
	if c := w.conversation(o.Conversation); c.SealedBy != chat.ByHub || c.State != chat.Waiting || !c.Since.Equal(w.now) {
		t.Errorf("kept %+v", c)
	}
	other := o
	other.Token = switchboard.NewToken()
	w.is(fault.Conflict, w.Open(ctx, other, chat.ByHub))
	other = o
	other.Envelope = append([]byte{seal.Format}, bytes(seal.BoxKeyLen-1)...)
	w.is(fault.Conflict, w.Open(ctx, other, chat.ByHub))
}

func TestABadOpeningNamesTheField(t *testing.T) {
	w := newWorld(t)
	for field, spoil := range map[string]func(*switchboard.Opening){
		"conversation": func(o *switchboard.Opening) { o.Conversation = "short" },
		"token":        func(o *switchboard.Opening) { o.Token = "short" },
		"door":         func(o *switchboard.Opening) { o.Door = "back" },
		"lang":         func(o *switchboard.Opening) { o.Lang = "e\x00" },
		"envelope":     func(o *switchboard.Opening) { o.Envelope = o.Envelope[1:] },
	} {
		o := w.opening()
		spoil(&o)
		if err := w.Open(ctx, o, chat.ByBrowser); fault.KindOf(err) != fault.Invalid || fault.FieldOf(err) != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	o := w.opening()
	o.Envelope[0] = seal.Format + 1
	if err := w.Open(ctx, o, chat.ByBrowser); fault.FieldOf(err) != "envelope" {
		t.Errorf("another format: %v", err)
	}
}

func TestOnlyTheQueueKeyInForceIsSealedTo(t *testing.T) {
	w := newWorld(t)
	old, next := w.opening(), w.key(vault.ForQueue)
	next.From = w.now.Add(time.Minute)
	w.ok(w.GiveKey(ctx, w.actors[staff.Administrator], vault.NewKey{Key: next, Wraps: []vault.KeyWrap{
		{Key: next.ID, Member: w.actors[staff.Advocate].ID(), Body: bytes(9)}}}))
	w.ok(w.Open(ctx, old, chat.ByBrowser))
	w.now = w.now.Add(time.Minute)
	if _, k, err := w.Org(ctx); err != nil || k.ID != next.ID {
		t.Errorf("queue key %v, %v; want the new one", k.ID, err)
	}
	w.ok(w.Open(ctx, old, chat.ByBrowser)) // a resend of what is kept
	w.is(fault.Conflict, w.Open(ctx, w.opening(), chat.ByBrowser))
	o := w.opening()
	o.Key = w.numbers.ID
	w.is(fault.Conflict, w.Open(ctx, o, chat.ByBrowser))
}

func TestSayingTwiceKeepsOneMessage(t *testing.T) {
	w := newWorld(t)
	v, m := w.visit(), message(1)
	first, err := w.Say(ctx, v, m)
	w.ok(err)
	w.now = w.now.Add(time.Hour)
	m.SealedBy, m.From = chat.ByDesk, seal.FromTeam // what only the hub says
	again, err := w.Say(ctx, v, m)
	w.ok(err)
	if again != first || first.Seq != 1 {
		t.Errorf("receipts %v and %v; want the same", first, again)
	}
	other := m
	other.Body = bytes(seal.SealedLen(0))
	_, err = w.Say(ctx, v, other)
	w.is(fault.Conflict, err)
	other = m
	other.Turn = 2
	_, err = w.Say(ctx, v, other)
	w.is(fault.Conflict, err)
	for _, turn := range []uint64{0, 1, 3} {
		_, err = w.Say(ctx, v, message(turn))
		w.is(fault.Conflict, err)
	}
	w.ok(w.End(ctx, v))
	if again, err := w.Say(ctx, v, m); err != nil || again != first {
		t.Errorf("after the end the receipt is %v, %v; want %v", again, err, first)
	}
	_, err = w.Say(ctx, v, message(2))
	w.is(fault.Ended, err)
	c, ms, _, err := w.Said(ctx, v, 0)
	w.ok(err)
	if len(ms) != 1 || ms[0].From != seal.FromVisitor || ms[0].SealedBy != chat.ByBrowser || c.Seq != 1 {
		t.Errorf("kept %+v in %+v", ms, c)
	}
}

func TestMessagesOfNoLawfulLengthAreRefused(t *testing.T) {
	w := newWorld(t)
	v := w.visit()
	for n, want := range map[int]fault.Kind{0: fault.Invalid, 100: fault.Invalid, seal.SealedLen(0) - 1: fault.Invalid,
		seal.SealedLen(seal.MaxMessage) + 1: fault.TooLong, 1 << 20: fault.TooLong} {
		m := message(1)
		m.Body = make([]byte, n)
		_, err := w.Say(ctx, v, m)
		w.is(want, err)
	}
	m := message(1)
	m.ID = "short"
	if _, err := w.Say(ctx, v, m); fault.FieldOf(err) != "id" {
		t.Errorf("a bad id: %v", err)
	}
	m = message(1)
	m.Body = make([]byte, seal.SealedLen(seal.MaxMessage))
	_, err := w.Say(ctx, v, m)
	w.ok(err)
}

// A wrong token, a conversation that is not there and an erased one all look the same, to every use case.
func TestAWrongTokenLooksLikeNoConversation(t *testing.T) {
	w := newWorld(t)
	right, erased := w.visit(), w.visit()
	w.ok(w.Erase(ctx, erased))
	wrong, none := right, switchboard.Visit{Conversation: id.New[id.Conversation](), Token: right.Token}
	wrong.Token = switchboard.NewToken()
	before := w.last()
	for name, do := range map[string]func(switchboard.Visit) error{
		"Say":    func(v switchboard.Visit) error { _, err := w.Say(ctx, v, message(1)); return err },
		"Said":   func(v switchboard.Visit) error { _, _, _, err := w.Said(ctx, v, 0); return err },
		"Follow": func(v switchboard.Visit) error { _, _, err := w.Follow(ctx, v); return err },
		"Typing": func(v switchboard.Visit) error { return w.Typing(ctx, v) },
		"End":    func(v switchboard.Visit) error { return w.End(ctx, v) },
		"Leave":  func(v switchboard.Visit) error { return w.Leave(ctx, v) },
		"Erase":  func(v switchboard.Visit) error { return w.Erase(ctx, v) },
	} {
		for _, v := range []switchboard.Visit{wrong, none, erased, {}, {Conversation: right.Conversation}, {Conversation: "x", Token: right.Token}} {
			if err := do(v); fault.KindOf(err) != fault.Unknown || fault.FieldOf(err) != "" {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if es := w.deeds(before); len(es) > 0 {
		t.Errorf("recorded %v", es)
	}
	if _, ms, _, err := w.Said(ctx, right, 0); err != nil || len(ms) > 0 {
		t.Errorf("%v, %v", ms, err)
	}
}

func TestThePlaceInTheQueue(t *testing.T) {
	w := newWorld(t)
	var vs []switchboard.Visit
	for range 3 {
		vs = append(vs, w.visit())
		w.now = w.now.Add(time.Minute)
	}
	place := func(i int) chat.Place {
		t.Helper()
		_, _, p, err := w.Said(ctx, vs[i], 0)
		w.ok(err)
		return p
	}
	if p := place(2); p.Ahead != 2 || p.State != chat.Waiting {
		t.Errorf("place %+v", p)
	}
	_, err := w.Claim(ctx, w.actors[staff.Advocate], vs[0].Conversation)
	w.ok(err)
	if p := place(2); p.Ahead != 1 {
		t.Errorf("place %+v", p)
	}
	w.now = w.now.Add(w.Terms.Lease) // the holder was silent, and nothing has swept
	if p := place(2); p.Ahead != 2 {
		t.Errorf("place %+v; a lease that ran out gives its old place back", p)
	}
	w.ok(w.Leave(ctx, vs[1])) // nothing was said in it
	if p := place(2); p.Ahead != 1 {
		t.Errorf("place %+v", p)
	}
}

func TestLeavingAndComingBack(t *testing.T) {
	w := newWorld(t)
	v := w.visit()
	_, err := w.Say(ctx, v, message(1))
	w.ok(err)
	w.ok(w.Leave(ctx, v))
	if c := w.conversation(v.Conversation); !c.Gone || c.State != chat.Waiting {
		t.Errorf("kept %+v; words that nobody read yet wait on", c)
	}
	_, err = w.Say(ctx, v, message(2))
	w.ok(err)
	if w.conversation(v.Conversation).Gone {
		t.Error("whoever writes is there")
	}
	w.ok(w.Leave(ctx, v)) // the stream was lost for a while
	before := w.last()
	for range 2 {
		_, stop, err := w.Follow(ctx, v)
		w.ok(err)
		defer stop()
	}
	if es := w.deeds(before); w.conversation(v.Conversation).Gone || len(es) != 1 || es[0].Did != "visitor-came-back" {
		t.Errorf("whoever reads is there; recorded %v", es)
	}
	w.ok(w.End(ctx, v))
	_, stop, err := w.Follow(ctx, v)
	w.ok(err)
	defer stop()
	if c := w.conversation(v.Conversation); !c.Gone || c.State != chat.Closed {
		t.Errorf("looking back reopens nothing: %+v", c)
	}
}

func TestEraseLeavesOnlyThatItWas(t *testing.T) {
	w := newWorld(t)
	v, before := w.held(w.actors[staff.Advocate]), w.last()
	_, err := w.Say(ctx, v, message(1))
	w.ok(err)
	w.ok(w.Erase(ctx, v))
	es := w.deeds(before)
	if len(es) != 1 || es[0].Did != "visitor-erased" || es[0].To != string(v.Conversation) {
		t.Errorf("recorded %v", es)
	}
	_, err = w.Read(ctx, w.actors[staff.Advocate], v.Conversation)
	w.is(fault.Unknown, err)
}

func TestSweep(t *testing.T) {
	w := newWorld(t)
	ana := w.actors[staff.Advocate]
	silent, ended, late, inCase, waiting := w.held(ana), w.visit(), w.visit(), w.held(ana), w.visit()
	for _, v := range []switchboard.Visit{silent, waiting} {
		_, err := w.Say(ctx, v, message(1))
		w.ok(err)
	}
	n := newCase(ana)
	n.Conversation = inCase.Conversation
	w.ok(w.NewCase(ctx, ana, n))
	w.ok(w.End(ctx, ended))
	w.ok(w.End(ctx, inCase))
	w.now = w.now.Add(time.Millisecond)
	w.ok(w.End(ctx, late))
	w.now = w.now.Add(w.Terms.Keep)
	w.ok(w.Store.Write(ctx, func(tx switchboard.Tx) error { // these came later
		for _, v := range []switchboard.Visit{silent, waiting} {
			c, err := tx.Conversation(v.Conversation)
			if err != nil {
				return err
			}
			c.Since = w.now
			if err := tx.PutConversation(c); err != nil {
				return err
			}
		}
		return nil
	}))
	before := w.last()
	w.ok(w.Sweep(ctx))
	did := map[string]switchboard.Deed{}
	for _, e := range w.deeds(before) {
		did[e.To] = e.Did
	}
	if len(did) != 2 || did[string(silent.Conversation)] != "lease-ran-out" || did[string(ended.Conversation)] != "expired" {
		t.Errorf("swept %v", did)
	}
	if err := w.Typing(ctx, ended); fault.KindOf(err) != fault.Unknown {
		t.Errorf("an old conversation is still there: %v", err)
	}
	for _, v := range []switchboard.Visit{silent, late, inCase, waiting} {
		w.ok(w.Typing(ctx, v))
	}
	if c := w.conversation(silent.Conversation); c.State != chat.Waiting {
		t.Errorf("a silent holder's conversation is %s", c.State)
	}
	if _, err := w.Enter(ctx, switchboard.NewToken()); fault.KindOf(err) != fault.Stranger {
		t.Error(err)
	}
	w.is(fault.Unknown, w.Here(ctx, ana)) // the session ended long ago, and is dropped
	before = w.last()
	w.ok(w.Sweep(ctx))
	if es := w.deeds(before); len(es) > 0 {
		t.Errorf("the second sweep did %v", es)
	}
}

func TestWhoWaitsInVainIsNotWaitedForForEver(t *testing.T) {
	w := newWorld(t)
	spoke, wordless := w.visit(), w.visit()
	_, err := w.Say(ctx, spoke, message(1))
	w.ok(err)
	state := func(v switchboard.Visit, want chat.State) {
		t.Helper()
		w.ok(w.Sweep(ctx))
		if c := w.conversation(v.Conversation); c.State != want {
			t.Errorf("after %v it is %s; want %s", w.now.Sub(c.Opened), c.State, want)
		}
	}
	w.now = w.now.Add(w.Terms.Wordless - time.Second)
	state(wordless, chat.Waiting)
	w.now = w.now.Add(time.Second)
	state(wordless, chat.Closed)
	state(spoke, chat.Waiting)
	w.now = w.now.Add(w.Terms.Keep)
	state(spoke, chat.Closed)
	w.now = w.now.Add(w.Terms.Keep + time.Second)
	w.ok(w.Sweep(ctx))
	w.is(fault.Unknown, w.Typing(ctx, spoke))
}

func TestAFloodOfOpeningsDoesNotStayInTheQueue(t *testing.T) {
	w := newWorld(t)
	spoke := w.visit()
	_, err := w.Say(ctx, spoke, message(1))
	w.ok(err)
	for range 210 {
		w.now = w.now.Add(time.Millisecond)
		w.visit()
	}
	newest := w.visit()
	w.ok(w.Sweep(ctx))
	cs, err := w.Switchboard.Queue(ctx, w.actors[staff.Advocate])
	w.ok(err)
	if len(cs) > 201 || cs[0].ID != spoke.Conversation || w.conversation(newest.Conversation).State != chat.Waiting {
		t.Errorf("%d wait", len(cs))
	}
}

func TestAConversationHasAnEnd(t *testing.T) {
	w := newWorld(t)
	v := w.visit()
	w.ok(w.Store.Write(ctx, func(tx switchboard.Tx) error {
		c, err := tx.Conversation(v.Conversation)
		c.Visitor = chat.MaxTurns - 1
		return errors.Join(err, tx.PutConversation(c))
	}))
	_, err := w.Say(ctx, v, message(chat.MaxTurns))
	w.ok(err)
	_, err = w.Say(ctx, v, message(chat.MaxTurns+1))
	w.is(fault.Ended, err)
}

func TestTheOldestOfTooManyStreamsEnds(t *testing.T) {
	w := newWorld(t)
	v, other := w.visit(), w.visit()
	theirs, stop, err := w.Follow(ctx, other)
	w.ok(err)
	defer stop()
	var first <-chan chat.Note
	for i := range 9 {
		notes, stop, err := w.Follow(ctx, v)
		w.ok(err)
		defer stop()
		defer stop() // ending what was ended is nothing
		if i == 0 {
			first = notes
		}
	}
	for range first { // until it is closed
	}
	w.ok(w.Typing(ctx, other))
	if n := <-theirs; n.Sign != chat.VisitorTyping {
		t.Errorf("another visitor hears %v", n)
	}
}

func TestNotesFollowWhatIsKept(t *testing.T) {
	w := newWorld(t)
	v := w.visit()
	visitors, stop, err := w.Follow(ctx, v)
	w.ok(err)
	defer stop()
	a := w.actors[staff.Advocate]
	team, stopTeam, err := w.Watch(ctx, a, v.Conversation)
	w.ok(err)
	defer stopTeam()
	_, err = w.Claim(ctx, a, v.Conversation)
	w.ok(err)
	next := func(notes <-chan chat.Note, sign chat.Sign) {
		t.Helper()
		for n := range notes {
			if n.Topic == string(v.Conversation) && n.Sign == sign {
				return
			}
		}
	}
	next(visitors, chat.Look)
	next(team, chat.Look)
	w.ok(w.TeamTyping(ctx, a, v.Conversation))
	next(visitors, chat.TeamTyping)
	w.ok(w.Typing(ctx, v))
	next(team, chat.VisitorTyping)
}

// Once the hub has held the words of a message, no later one counts as sealed in the browser: its key was here.
func TestAMessageThatTheHubSealedIsSaidToBe(t *testing.T) {
	w := newWorld(t)
	v := w.visit()
	for turn, by := range []chat.Sealer{chat.ByBrowser, chat.ByHub, chat.ByBrowser} {
		m := message(uint64(turn + 1))
		m.SealedBy = by
		_, err := w.Say(ctx, v, m)
		w.ok(err)
	}
	c, ms, _, err := w.Said(ctx, v, 0)
	w.ok(err)
	if c.SealedBy != chat.ByHub || len(ms) != 3 || ms[0].SealedBy != chat.ByBrowser || ms[1].SealedBy != chat.ByHub || ms[2].SealedBy != chat.ByHub {
		t.Errorf("kept %+v in %+v", ms, c)
	}
}
