package keyring_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/keyring"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// A team is an organisation with two members who are certified.
type team struct {
	org      keyring.Secret
	orgKey   vault.TeamKey
	ana, eva *keyring.Ring
	anaIs    staff.Member
	evaIs    staff.Member
}

func newTeam(t *testing.T) team {
	t.Helper()
	key, secret, err := keyring.NewOrg(noon)
	if err != nil {
		t.Fatal(err)
	}
	x := team{org: secret, orgKey: key}
	x.ana, x.anaIs = x.member(t, "ana", staff.Advocate)
	x.eva, x.evaIs = x.member(t, "eva", staff.Supervisor)
	return x
}

func (x team) member(t *testing.T, handle string, r staff.Role) (*keyring.Ring, staff.Member) {
	t.Helper()
	ring, err := keyring.NewRing("org", id.New[id.Member](), x.orgKey.Public)
	if err != nil {
		t.Fatal(err)
	}
	m := ring.Describe(handle, r)
	x.org.Certify(&m)
	return ring, m
}

// hold makes a team key and gives it to ana.
func (x team) hold(t *testing.T, p vault.Purpose) vault.TeamKey {
	t.Helper()
	k, secret, err := x.org.NewTeamKey(p, noon, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := secret.Wrap("org", k.ID, x.anaIs)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.ana.Take(k, w); err != nil {
		t.Fatal(err)
	}
	return k
}

func refuses(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v; want %v", what, err, want)
	}
}

func TestOnlyThePassphraseUnlocks(t *testing.T) {
	x := newTeam(t)
	lock, proof, err := x.ana.Lock("lusab-babad")
	if err != nil {
		t.Fatal(err)
	}
	again, key := keyring.Derive("lusab-babad", lock.Stretch)
	if again != proof || [32]byte(proof) == [32]byte(key) {
		t.Error("the proof is not the passphrase's own half")
	}
	ring, err := keyring.Unlock("org", x.ana.Member, key, lock)
	if err != nil {
		t.Fatal(err)
	}
	if ring.Member != x.ana.Member || string(ring.Root) != string(x.orgKey.Public) {
		t.Errorf("unlocked the ring of %s", ring.Member)
	}
	if was, is := x.anaIs, ring.Describe("ana", staff.Advocate); string(was.Seal) != string(is.Seal) || string(was.Sign) != string(is.Sign) {
		t.Error("unlocked other keys than were locked")
	}

	wrongProof, wrong := keyring.Derive("lusab-babaf", lock.Stretch)
	if wrongProof == proof {
		t.Error("two passphrases give one proof")
	}
	_, err = keyring.Unlock("org", x.ana.Member, wrong, lock)
	refuses(t, "a wrong passphrase", err, keyring.ErrPassphrase)
	_, err = keyring.Unlock("org", x.ana.Member, seal.Key(proof), lock)
	refuses(t, "the half that proves", err, keyring.ErrPassphrase)
	_, err = keyring.Unlock("org", x.eva.Member, key, lock)
	refuses(t, "a lock that was given to another", err, keyring.ErrPassphrase)
	_, err = keyring.Unlock("other", x.ana.Member, key, lock)
	refuses(t, "a lock from another organisation", err, keyring.ErrPassphrase)
	bad := lock
	bad.Sealed = append([]byte(nil), lock.Sealed...)
	bad.Sealed[len(bad.Sealed)-1] ^= 1
	_, err = keyring.Unlock("org", x.ana.Member, key, bad)
	refuses(t, "a damaged lock", err, keyring.ErrPassphrase)

	second, other, err := x.ana.Lock("lusab-babad")
	if err != nil {
		t.Fatal(err)
	}
	if other == proof || string(second.Stretch.Salt) == string(lock.Stretch.Salt) {
		t.Error("a second lock shares the first one's salt")
	}
}

func TestPassphrasesAreSayableAndDiffer(t *testing.T) {
	const c, v = "[bdfghjklmnprstvz]", "[aiou]"
	quint := c + v + c + v + c
	shape := regexp.MustCompile("^" + quint + "(-" + quint + "){4}$")
	seen := map[string]bool{}
	for range 200 {
		p := keyring.NewPassphrase()
		if !shape.MatchString(p) || seen[p] {
			t.Errorf("passphrase %q", p)
		}
		seen[p] = true
	}
}

