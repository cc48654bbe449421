package switchboard_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

var (
	answer   = []staff.Role{staff.Advocate, staff.Supervisor}
	keep     = answer
	count    = []staff.Role{staff.Analyst}
	admit    = []staff.Role{staff.Supervisor, staff.Administrator}
	everyone = staff.Roles
)

// A call readies the world so that nothing but a right can be missing, and gives the use case and the
// id that it is about, if any. Given another id in its place, the use case is about what is not there.
type call func(w *world, a switchboard.Actor) (do func(id string) error, about string)

// policy is written here a second time on purpose: who may do what, and what is recorded of it.
var policy = map[string]struct {
	roles []staff.Role
	did   switchboard.Deed // recorded; "" for what is not
	call  call
}{
	"Queue": {answer, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(string) error { _, err := w.Switchboard.Queue(ctx, a); return err }, ""
	}},
	"Claim": {answer, "claim", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(c string) error { _, err := w.Claim(ctx, a, id.Conversation(c)); return err }, string(w.visit().Conversation)
	}},
	"Renew": {answer, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(c string) error { _, err := w.Renew(ctx, a, id.Conversation(c)); return err }, string(w.held(a).Conversation)
	}},
	"TeamTyping": {answer, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(c string) error { return w.TeamTyping(ctx, a, id.Conversation(c)) }, string(w.held(a).Conversation)
	}},
	"Return": {answer, "return", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(c string) error { _, err := w.Return(ctx, a, id.Conversation(c)); return err }, string(w.held(a).Conversation)
	}},
	"Transfer": {answer, "transfer", func(w *world, a switchboard.Actor) (func(string) error, string) {
		to := w.actors[staff.Advocate].ID()
		return func(c string) error {
			_, err := w.Transfer(ctx, a, chat.Transfer{Conversation: id.Conversation(c), To: to})
			return err
		}, string(w.held(a).Conversation)
	}},
	"Close": {answer, "close-conversation", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(c string) error { _, err := w.Close(ctx, a, id.Conversation(c)); return err }, string(w.held(a).Conversation)
	}},
	"Reply": {answer, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		m := message(1)
		return func(c string) error { m.Conversation = id.Conversation(c); _, err := w.Reply(ctx, a, m); return err }, string(w.held(a).Conversation)
	}},
	"Read": {answer, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(c string) error { _, err := w.Read(ctx, a, id.Conversation(c)); return err }, string(w.held(a).Conversation)
	}},
	"Watch": {answer, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(string) error {
			_, stop, err := w.Watch(ctx, a)
			if err == nil {
				stop()
			}
			return err
		}, ""
	}},
	"NewCase": {keep, "open-case", func(w *world, a switchboard.Actor) (func(string) error, string) {
		n := newCase(a)
		return func(c string) error { n.Conversation = id.Conversation(c); return w.NewCase(ctx, a, n) }, string(w.held(a).Conversation)
	}},
	"Cases": {keep, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(string) error { _, err := w.Cases(ctx, a); return err }, ""
	}},
	"Case": {keep, "look-at-case", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(c string) error { _, err := w.Case(ctx, a, vault.Look{Case: id.Case(c)}); return err }, string(w.kept(a).ID)
	}},
	"PutPart": {keep, "write-case", func(w *world, a switchboard.Actor) (func(string) error, string) {
		p := vault.Part{ID: id.New[id.Part](), Version: 1, Body: bytes(600)}
		return func(c string) error { p.Case = id.Case(c); return w.PutPart(ctx, a, p) }, string(w.kept(a).ID)
	}},
	"Assign": {keep, "assign-case", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(c string) error { return w.Assign(ctx, a, newWraps(id.Case(c), 2, a)) }, string(w.kept(a).ID)
	}},
	"CloseCase": {keep, "close-case", func(w *world, a switchboard.Actor) (func(string) error, string) {
		row := w.row()
		return func(c string) error { return w.CloseCase(ctx, a, vault.Closing{Case: id.Case(c), Row: row}) }, string(w.kept(a).ID)
	}},
	"Rows": {count, "read-rows", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(string) error { _, err := w.Rows(ctx, a); return err }, ""
	}},
	"Release": {count, "release", func(w *world, a switchboard.Actor) (func(string) error, string) {
		r := vault.Release{ID: id.New[id.Release](), Summary: bytes(9)}
		return func(string) error { return w.Release(ctx, a, r) }, ""
	}},
	"Releases": {count, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(string) error { _, err := w.Releases(ctx, a); return err }, ""
	}},
	"Admit": {admit, "admit-member", func(w *world, a switchboard.Actor) (func(string) error, string) {
		m := newMember("n"+string(id.New[id.Member]()), staff.Advocate)
		return func(string) error { return w.Admit(ctx, a, m) }, ""
	}},
	"GiveKey": {admit, "give-key", func(w *world, a switchboard.Actor) (func(string) error, string) {
		k := vault.NewKey{Key: w.key(vault.ForQueue)}
		return func(m string) error {
			k.Wraps = []vault.KeyWrap{{Key: k.Key.ID, Member: id.Member(m), Body: bytes(9)}}
			return w.GiveKey(ctx, a, k)
		}, string(w.actors[staff.Advocate].ID())
	}},
	"Members": {everyone, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(string) error { _, err := w.Members(ctx, a); return err }, ""
	}},
	"Keys": {everyone, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(string) error { _, err := w.Keys(ctx, a); return err }, ""
	}},
	"Here": {everyone, "", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(string) error { return w.Here(ctx, a) }, ""
	}},
	"LogOut": {everyone, "log-out", func(w *world, a switchboard.Actor) (func(string) error, string) {
		return func(string) error { return w.LogOut(ctx, a) }, ""
	}},
}

