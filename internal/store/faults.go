package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"amparo/internal/fault"
)

// A saying is what an engine said, without the values it said it about: PostgreSQL's details and a
// driver's conversions quote them.
type saying struct {
	text  string
	again bool // the same once more may succeed, and nothing was kept
	lost  bool // the connection is gone
}

func (s *saying) Error() string { return s.text }

// said is what an engine said at the bottom of err, if one did.
func said(err error) saying {
	var s *saying
	if errors.As(err, &s) {
		return *s
	}
	return saying{}
}

// translate gives an engine's error the kind that the switchboard knows.
func translate(ctx context.Context, err error) error {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	var refused *pgconn.ConnectError
	var network net.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, sql.ErrNoRows):
		return &fault.Error{Kind: fault.Unknown}
	case errors.As(err, &lite):
		return &fault.Error{Kind: liteKind(lite.Code()), Cause: &saying{text: lite.Error()}}
	case errors.As(err, &pg):
		kind, again := pgKind(pg.Code)
		text := strings.TrimSpace(fmt.Sprintf("PostgreSQL %s %s %s", pg.Code, pg.TableName, pg.ConstraintName))
		return &fault.Error{Kind: kind, Cause: &saying{text, again, strings.HasPrefix(pg.Code, "57P")}}
	case errors.Is(err, syscall.ENOSPC):
		return &fault.Error{Kind: fault.Full, Cause: &saying{text: "no space left"}}
	case errors.As(err, &refused):
		return &fault.Error{Kind: fault.Busy, Cause: &saying{text: "PostgreSQL cannot be reached"}}
	case errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, driver.ErrBadConn):
		return &fault.Error{Kind: fault.Busy, Cause: &saying{text: "connection was lost", lost: true}}
	}
	return &fault.Error{Kind: fault.Internal, Cause: &saying{text: fmt.Sprintf("driver's %T", err)}}
}

// translateCommit is translate for COMMIT. What the engine refused was not kept; what it did not
// answer to may have been, and must not be called Busy, which says that nothing was kept.
func translateCommit(ctx context.Context, err error) error {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	if errors.As(err, &lite) || errors.As(err, &pg) {
		return translate(ctx, err)
	}
	return &fault.Error{Kind: fault.Internal, Cause: &saying{text: fmt.Sprintf("no answer to COMMIT: driver's %T", err)}}
}

// liteKind judges an extended result code, https://sqlite.org/rescode.html.
func liteKind(code int) fault.Kind {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return fault.Conflict
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return fault.Unknown
	case sqlite3.SQLITE_IOERR_SHMSIZE: // the index of the log cannot grow: the disk is full
		return fault.Full
	}
	switch code & 0xff {
	case sqlite3.SQLITE_FULL:
		return fault.Full
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Busy
	}
	return fault.Internal
}

// pgKind judges an SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html, and says
// whether to try again.
func pgKind(code string) (fault.Kind, bool) {
	switch code {
	case "23505":
		return fault.Conflict, false
	case "23503":
		return fault.Unknown, false
	case "53100":
		return fault.Full, false
	case "40001", "40P01": // serialization failure, deadlock
		return fault.Busy, true
	case "55P03", "53300", "57P01", "57P02", "57P03": // lock timeout, too many clients, going down, starting up
		return fault.Busy, false
	}
	return fault.Internal, false
}
