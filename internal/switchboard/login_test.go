package switchboard_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amparo/internal/fault"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
)

func TestWhateverIsWrongIsTheSameStranger(t *testing.T) {
	w := newWorld(t)
	m := w.members[staff.Advocate]
	before := w.last()
	for name, l := range map[string]staff.Login{
		"wrong proof":  {Handle: m.Member.Handle, Proof: [32]byte{1}},
		"no proof":     {Handle: m.Member.Handle},
		"no such name": {Handle: "nobody", Proof: m.Proof},
		"empty":        {},
		"not text":     {Handle: "a\x00"},
	} {
		e, err := w.LogIn(ctx, l)
		if fault.KindOf(err) != fault.Stranger || fault.FieldOf(err) != "" || e.Token != "" || len(e.Lock.Sealed) > 0 {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
	if es := w.deeds(before); len(es) > 0 {
		t.Errorf("recorded %v", es)
	}
}

func TestTheRightProofGivesTheLockAndASession(t *testing.T) {
	w := newWorld(t)
	m := w.members[staff.Advocate]
	before := w.last()
	e, err := w.LogIn(ctx, staff.Login{Handle: m.Member.Handle, Proof: m.Proof})
	w.ok(err)
	if diff := cmp.Diff(m.Lock, e.Lock); diff != "" || e.Org != "org" || e.Member.ID != m.Member.ID {
		t.Errorf("entry %+v; lock %s", e, diff)
	}
	recorded(t, w, before, switchboard.Event{By: m.Member.ID, Did: "log-in"})
	a, err := w.Enter(ctx, switchboard.Token(e.Token))
	w.ok(err)
	w.now = w.now.Add(w.Terms.Session - time.Second)
	_, err = w.Enter(ctx, switchboard.Token(e.Token))
	w.ok(err)
	w.now = w.now.Add(time.Second)
	_, err = w.Enter(ctx, switchboard.Token(e.Token))
	w.is(fault.Stranger, err)
	w.ok(w.LogOut(ctx, a))
	w.now = w.now.Add(-time.Hour)
	_, err = w.Enter(ctx, switchboard.Token(e.Token))
	w.is(fault.Stranger, err)
}

func TestGuessingIsSlowedForOneHandleAlone(t *testing.T) {
	w := newWorld(t)
	m := w.members[staff.Advocate]
	guess := func(handle string) fault.Kind {
		_, err := w.LogIn(ctx, staff.Login{Handle: handle, Proof: [32]byte{1}})
		return fault.KindOf(err)
	}
	for _, handle := range []string{m.Member.Handle, "nobody"} { // known or not, the same
		for i := range 5 {
			if k := guess(handle); k != fault.Stranger {
				t.Fatalf("try %d at %s: %s", i+1, handle, k)
			}
		}
		for range 3 {
			if k := guess(handle); k != fault.Slow {
				t.Errorf("one more try at %s: %s; want slow", handle, k)
			}
		}
	}
	if _, err := w.LogIn(ctx, staff.Login{Handle: m.Member.Handle, Proof: m.Proof}); fault.KindOf(err) != fault.Slow {
		t.Errorf("the right proof among too many tries: %v", err)
	}
	w.logIn(w.members[staff.Supervisor]) // others are not slowed
	w.now = w.now.Add(9 * time.Second)
	if k := guess("nobody"); k != fault.Slow {
		t.Errorf("after nine seconds: %s", k)
	}
	w.now = w.now.Add(time.Second)
	w.logIn(m)
	for i := range 5 { // the right proof forgives
		if k := guess(m.Member.Handle); k != fault.Stranger {
			t.Errorf("try %d afterwards: %s", i+1, k)
		}
	}
}

func TestAStrangerCannotTellWhoWorksHere(t *testing.T) {
	w := newWorld(t)
	known, err := w.Stretch(ctx, w.members[staff.Advocate].Member.Handle)
	w.ok(err)
	if diff := cmp.Diff(w.members[staff.Advocate].Lock.Stretch, known); diff != "" {
		t.Error(diff)
	}
	salts := map[string]string{}
	for _, handle := range []string{"nobody", "noone", "", "nobody", "a\x00"} {
		s, err := w.Stretch(ctx, handle)
		w.ok(err)
		if len(s.Salt) != len(known.Salt) || s.Time != known.Time || s.Memory != known.Memory || s.Threads != known.Threads {
			t.Errorf("%q has %+v; a member has %+v", handle, s, known)
		}
		if other, again := salts[handle]; again && other != string(s.Salt) {
			t.Errorf("%q has a new salt each time", handle)
		}
		salts[handle] = string(s.Salt)
	}
	if salts["nobody"] == salts["noone"] {
		t.Error("two strangers share a salt")
	}
}

func TestOnDutyIsWhoAnswersAndWasSeen(t *testing.T) {
	w := newWorld(t)
	w.now = w.now.Add(time.Hour)
	duty := func(want bool) {
		t.Helper()
		if got, err := w.OnDuty(ctx); err != nil || got != want {
			t.Errorf("on duty %v, %v; want %v", got, err, want)
		}
	}
	duty(false)
	w.ok(w.Here(ctx, w.actors[staff.Analyst]))
	w.ok(w.Here(ctx, w.actors[staff.Administrator]))
	duty(false)
	w.ok(w.Here(ctx, w.actors[staff.Advocate]))
	duty(true)
	w.now = w.now.Add(w.Terms.Present)
	duty(true)
	w.now = w.now.Add(time.Millisecond)
	duty(false)
}

func TestAHubIsFoundedOnce(t *testing.T) {
	w := newWorld(t)
	w.is(fault.Conflict, w.Found(ctx, switchboard.Founding{Org: switchboard.Org{ID: "other"}}))
	if org, _, err := w.Org(ctx); err != nil || org.ID != "org" {
		t.Errorf("org %v, %v", org.ID, err)
	}
}

func TestABadHandleIsRefused(t *testing.T) {
	w := newWorld(t)
	for _, handle := range []string{"", "a", "Ana", "ana maría", "1ana", strings.Repeat("a", 33)} {
		if err := w.Admit(ctx, w.actors[staff.Administrator], newMember(handle, staff.Advocate)); fault.FieldOf(err) != "handle" {
			t.Errorf("%q: %v", handle, err)
		}
	}
	w.is(fault.Conflict, w.Admit(ctx, w.actors[staff.Administrator], newMember("analyst", staff.Advocate)))
}

func TestATokenIsNotPrinted(t *testing.T) {
	token := switchboard.NewToken()
	v := switchboard.Visit{Conversation: "c", Token: token}
	for _, verb := range []string{"%v", "%+v", "%s", "%#v", "%q", "%x", "%d"} {
		for _, x := range []any{token, v, &v, switchboard.Opening{Visit: v}} {
			if s := fmt.Sprintf(verb, x); strings.Contains(s, string(token)) || strings.Contains(s, fmt.Sprintf("%x", string(token))) {
				t.Errorf("%s of a %T shows a token", verb, x)
			}
		}
	}
}
