package vault_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/vault"
)

var word = rapid.SampledFrom([]string{"", "a", "b", "ab", "\x00", "\x00\x00\x00\x01a"})

func TestTwoListsNeverHaveOneStatement(t *testing.T) {
	list := rapid.Custom(func(t *rapid.T) vault.Wraps {
		w := vault.Wraps{Case: id.Case(word.Draw(t, "case")), Version: rapid.Uint64Range(0, 2).Draw(t, "version"), By: id.Member(word.Draw(t, "by"))}
		for range rapid.IntRange(0, 3).Draw(t, "n") {
			w.List = append(w.List, vault.Wrap{Member: id.Member(word.Draw(t, "member")), Standing: vault.Standing(word.Draw(t, "standing")), Body: []byte(word.Draw(t, "body"))})
		}
		return w
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := list.Draw(t, "a"), list.Draw(t, "b")
		if cmp.Equal(a, b, cmpopts.EquateEmpty()) != bytes.Equal(a.Statement(), b.Statement()) {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}

func TestTwoTeamKeysNeverHaveOneStatement(t *testing.T) {
	key := rapid.Custom(func(t *rapid.T) vault.TeamKey {
		return vault.TeamKey{ID: id.Key(word.Draw(t, "id")), Purpose: vault.Purpose(word.Draw(t, "purpose")), Public: []byte(word.Draw(t, "public")),
			From: time.UnixMilli(rapid.Int64Range(0, 2).Draw(t, "from")), Until: time.UnixMilli(rapid.Int64Range(0, 2).Draw(t, "until"))}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := key.Draw(t, "a"), key.Draw(t, "b")
		if cmp.Equal(a, b) != bytes.Equal(a.Statement(), b.Statement()) {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}

func TestAStatementSurvivesTheStore(t *testing.T) {
	k := vault.TeamKey{ID: "k", From: time.UnixMilli(1_770_000_000_123)}
	stored := k
	stored.From = k.From.UTC()
	stored.Until = time.Time{}.In(time.FixedZone("x", 3600))
	if !bytes.Equal(k.Statement(), stored.Statement()) {
		t.Error("a time zone changes what was signed")
	}
}

func TestBindingsAreOfTheirOwnPlace(t *testing.T) {
	for name, x := range map[string]struct{ got, want seal.Binding }{
		"key wrap": {vault.KeyWrap{Key: "k", Member: "m"}.Binding("org"), seal.Binding{Org: "org", Kind: seal.TeamKey, Owner: "k", ID: "m"}},
		"part":     {vault.Part{Case: "c", ID: "p", Version: 3}.Binding("org"), seal.Binding{Org: "org", Kind: seal.CasePart, Owner: "c", Number: 3, ID: "p", Key: "c"}},
		"wrap":     {vault.Wraps{Case: "c", Version: 2}.Binding("org", "m"), seal.Binding{Org: "org", Kind: seal.CaseKey, Owner: "c", Number: 2, ID: "m"}},
		"row":      {vault.Row{ID: "r", Key: "k"}.Binding("org"), seal.Binding{Org: "org", Kind: seal.CodedRow, Owner: "r", Key: "k"}},
	} {
		if x.got != x.want {
			t.Errorf("%s: %+v; want %+v", name, x.got, x.want)
		}
	}
}
