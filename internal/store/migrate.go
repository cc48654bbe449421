package store

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"text/template"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"amparo/internal/fault"
)

// A migration, once shipped, is never edited. Its name starts with its version.
//
//go:embed migrations/*.sql
var migrations embed.FS

// A dialect is what a migration is written with, besides what both engines understand.
type dialect struct {
	goose    goose.Dialect
	Postgres bool
	Text     string // type of a text column, ordered by its bytes
	Blob     string // type of a column of bytes
}

var (
	sqliteDialect   = dialect{goose.DialectSQLite3, false, "TEXT", "BLOB"}
	postgresDialect = dialect{goose.DialectPostgres, true, `TEXT COLLATE "C"`, "BYTEA"}
)

// write gives a migration's text for the dialect.
func (d dialect) write(name string) (string, error) {
	t, err := template.ParseFS(migrations, name)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = t.Execute(&b, d)
	return b.String(), err
}

// provider knows all migrations in the engine's dialect.
func (s *Store) provider() (*goose.Provider, error) {
	d := s.engine.dialect
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []*goose.Migration
	for _, name := range names {
		number, _, _ := strings.Cut(path.Base(name), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, err
		}
		text, err := d.write(name)
		if err != nil {
			return nil, err
		}
		all = append(all, goose.NewGoMigration(version, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, text)
			return err
		}}, nil))
	}
	options := []goose.ProviderOption{goose.WithGoMigrations(all...), goose.WithDisableGlobalRegistry(true)}
	if d.Postgres { // several hubs may start at once
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(d.goose, s.writer, nil, options...)
}

// versions gives the version of the database, and that of this program.
func (s *Store) versions(ctx context.Context) (is, want int64, err error) {
	p, err := s.provider()
	if err != nil {
		return 0, 0, err
	}
	return p.GetVersions(ctx)
}

// migrate brings the database to this program's version, all or nothing for each step.
func (s *Store) migrate(ctx context.Context) error {
	p, err := s.provider()
	if err != nil {
		return fault.New(fault.Internal, "migrations: %w", err)
	}
	is, want, err := p.GetVersions(ctx)
	if err != nil {
		return translate(ctx, err)
	}
	if is > want {
		return fault.Field("db", "the database is of a newer amparo (version %d; this one knows %d)", is, want)
	}
	if _, err := p.Up(ctx); err != nil {
		// Another process may have done the same in between.
		if is, want, again := p.GetVersions(ctx); again != nil || is != want {
			return translate(ctx, err)
		}
	}
	return nil
}
