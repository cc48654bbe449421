// Package store keeps what the switchboard decides, in SQLite or PostgreSQL, with one text of SQL for
// both. It sees ciphertext and the few columns that queueing needs.
//
// What a nil error of Write promises: the change is on disk (SQLite in WAL mode with synchronous FULL;
// PostgreSQL with synchronous_commit not off, which Open insists on). One case is open by nature: when
// the connection to PostgreSQL is lost during COMMIT, Write gives fault.Internal though the change may
// have been kept. Whoever sends again with the same ids is safe.
//
// What erasing promises: over SQLite the bytes are overwritten (secure_delete) and the write-ahead log
// is emptied at once, or after the next write if a reader was in the way; Check says if it is still
// owed. Over PostgreSQL erased rows leave the tables, but their bytes stay in files and log until the
// server reuses them, and old queue keys, which open them, are not destroyed yet: nothing is promised.
// Erasing writes too: on a disk without any room it is fault.Full, as every write is.
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"amparo/internal/fault"
	"amparo/internal/switchboard"
)

// A Store is an open database. It is safe for use by many goroutines.
type Store struct {
	engine  *engine
	writer  *sql.DB
	readers *sql.DB
	owed    atomic.Bool // an erased key may still lie in the write-ahead log
}

var _ switchboard.Store = (*Store)(nil)

// An engine is all in which SQLite and PostgreSQL differ while in use; migrate.go has the rest.
type engine struct {
	name    string
	path    string // the file, for SQLite
	read    string // begins a transaction over one state that changes nothing
	write   string // begins one that is as if alone
	alone   string // begins one that others wait for: for a second try
	dialect dialect
	check   func(context.Context, *Store) []Problem
}

// Open opens the database that url names, making and upgrading it as needed: sqlite:PATH, or
// postgres://USER@HOST/NAME. sqlite:PATH?max_pages=N keeps the file from growing above N pages of
// 4 KiB; more is fault.Full. Open fails when the database is of a newer program, when it cannot be
// reached, or when PostgreSQL would acknowledge before it is durable.
func Open(ctx context.Context, url string) (*Store, error) {
	s, err := connect(ctx, url)
	if err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		s.Close()
		return nil, err
	}
	s.empty(ctx) // what a crash between an erase and its checkpoint may have left
	return s, nil
}

// connect opens the database as it is, without upgrading it.
func connect(ctx context.Context, url string) (*Store, error) {
	switch scheme, rest, _ := strings.Cut(url, ":"); scheme {
	case "sqlite":
		return openSQLite(rest)
	case "postgres", "postgresql":
		return openPostgres(ctx, url)
	}
	return nil, fault.Field("db", "a database is sqlite:PATH or postgres://USER@HOST/NAME")
}

// Close ends all work and empties SQLite's write-ahead log.
func (s *Store) Close() error {
	err := s.readers.Close()
	if s.engine.path != "" {
		s.empty(context.Background())
	}
	return errors.Join(err, s.writer.Close())
}

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	return s.Read(ctx, func(t switchboard.Tx) error {
		_, err := number(t.(*tx), "SELECT 1")
		return err
	})
}

// Read implements switchboard.Store.
func (s *Store) Read(ctx context.Context, f func(switchboard.Tx) error) error {
	_, err := s.run(ctx, s.readers, s.engine.read, s.engine.read, f)
	return err
}

// Write implements switchboard.Store.
func (s *Store) Write(ctx context.Context, f func(switchboard.Tx) error) error {
	dropped, err := s.run(ctx, s.writer, s.engine.write, s.engine.alone, f)
	if err == nil && (dropped || s.owed.Load()) {
		s.empty(ctx)
	}
	return err
}

// tries bounds how often one transaction is begun: after a collision, once more alone is enough; after
// the server restarted, each connection of the pool may have to be found dead first.
const tries = poolConns + 2

// run tries f in transactions until one is kept, or cannot be. It says whether keys were dropped.
func (s *Store) run(ctx context.Context, db *sql.DB, begin, again string, f func(switchboard.Tx) error) (dropped bool, err error) {
	for range tries {
		if dropped, err = try(ctx, db, begin, f); !said(err).again {
			break
		}
		begin = again
	}
	return dropped, err
}

// commitTime bounds a COMMIT, which no caller can cancel: half a commit has no meaning.
const commitTime = 30 * time.Second

// try is one transaction on one connection: f's work is committed if f and every statement did well.
func try(ctx context.Context, db *sql.DB, begin string, f func(switchboard.Tx) error) (dropped bool, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return false, translate(ctx, err)
	}
	defer conn.Close()
	committed := false
	defer func() {
		if !committed {
			rollback(ctx, conn)
		}
	}()
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		err = translate(ctx, err)
		if s := said(err); s.lost { // it had been lost before, and nothing was begun
			return false, &fault.Error{Kind: fault.Busy, Cause: &saying{s.text, true, true}}
		}
		return false, err
	}
	t := &tx{ctx: ctx, conn: conn}
	if err := f(t); t.broken != nil {
		return false, t.broken // whatever f made of it
	} else if err != nil {
		return false, err
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	if _, err := conn.ExecContext(end, "COMMIT"); err != nil {
		return false, translateCommit(end, err)
	}
	committed = true
	return t.dropped, nil
}

// rollback leaves the connection as it was found, or throws it away.
func rollback(ctx context.Context, conn *sql.Conn) {
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	if _, err := conn.ExecContext(end, "ROLLBACK"); err != nil {
		conn.Raw(func(any) error { return driver.ErrBadConn })
	}
}

// empty moves SQLite's write-ahead log into the file and cuts it, so that nothing erased lies in it.
// A reader in the way leaves it owed to the next Write.
func (s *Store) empty(ctx context.Context) {
	if s.engine.path == "" {
		return
	}
	var busy, pages, moved int64
	row := s.writer.QueryRowContext(context.WithoutCancel(ctx), "PRAGMA wal_checkpoint(TRUNCATE)")
	err := row.Scan(&busy, &pages, &moved)
	s.owed.Store(err != nil || busy != 0)
}
