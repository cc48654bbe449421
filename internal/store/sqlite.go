package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"amparo/internal/fault"
)

// pragmas hold for every connection. secure_delete overwrites what is deleted; temporary tables never
// reach a disk.
var pragmas = []string{
	"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(ON)", "foreign_keys(ON)", "temp_store(MEMORY)",
}

// readerConns is how many reads go on at once beside the one write.
const readerConns = 4

func openSQLite(rest string) (*Store, error) {
	path, query, _ := strings.Cut(rest, "?")
	if path == "" {
		return nil, fault.Field("db", "sqlite: needs a path")
	}
	options, err := url.ParseQuery(query)
	if err != nil {
		return nil, fault.Field("db", "sqlite: what follows ? cannot be read")
	}
	writing, reading := pragmas, append([]string{"query_only(ON)"}, pragmas...)
	for name, values := range options {
		n, err := strconv.Atoi(values[0])
		if name != "max_pages" || err != nil || n < 1 {
			return nil, fault.Field("db", "sqlite: after ? only max_pages=N is known")
		}
		writing = append([]string{"max_page_count(" + strconv.Itoa(n) + ")"}, pragmas...)
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	if err := private(path); err != nil {
		return nil, err
	}
	s := &Store{engine: &engine{
		name: "SQLite", path: path,
		read: "BEGIN", write: "BEGIN IMMEDIATE", alone: "BEGIN IMMEDIATE",
		dialect: sqliteDialect, check: checkSQLite,
	}}
	if s.writer, err = sql.Open("sqlite", dsn(path, writing)); err != nil {
		return nil, translate(context.Background(), err)
	}
	s.writer.SetMaxOpenConns(1)
	if s.readers, err = sql.Open("sqlite", dsn(path, reading)); err != nil {
		return nil, errors.Join(translate(context.Background(), err), s.writer.Close())
	}
	s.readers.SetMaxOpenConns(readerConns)
	s.readers.SetMaxIdleConns(readerConns)
	return s, nil
}

func dsn(path string, pragmas []string) string {
	u := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{"_pragma": pragmas}.Encode()}
	return u.String()
}

// private makes the file with mode 0600 in a directory that, if it is new, has 0700. SQLite gives the
// files beside it the same mode.
func private(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fault.Field("db", "%w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fault.Field("db", "%w", err)
	}
	return f.Close()
}
