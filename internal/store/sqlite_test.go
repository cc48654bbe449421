package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/store"
	"amparo/internal/store/leaktest"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// canary fills n bytes that occur nowhere else.
func canary(n int) []byte {
	return bytes.Repeat([]byte(id.New[id.Message]()), n/26+1)[:n]
}

// sample is a conversation with one message, both holding bytes that can be searched for.
func sample(state chat.State) (chat.Conversation, chat.Message) {
	now := time.UnixMilli(1_770_000_000_000)
	c := chat.Conversation{ID: id.New[id.Conversation](), Door: chat.Help, Lang: "en", SealedBy: chat.ByHub, Key: id.New[id.Key](),
		Envelope: canary(seal.BoxKeyLen), State: state, Since: now, Opened: now, Seq: 1, Visitor: 1}
	return c, chat.Message{Conversation: c.ID, ID: id.New[id.Message](), From: seal.FromVisitor, Turn: 1, Seq: 1,
		Body: canary(seal.SealedLen(0)), SealedBy: chat.ByHub, At: now}
}

func keep(t *testing.T, s switchboard.Store, c chat.Conversation, m chat.Message) {
	t.Helper()
	write(t, s, func(tx switchboard.Tx) error {
		if err := tx.AddConversation(c, switchboard.TokenHash{}); err != nil {
			return err
		}
		return tx.AddMessage(m)
	})
}

func write(t *testing.T, s switchboard.Store, f func(switchboard.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// lies says which of the canaries are found in the files of a database that is open.
func lies(t *testing.T, url string, canaries ...string) (found []string) {
	t.Helper()
	hits, err := leaktest.Search(filepath.Dir(strings.TrimPrefix(url, "sqlite:")), canaries...)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		found = append(found, h.Canary)
	}
	return found
}

func TestErasedBytesAreGoneFromEveryFile(t *testing.T) {
	url := file(t)
	s := open(t, url)
	var erased, kept []string
	var gone []id.Conversation
	for i := range 120 { // enough for pages to split, with what stays beside what goes
		c, m := sample(chat.Waiting)
		keep(t, s, c, m)
		if secrets := []string{string(c.Envelope[:40]), string(m.Body[:40])}; i%3 == 0 {
			kept = append(kept, secrets...)
		} else {
			erased, gone = append(erased, secrets...), append(gone, c.ID)
		}
	}
	if found := lies(t, url, erased...); len(found) < len(erased) {
		t.Fatalf("before the erase %d of %d canaries are found; the search sees too little", len(found), len(erased))
	}
	for _, c := range gone {
		write(t, s, func(tx switchboard.Tx) error { return tx.EraseConversation(c) })
	}
	if found := lies(t, url, erased...); len(found) > 0 {
		t.Errorf("%d of %d erased canaries are still there", len(found), len(erased))
	}
	if found := lies(t, url, kept...); len(found) < len(kept) {
		t.Errorf("only %d of %d kept canaries are there", len(found), len(kept))
	}
}

func TestDroppedWrapsAreGoneFromEveryFile(t *testing.T) {
	url := file(t)
	s := open(t, url)
	m := staff.Member{ID: id.New[id.Member](), Handle: "ana", Role: staff.Advocate}
	k := vault.TeamKey{ID: id.New[id.Key](), Purpose: vault.ForQueue}
	wraps := func(version uint64) vault.Wraps {
		return vault.Wraps{Case: "cccccccccccccccccccccccccc", Version: version, By: m.ID,
			List: []vault.Wrap{{Member: m.ID, Standing: vault.Assigned, Body: canary(1169)}}}
	}
	oldCase, oldKey := wraps(1), vault.KeyWrap{Key: k.ID, Member: m.ID, Body: canary(1169)}
	write(t, s, func(tx switchboard.Tx) error {
		return errors.Join(tx.AddMember(m, staff.Lock{}, switchboard.ProofHash{}), tx.AddTeamKey(k, []vault.KeyWrap{oldKey}),
			tx.AddCase(vault.Case{ID: oldCase.Case, Wraps: oldCase}))
	})
	secrets := []string{string(oldCase.List[0].Body[:40]), string(oldKey.Body[:40])}
	if found := lies(t, url, secrets...); len(found) < 2 {
		t.Fatalf("found only %d; the search sees too little", len(found))
	}
	write(t, s, func(tx switchboard.Tx) error { return tx.PutWraps(wraps(2)) })
	write(t, s, func(tx switchboard.Tx) error {
		return tx.AddTeamKey(k, []vault.KeyWrap{{Key: k.ID, Member: m.ID, Body: canary(1169)}})
	})
	if found := lies(t, url, secrets...); len(found) > 0 {
		t.Errorf("dropped wraps are still there: %d", len(found))
	}
}

func TestAReaderInTheWayOnlyDelaysTheEmptying(t *testing.T) {
	store.Impatient(t)
	url := file(t)
	s := open(t, url)
	c, m := sample(chat.Waiting)
	keep(t, s, c, m)
	secret := string(c.Envelope[:40])
	reading, done, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		ended <- s.Read(context.Background(), func(tx switchboard.Tx) error {
			_, err := tx.Conversation(c.ID)
			close(reading)
			<-done
			return err
		})
	}()
	<-reading
	write(t, s, func(tx switchboard.Tx) error { return tx.EraseConversation(c.ID) })
	if found := lies(t, url, secret); len(found) == 0 {
		t.Fatal("the reader was not in the way: the test tests nothing")
	}
	if problems := s.Check(t.Context()); !says(problems, "write-ahead log") {
		t.Errorf("problems %v do not say that erased bytes remain", problems)
	}
	close(done)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	write(t, s, func(tx switchboard.Tx) error { return tx.Record(switchboard.Event{Did: "next"}) })
	if found := lies(t, url, secret); len(found) > 0 {
		t.Error("the next write did not empty the log")
	}
}