func TestAMemberIsWhomTheOrganisationCertified(t *testing.T) {
	x := newTeam(t)
	if err := x.ana.CheckMember(x.evaIs); err != nil {
		t.Fatal(err)
	}
	other := newTeam(t)
	for name, tamper := range map[string]func(*staff.Member){
		"id":        func(m *staff.Member) { m.ID = id.New[id.Member]() },
		"handle":    func(m *staff.Member) { m.Handle = "eve" },
		"role":      func(m *staff.Member) { m.Role = staff.Administrator },
		"seal key":  func(m *staff.Member) { m.Seal = x.anaIs.Seal },
		"sign key":  func(m *staff.Member) { m.Sign = x.anaIs.Sign },
		"cert":      func(m *staff.Member) { m.Cert = x.anaIs.Cert },
		"no cert":   func(m *staff.Member) { m.Cert = nil },
		"boundary":  func(m *staff.Member) { m.Handle, m.Role = m.Handle+"s", m.Role[1:] },
		"other org": func(m *staff.Member) { other.org.Certify(m) },
	} {
		m := x.evaIs
		tamper(&m)
		refuses(t, name, x.ana.CheckMember(m), keyring.ErrForged)
	}
}

func TestATeamKeyIsWhatTheOrganisationCertified(t *testing.T) {
	x := newTeam(t)
	k, secret, err := x.org.NewTeamKey(vault.ForQueue, noon, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	w, err := secret.Wrap("org", k.ID, x.anaIs)
	if err != nil {
		t.Fatal(err)
	}
	for name, tamper := range map[string]func(*vault.TeamKey){
		"id":      func(k *vault.TeamKey) { k.ID = id.New[id.Key]() },
		"purpose": func(k *vault.TeamKey) { k.Purpose = vault.ForNumbers },
		"public":  func(k *vault.TeamKey) { k.Public = append([]byte{5}, k.Public[1:]...) },
		"from":    func(k *vault.TeamKey) { k.From = k.From.Add(-time.Hour) },
		"until":   func(k *vault.TeamKey) { k.Until = time.Time{} },
		"cert":    func(k *vault.TeamKey) { k.Cert = x.orgKey.Cert },
	} {
		bad := k
		tamper(&bad)
		refuses(t, name, x.ana.Take(bad, w), keyring.ErrForged)
	}
	for name, tamper := range map[string]func(*vault.KeyWrap){
		"key":    func(w *vault.KeyWrap) { w.Key = id.New[id.Key]() },
		"member": func(w *vault.KeyWrap) { w.Member = x.evaIs.ID },
		"body":   func(w *vault.KeyWrap) { w.Body = append([]byte{9}, w.Body[1:]...) },
		"empty":  func(w *vault.KeyWrap) { w.Body = nil },
	} {
		bad := w
		tamper(&bad)
		refuses(t, name, x.ana.Take(k, bad), seal.ErrOpen)
	}
	refuses(t, "another member's wrap", x.eva.Take(k, w), seal.ErrOpen)
	foreign, err := secret.Wrap("other", k.ID, x.anaIs)
	if err != nil {
		t.Fatal(err)
	}
	refuses(t, "another organisation's wrap", x.ana.Take(k, foreign), seal.ErrOpen)
	// A hub can wrap what it likes to a member, whose public key it knows.
	for name, of := range map[string]struct {
		key   vault.TeamKey
		forge func() (keyring.Secret, error)
	}{
		"a queue key of the hub's own": {k, func() (s keyring.Secret, err error) {
			_, s, err = x.org.NewTeamKey(vault.ForQueue, noon, time.Time{})
			return s, err
		}},
		"an organisation's key of the hub's own": {x.orgKey, func() (s keyring.Secret, err error) {
			_, s, err = keyring.NewOrg(noon)
			return s, err
		}},
		"no key at all": {x.orgKey, func() (s keyring.Secret, err error) { return s, nil }},
	} {
		forged, err := of.forge()
		if err != nil {
			t.Fatal(err)
		}
		w, err := forged.Wrap("org", of.key.ID, x.anaIs)
		if err != nil {
			t.Fatal(err)
		}
		refuses(t, name, x.ana.Take(of.key, w), keyring.ErrForged)
	}
	if err := x.ana.Take(k, w); err != nil {
		t.Errorf("what was given is refused: %v", err)
	}
}

func TestTheOrganisationsSecretIsForThoseWhoHoldIt(t *testing.T) {
	x := newTeam(t)
	if _, err := x.eva.OrgSecret(); fault.KindOf(err) != fault.Unknown {
		t.Errorf("error is %v", err)
	}
	w, err := x.org.Wrap("org", x.orgKey.ID, x.evaIs)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.eva.Take(x.orgKey, w); err != nil {
		t.Fatal(err)
	}
	secret, err := x.eva.OrgSecret()
	if err != nil {
		t.Fatal(err)
	}
	m := x.anaIs
	m.Handle = "anna"
	secret.Certify(&m)
	if err := x.ana.CheckMember(m); err != nil {
		t.Errorf("what it certifies is refused: %v", err)
	}
}

func TestAConversationOpensInItsPlaceAlone(t *testing.T) {
	x := newTeam(t)
	queue, numbers := x.hold(t, vault.ForQueue), x.hold(t, vault.ForNumbers)
	second := x.hold(t, vault.ForQueue)
	key := seal.NewKey()
	c := chat.Conversation{ID: id.New[id.Conversation](), Key: queue.ID}
	var err error
	if c.Envelope, err = seal.To(seal.TeamKEM, queue.Public, c.Binding("org"), key[:]); err != nil {
		t.Fatal(err)
	}
	if got, err := x.ana.Conversation(c); err != nil || got != key {
		t.Fatalf("does not open: %v", err)
	}
	for name, tamper := range map[string]struct {
		f    func(*chat.Conversation)
		kind bool // the key is not held for that
	}{
		"id":          {func(c *chat.Conversation) { c.ID = id.New[id.Conversation]() }, false},
		"second key":  {func(c *chat.Conversation) { c.Key = second.ID }, false},
		"other use":   {func(c *chat.Conversation) { c.Key = numbers.ID }, true},
		"no such key": {func(c *chat.Conversation) { c.Key = id.New[id.Key]() }, true},
		"format":      {func(c *chat.Conversation) { c.Envelope = append([]byte{2}, c.Envelope[1:]...) }, false},
		"short":       {func(c *chat.Conversation) { c.Envelope = c.Envelope[:50] }, false},
		"empty":       {func(c *chat.Conversation) { c.Envelope = nil }, false},
	} {
		bad := c
		tamper.f(&bad)
		if _, err := x.ana.Conversation(bad); tamper.kind != (fault.KindOf(err) == fault.Unknown) || !tamper.kind && !errors.Is(err, seal.ErrOpen) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if c.Envelope, err = seal.To(seal.TeamKEM, queue.Public, c.Binding("org"), key[:31]); err != nil {
		t.Fatal(err)
	}
	_, err = x.ana.Conversation(c)
	refuses(t, "what is no key", err, seal.ErrOpen)
	_, err = x.eva.Conversation(c)
	if fault.KindOf(err) != fault.Unknown {
		t.Errorf("a member without the queue key: %v", err)
	}
}

func TestARowOpensInItsPlaceAlone(t *testing.T) {
	x := newTeam(t)
	numbers := x.hold(t, vault.ForNumbers)
	r := vault.Row{ID: id.New[id.Row](), Key: numbers.ID}
	var err error
	if r.Body, err = seal.Box(numbers.Public, r.Binding("org"), []byte("coded")); err != nil {
		t.Fatal(err)
	}
	if got, err := x.ana.Row(r); err != nil || string(got) != "coded" {
		t.Fatalf("opens to %q, %v", got, err)
	}
	for name, tamper := range map[string]func(*vault.Row){
		"id":    func(r *vault.Row) { r.ID = id.New[id.Row]() },
		"body":  func(r *vault.Row) { r.Body = append(r.Body[:len(r.Body)-1:len(r.Body)-1], r.Body[len(r.Body)-1]^1) },
		"head":  func(r *vault.Row) { r.Body = r.Body[1:] },
		"short": func(r *vault.Row) { r.Body = r.Body[:seal.BoxKeyLen] },
		"empty": func(r *vault.Row) { r.Body = nil },
	} {
		bad := r
		tamper(&bad)
		_, err := x.ana.Row(bad)
		refuses(t, name, err, seal.ErrOpen)
	}
}

func TestWhoCanOpenACaseIsWhatWasSigned(t *testing.T) {
	x := newTeam(t)
	mia, miaIs := x.member(t, "mia", staff.Analyst)
	key, c := seal.NewKey(), id.New[id.Case]()
	readers := []keyring.Reader{{Member: x.anaIs, Standing: vault.Assigned}, {Member: x.evaIs, Standing: vault.Oversight}}
	w, err := x.ana.Wrap(c, 1, key, readers)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*keyring.Ring{x.ana, x.eva} {
		if got, err := r.CaseKey(w, x.anaIs); err != nil || got != key {
			t.Errorf("%s cannot open the case: %v", r.Member, err)
		}
	}
	_, err = mia.CaseKey(w, x.anaIs)
	refuses(t, "a member who is not on the list", err, seal.ErrOpen)

	for name, tamper := range map[string]func(*vault.Wraps){
		"case":      func(w *vault.Wraps) { w.Case = id.New[id.Case]() },
		"version":   func(w *vault.Wraps) { w.Version++ },
		"signer":    func(w *vault.Wraps) { w.By = x.evaIs.ID },
		"shortened": func(w *vault.Wraps) { w.List = w.List[:1] },
		"lengthened": func(w *vault.Wraps) {
			w.List = append(w.List[:2:2], vault.Wrap{Member: miaIs.ID, Standing: vault.Assigned, Body: w.List[0].Body})
		},
		"reordered": func(w *vault.Wraps) { w.List = []vault.Wrap{w.List[1], w.List[0]} },
		"standing":  func(w *vault.Wraps) { w.List = slices.Clone(w.List); w.List[1].Standing = vault.Assigned },
		"body":      func(w *vault.Wraps) { w.List = slices.Clone(w.List); w.List[1].Body = w.List[0].Body },
		"unsigned":  func(w *vault.Wraps) { w.Sig = nil },
	} {
		bad := w
		tamper(&bad)
		for _, by := range []staff.Member{x.anaIs, x.evaIs} {
			_, err := x.eva.CaseKey(bad, by)
			refuses(t, name, err, keyring.ErrForged)
		}
	}

	promoted := miaIs // an analyst keeps no cases, whatever the hub says of her
	promoted.Role = staff.Supervisor
	forged, err := mia.Wrap(c, 2, seal.NewKey(), readers)
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range []staff.Member{miaIs, promoted} {
		_, err = x.ana.CaseKey(forged, by)
		refuses(t, "signed by one who keeps no cases", err, keyring.ErrForged)
	}
	stranger := newTeam(t)
	forged, err = stranger.ana.Wrap(c, 2, key, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = x.ana.CaseKey(forged, stranger.anaIs)
	refuses(t, "signed by another organisation's member", err, keyring.ErrForged)
	_, err = x.ana.Wrap(c, 2, key, []keyring.Reader{{Member: stranger.anaIs, Standing: vault.Assigned}})
	refuses(t, "wrapped to one who is not certified", err, keyring.ErrForged)
}

func TestSecretsAreNotPrinted(t *testing.T) {
	x := newTeam(t)
	x.hold(t, vault.ForQueue)
	_, secret, err := x.org.NewTeamKey(vault.ForQueue, noon, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []any{keyring.Proof{1, 2, 3}, secret, &secret, x.ana, *x.ana} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			if shown := fmt.Sprintf(verb, v); shown != "[sealed]" {
				t.Errorf("%s of a %T is %.60q", verb, v, shown)
			}
		}
	}
	text, err := json.Marshal(map[string]any{"ring": x.ana, "secret": secret})
	if err != nil || strings.Contains(string(text), "private") || !strings.Contains(string(text), `"secret":{}`) {
		t.Errorf("JSON is %s, %v", text, err)
	}
	if text, err := json.Marshal(seal.NewKey()); err == nil {
		t.Errorf("a key is written as %s", text)
	}
}