var ctx = context.Background()

func TestThePolicyNamesEveryUseCaseOfAMember(t *testing.T) {
	all := reflect.TypeFor[*switchboard.Switchboard]()
	found := 0
	for m := range all.Methods() {
		if m.Type.NumIn() < 3 || m.Type.In(2) != reflect.TypeFor[switchboard.Actor]() {
			continue
		}
		found++
		if _, ok := policy[m.Name]; !ok {
			t.Errorf("%s takes an Actor and has no line in the policy", m.Name)
		}
	}
	if found != len(policy) {
		t.Errorf("%d use cases take an Actor; the policy has %d", found, len(policy))
	}
}

func TestRightsOfEachRole(t *testing.T) {
	for name, p := range policy {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			for _, r := range staff.Roles {
				a := w.actors[r]
				do, about := p.call(w, a)
				before := w.last()
				if allowed := slices.Contains(p.roles, r); !allowed {
					denied(t, r, do(about), do(string(id.New[id.Case]())))
					if es := w.deeds(before); len(es) > 0 {
						t.Errorf("%s was denied, and %v was recorded", r, es)
					}
					continue
				}
				if about != "" {
					if err := do(string(id.New[id.Case]())); fault.KindOf(err) != fault.Unknown {
						t.Errorf("%s of what is not there: %v; want unknown", r, err)
					}
					if es := w.deeds(before); len(es) > 0 {
						t.Errorf("%s failed, and %v was recorded", r, es)
					}
				}
				if err := do(about); err != nil {
					t.Errorf("%s may, but: %v", r, err)
					continue
				}
				recorded(t, w, before, switchboard.Event{By: a.ID(), Did: p.did})
			}
		})
	}
}

// denied says that a role without the right learns nothing: what is there and what is not look alike.
func denied(t *testing.T, r staff.Role, there, notThere error) {
	t.Helper()
	for _, err := range []error{there, notThere} {
		if fault.KindOf(err) != fault.Unknown || fault.FieldOf(err) != "" {
			t.Errorf("%s may not, and got %v; want unknown", r, err)
		}
	}
}

func recorded(t *testing.T, w *world, before uint64, want switchboard.Event) {
	t.Helper()
	es := w.deeds(before)
	if want.Did == "" {
		if len(es) > 0 {
			t.Errorf("%v was recorded", es)
		}
		return
	}
	if len(es) != 1 || es[0].By != want.By || es[0].Did != want.Did || !es[0].At.Equal(w.now) {
		t.Errorf("recorded %v; want one %s by %s", es, want.Did, want.By)
		return
	}
	if about := es[0].To; about != "" && !id.Valid(about) {
		t.Errorf("recorded %q, which is not an id", about)
	}
}

func TestARoleThatIsNotKnownMayNothing(t *testing.T) {
	for _, role := range []staff.Role{"", "owner", "Supervisor", "supervisor "} {
		w := newWorld(t)
		a := w.actors[staff.Supervisor].WithRole(role)
		for name, p := range policy {
			if len(p.roles) < len(everyone) {
				if do, about := p.call(w, a); fault.KindOf(do(about)) != fault.Unknown {
					t.Errorf("role %q may %s", role, name)
				}
			}
		}
	}
}

func TestWithoutASessionThereIsNoMember(t *testing.T) {
	w := newWorld(t)
	var nobody switchboard.Actor
	_, err := w.Members(ctx, nobody)
	w.is(fault.Stranger, err)
	_, err = w.Keys(ctx, nobody)
	w.is(fault.Stranger, err)
	w.is(fault.Unknown, w.Here(ctx, nobody))
	w.is(fault.Unknown, w.LogOut(ctx, nobody))
	for _, token := range []switchboard.Token{"", switchboard.NewToken()} {
		_, err = w.Enter(ctx, token)
		w.is(fault.Stranger, err)
	}
}