func says(problems []store.Problem, words string) bool {
	for _, p := range problems {
		if strings.Contains(p.String(), words) {
			return true
		}
	}
	return false
}

// A crash between an erase and its checkpoint leaves the files as they are copied here.
func TestOpenEmptiesTheLog(t *testing.T) {
	url := file(t)
	s := open(t, url)
	c, m := sample(chat.Waiting)
	keep(t, s, c, m)
	copied := "sqlite:" + filepath.Join(t.TempDir(), "hub.db")
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(strings.TrimPrefix(url, "sqlite:") + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(strings.TrimPrefix(copied, "sqlite:")+end, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := open(t, copied)
	info, err := os.Stat(strings.TrimPrefix(copied, "sqlite:") + "-wal")
	if err != nil || info.Size() != 0 {
		t.Errorf("the log holds %v bytes, %v", info.Size(), err)
	}
	if err := r.Read(t.Context(), func(tx switchboard.Tx) error { _, err := tx.MessageByID(c.ID, m.ID); return err }); err != nil {
		t.Errorf("what was in the log was lost: %v", err)
	}
}

func TestFilesAreOurs(t *testing.T) {
	url := file(t)
	s := open(t, url)
	path := strings.TrimPrefix(url, "sqlite:")
	for name, want := range map[string]os.FileMode{filepath.Dir(path): 0o700, path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, %v; want %v", name, info.Mode().Perm(), err, want)
		}
	}
	if problems := s.Check(t.Context()); len(problems) > 0 {
		t.Errorf("a fresh database has problems: %v", problems)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if problems := s.Check(t.Context()); len(problems) != 1 || !says(problems, "chmod 600 "+path) {
		t.Errorf("problems %v do not tell of a file that others can read", problems)
	}
}

func TestExamineTellsWithoutTouching(t *testing.T) {
	url := file(t)
	problems, err := store.Examine(t.Context(), url)
	if err != nil || !says(problems, "no database") {
		t.Errorf("problems %v, %v", problems, err)
	}
	path := strings.TrimPrefix(url, "sqlite:")
	if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("examining made something: %v", err)
	}
	if err := open(t, url).Close(); err != nil {
		t.Fatal(err)
	}
	if problems, err := store.Examine(t.Context(), url); err != nil || len(problems) > 0 {
		t.Errorf("a good database has problems %v, %v", problems, err)
	}
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	raw.Close()
	if problems, err := store.Examine(t.Context(), url); err != nil || !says(problems, "newer amparo") {
		t.Errorf("problems %v, %v do not tell of a newer database", problems, err)
	}
	if _, err := store.Open(t.Context(), url); fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "newer") {
		t.Errorf("a newer database was opened: %v", err)
	}
}

func TestADamagedFileIsTold(t *testing.T) {
	url := file(t)
	s := open(t, url)
	for range 40 {
		c, m := sample(chat.Waiting)
		keep(t, s, c, m)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(url, "sqlite:")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for page := 20; (page+1)*4096 <= len(b); page++ {
		copy(b[page*4096:], bytes.Repeat([]byte{0xff}, 4096))
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if problems, err := store.Examine(t.Context(), url); err == nil && len(problems) == 0 {
		t.Error("a damaged file has no problems")
	}
}

func TestBadAddressesNameTheField(t *testing.T) {
	plain := filepath.Join(t.TempDir(), "plain")
	if err := os.WriteFile(plain, []byte("not a folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{"", "hub.db", "mysql://x", "sqlite:", "sqlite:x?mode=memory", "sqlite:x?max_pages=none", "sqlite:x?max_pages=0",
		"sqlite:x?%zz", "sqlite:" + plain + "/hub.db", "postgres://[bad"} {
		_, err := store.Open(t.Context(), url)
		if fault.KindOf(err) != fault.Invalid || fault.FieldOf(err) != "db" {
			t.Errorf("%q: %v", url, err)
		}
	}
	if _, err := store.Open(t.Context(), "sqlite:"+plain); err == nil {
		t.Error("a file that is no database was opened")
	}
}

func TestAnotherWriterIsBusy(t *testing.T) {
	store.Impatient(t)
	url := file(t)
	s := open(t, url)
	other, err := sql.Open("sqlite", strings.TrimPrefix(url, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	conn, err := other.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	nothing := func(switchboard.Tx) error { return nil }
	if err := s.Write(t.Context(), nothing); fault.KindOf(err) != fault.Busy { // after busy_timeout
		t.Errorf("error is %v; want busy", err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("reading is refused: %v", err)
	}
	if _, err := conn.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	write(t, s, nothing)
}
