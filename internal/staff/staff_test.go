package staff_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
)

func TestWhoKeepsTheMachinesSeesNoContent(t *testing.T) {
	for _, r := range []staff.Right{staff.Answer, staff.Keep, staff.Oversee} {
		for _, role := range []staff.Role{staff.Administrator, staff.Analyst} {
			if role.May(r) {
				t.Errorf("%s may %s: sealing.md gives them no content", role, r)
			}
		}
	}
	if staff.Advocate.May(staff.Oversee) || staff.Advocate.May(staff.Admit) || staff.Supervisor.May(staff.Count) {
		t.Error("a role has more than its work needs")
	}
}

func TestWhatIsNotGrantedIsDenied(t *testing.T) {
	all := []staff.Right{staff.Answer, staff.Keep, staff.Oversee, staff.Count, staff.Admit}
	for _, role := range []staff.Role{"", "owner", "Advocate", "advocate "} {
		for _, r := range all {
			if role.May(r) {
				t.Errorf("role %q may %s", role, r)
			}
		}
	}
	for _, role := range staff.Roles {
		if role.May("") || role.May("everything") {
			t.Errorf("%s may what is no right", role)
		}
		if !slices.ContainsFunc(all, role.May) {
			t.Errorf("%s may nothing at all", role)
		}
	}
}

func TestTwoMembersNeverHaveOneStatement(t *testing.T) {
	word := rapid.SampledFrom([]string{"", "a", "b", "ab", "\x00", "\x00\x00\x00\x01a"})
	member := rapid.Custom(func(t *rapid.T) staff.Member {
		return staff.Member{ID: id.Member(word.Draw(t, "id")), Handle: word.Draw(t, "handle"), Role: staff.Role(word.Draw(t, "role")),
			Seal: []byte(word.Draw(t, "seal")), Sign: []byte(word.Draw(t, "sign"))}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := member.Draw(t, "a"), member.Draw(t, "b")
		same := a.ID == b.ID && a.Handle == b.Handle && a.Role == b.Role && bytes.Equal(a.Seal, b.Seal) && bytes.Equal(a.Sign, b.Sign)
		if same != bytes.Equal(a.Statement(), b.Statement()) {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}

func TestHandles(t *testing.T) {
	for _, good := range []string{"ana", "a1", "an-b", strings.Repeat("a", 32)} {
		if err := staff.CheckHandle(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", "a", "-a", "1a", "Ana", "añ", "a b", "a\n", "ana\n", strings.Repeat("a", 33)} {
		if err := staff.CheckHandle(bad); fault.FieldOf(err) != "handle" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
