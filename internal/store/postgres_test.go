package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/store"
	"amparo/internal/store/pgtest"
	"amparo/internal/switchboard"
)

func TestPostgreSQLThatAcknowledgesTooEarlyIsRefused(t *testing.T) {
	url := pgtest.URL(t)
	s := open(t, url)
	if problems := s.Check(t.Context()); len(problems) > 0 {
		t.Errorf("a good database has problems: %v", problems)
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(url, "postgres://amparo@/"), "?")
	pgtest.Exec(t, url, "ALTER DATABASE "+name+" SET synchronous_commit = off")
	if _, err := store.Open(t.Context(), url); fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "synchronous_commit") {
		t.Errorf("error is %v", err)
	}
	pgtest.Exec(t, url, "ALTER DATABASE "+name+" SET synchronous_commit = local")
	open(t, url)
}

func TestCheckTellsOfPostgreSQLThatAcknowledgesTooEarly(t *testing.T) {
	url := pgtest.URL(t)
	s := open(t, url)
	name, _, _ := strings.Cut(strings.TrimPrefix(url, "postgres://amparo@/"), "?")
	pgtest.Exec(t, url, "ALTER DATABASE "+name+" SET synchronous_commit = off")
	cut(t, url) // the connections that knew the old setting
	if problems := s.Check(t.Context()); !says(problems, "synchronous_commit off") {
		t.Errorf("problems are %v", problems)
	}
}

// cut ends all other connections to the database.
func cut(t *testing.T, url string) {
	t.Helper()
	pgtest.Exec(t, url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
}

func TestACollisionRunsAgain(t *testing.T) {
	s := open(t, pgtest.URL(t))
	c, m := sample(chat.Waiting)
	keep(t, s, c, m)
	count := func(tx switchboard.Tx) error {
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		c.Team++
		return tx.PutConversation(c)
	}
	runs := 0
	write(t, s, func(tx switchboard.Tx) error {
		if _, err := tx.Conversation(c.ID); err != nil {
			return err
		}
		if runs++; runs == 1 { // somebody else comes in between
			write(t, s, count)
		}
		return count(tx)
	})
	var got chat.Conversation
	if err := s.Read(t.Context(), func(tx switchboard.Tx) (err error) { got, err = tx.Conversation(c.ID); return err }); err != nil {
		t.Fatal(err)
	}
	if runs != 2 || got.Team != 2 {
		t.Errorf("ran %d times and counted %d; want 2 and 2", runs, got.Team)
	}
}

func TestASwallowedCollisionRunsAgain(t *testing.T) {
	s := open(t, pgtest.URL(t))
	c, m := sample(chat.Waiting)
	keep(t, s, c, m)
	runs := 0
	write(t, s, func(tx switchboard.Tx) error {
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		if runs++; runs == 1 {
			write(t, s, func(tx switchboard.Tx) error { return tx.PutConversation(c) })
		}
		c.Team = 9
		_ = tx.PutConversation(c) // its error is ignored, and must not be
		return nil
	})
	if runs != 2 {
		t.Errorf("ran %d times; want 2: half of a write was kept", runs)
	}
}

func TestALostConnectionIsMadeAnew(t *testing.T) {
	url := pgtest.URL(t)
	s := open(t, url)
	c, m := sample(chat.Waiting)
	err := s.Write(t.Context(), func(tx switchboard.Tx) error {
		if err := tx.AddConversation(c, switchboard.TokenHash{}); err != nil {
			return err
		}
		cut(t, url)
		return tx.AddMessage(m)
	})
	if fault.KindOf(err) != fault.Busy {
		t.Errorf("error is %v; want busy", err)
	}
	keep(t, s, c, m) // nothing was kept, and the store goes on
	cut(t, url)
	write(t, s, func(tx switchboard.Tx) error { return tx.EraseConversation(c.ID) })
}

func TestAServerThatIsNotThereIsBusy(t *testing.T) {
	_, err := store.Open(t.Context(), "postgres://amparo:geheimnis@/none?host="+t.TempDir())
	if fault.KindOf(err) != fault.Busy || strings.Contains(err.Error(), "geheimnis") {
		t.Errorf("error is %v; want busy, without the password", err)
	}
}

func TestErrorsAreTranslatedWithoutValues(t *testing.T) {
	const value = "maria"
	for code, want := range map[string]fault.Kind{"53100": fault.Full, "23505": fault.Conflict, "23503": fault.Unknown, "40001": fault.Busy,
		"40P01": fault.Busy, "57P01": fault.Busy, "22P02": fault.Internal} {
		err := store.Translate(t.Context(), fmt.Errorf("wrapped: %w", &pgconn.PgError{Code: code, Message: "bad " + value, Detail: "Key (handle)=(" + value + ")", TableName: "member"}))
		if fault.KindOf(err) != want || strings.Contains(err.Error(), value) || !strings.Contains(err.Error(), code) {
			t.Errorf("%s: %v; want %s", code, err, want)
		}
	}
	if err := store.Translate(t.Context(), fmt.Errorf("converting %s", value)); fault.KindOf(err) != fault.Internal || strings.Contains(err.Error(), value) {
		t.Errorf("error is %v", err)
	}
	if err := store.Translate(t.Context(), sql.ErrNoRows); fault.KindOf(err) != fault.Unknown {
		t.Errorf("error is %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := store.Translate(ctx, errors.New("interrupted")); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestErrorsQuoteNothing(t *testing.T) {
	for name, url := range map[string]string{"SQLite": file(t), "PostgreSQL": pgtest.URL(t)} {
		s := open(t, url)
		stranger := id.New[id.Member]()
		err := s.Write(t.Context(), func(tx switchboard.Tx) error { return tx.AddSession(switchboard.Session{Member: stranger}) })
		if fault.KindOf(err) != fault.Unknown || strings.Contains(err.Error(), string(stranger)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTwoOpenAnEmptyDatabaseAtOnce(t *testing.T) {
	for name, url := range map[string]string{"SQLite": file(t), "PostgreSQL": pgtest.URL(t)} {
		opened := make(chan error)
		for range 2 {
			go func() {
				s, err := store.Open(t.Context(), url)
				if err == nil {
					err = s.Close()
				}
				opened <- err
			}()
		}
		for range 2 {
			if err := <-opened; err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
