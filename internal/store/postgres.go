package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"amparo/internal/fault"
)

// poolConns is how many connections one hub keeps for writes, and as many for reads.
const poolConns = 8

// Every write first takes the table turn, in a mode that the first tries share and the later ones do
// not: a write that collided with others goes once more, alone. LOCK takes no snapshot, so the state
// that is read is the one after the wait.
const (
	pgWrite = "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE turn IN ROW EXCLUSIVE MODE"
	pgAlone = "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE turn IN SHARE ROW EXCLUSIVE MODE"
	pgRead  = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
)

func openPostgres(ctx context.Context, url string) (*Store, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fault.Field("db", "postgres: the address cannot be read")
	}
	patience := stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'")
		return err
	})
	pool := func() *sql.DB {
		db := stdlib.OpenDB(*config, patience)
		db.SetMaxOpenConns(poolConns)
		db.SetMaxIdleConns(poolConns)
		db.SetConnMaxIdleTime(5 * time.Minute)
		return db
	}
	s := &Store{writer: pool(), readers: pool(), engine: &engine{
		name: "PostgreSQL", read: pgRead, write: pgWrite, alone: pgAlone, dialect: postgresDialect, check: checkPostgres,
	}}
	var level string
	if err := s.writer.QueryRowContext(ctx, "SHOW synchronous_commit").Scan(&level); err != nil {
		s.Close()
		return nil, translate(ctx, err)
	}
	if level == "off" {
		s.Close()
		return nil, fault.Field("db", "PostgreSQL has synchronous_commit off: it would say a message is kept before it is; set it to on")
	}
	return s, nil
}
