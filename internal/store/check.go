package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A Problem is one thing that is wrong with a database, in plain words, and what to do about it.
type Problem struct {
	What   string
	Remedy string
}

func (p Problem) String() string { return p.What + ". " + p.Remedy + "." }

// leastFree is how much room a disk should have left, in bytes.
const leastFree = 512 << 20

// Examine looks at the database that url names without making or changing anything. The error is of a
// database that could not be looked at.
func Examine(ctx context.Context, url string) ([]Problem, error) {
	if rest, ok := strings.CutPrefix(url, "sqlite:"); ok {
		path, _, _ := strings.Cut(rest, "?")
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return []Problem{{"There is no database at " + path + " yet", "It is made when the hub first starts"}}, nil
		}
	}
	s, err := connect(ctx, url)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return s.Check(ctx), nil
}

// Check looks for what would lose, leak or refuse messages. It reads the whole of a SQLite file. Nil
// means that all is well.
func (s *Store) Check(ctx context.Context) []Problem {
	problems := s.engine.check(ctx, s)
	switch is, want, err := s.versions(ctx); {
	case err != nil:
		problems = append(problems, unasked("the version of the tables", err))
	case is < want:
		problems = append(problems, Problem{fmt.Sprintf("The tables are of version %d and this program needs %d", is, want), "Start the hub once: it upgrades them"})
	case is > want:
		problems = append(problems, Problem{fmt.Sprintf("The tables are of version %d and this program knows only %d", is, want), "Use the newer amparo that made them"})
	}
	return problems
}

func unasked(what string, err error) Problem {
	return Problem{"Could not ask for " + what + ": " + translate(context.Background(), err).Error(), "See that the database can be reached and is whole"}
}

// A setting is one that a database must have, and the values that do.
type setting struct {
	ask    string
	good   []string
	what   string // is said with the value found
	remedy string
}

func (s *Store) checkSettings(ctx context.Context, settings []setting) (problems []Problem) {
	for _, x := range settings {
		var value string
		var err error
		for range tries {
			if err = s.writer.QueryRowContext(ctx, x.ask).Scan(&value); !said(translate(ctx, err)).lost {
				break
			}
		}
		if err != nil {
			problems = append(problems, unasked(x.ask, err))
			continue
		}
		good := false
		for _, g := range x.good {
			good = good || g == value
		}
		if !good {
			problems = append(problems, Problem{fmt.Sprintf(x.what, value), x.remedy})
		}
	}
	return problems
}

func checkPostgres(ctx context.Context, s *Store) []Problem {
	return s.checkSettings(ctx, []setting{
		{"SHOW synchronous_commit", []string{"on", "local", "remote_write", "remote_apply"},
			"PostgreSQL has synchronous_commit %s: it would say a message is kept before it is", "Set it to on"},
		{"SHOW fsync", []string{"on"}, "PostgreSQL has fsync %s: a crash of the machine can destroy everything", "Set it to on"},
		{"SHOW full_page_writes", []string{"on"}, "PostgreSQL has full_page_writes %s: a crash of the machine can damage tables", "Set it to on"},
		{"SHOW server_encoding", []string{"UTF8"}, "The database is encoded in %s", "Make it anew with encoding UTF8"},
	})
}

func checkSQLite(ctx context.Context, s *Store) []Problem {
	problems := s.checkSettings(ctx, []setting{
		{"PRAGMA journal_mode", []string{"wal"}, "The journal mode is %s", "It must be wal: put the file on a local disk"},
		{"PRAGMA synchronous", []string{"2", "3"}, "synchronous is %s", "It must be FULL"},
		{"PRAGMA secure_delete", []string{"1"}, "secure_delete is %s: what is erased stays in the file", "It must be ON"},
		{"PRAGMA foreign_keys", []string{"1"}, "foreign_keys is %s", "It must be ON"},
		{"PRAGMA integrity_check(1)", []string{"ok"}, "The file is damaged: %s", "Restore it from a backup"},
		{"SELECT COUNT(*) FROM pragma_foreign_key_check", []string{"0"}, "%s rows belong to nothing", "Restore the file from a backup"},
	})
	if s.owed.Load() {
		problems = append(problems, Problem{"Something erased may still lie in the write-ahead log", "It goes with the next message; if this stays, start the hub anew"})
	}
	return append(problems, checkFiles(s.engine.path)...)
}

func checkFiles(path string) (problems []Problem) {
	dir := filepath.Dir(path)
	for _, file := range []struct {
		name string
		mode string
	}{{dir, "700"}, {path, "600"}, {path + "-wal", "600"}, {path + "-shm", "600"}} {
		info, err := os.Stat(file.name)
		if errors.Is(err, fs.ErrNotExist) && file.name != path {
			continue // there is a log only while the database is open
		}
		if err != nil {
			problems = append(problems, Problem{"Could not look at " + file.name, "See that it is there and is yours"})
		} else if info.Mode().Perm()&0o077 != 0 {
			problems = append(problems, Problem{"Others on this machine can reach " + file.name, "Run: chmod " + file.mode + " " + file.name})
		}
	}
	switch left, err := free(dir); {
	case err != nil:
		problems = append(problems, Problem{"Could not ask how much room the disk has left", "See for yourself that " + dir + " has room"})
	case left < leastFree:
		problems = append(problems, Problem{fmt.Sprintf("The disk has %d MiB left", left>>20), "Make room: when it is full, messages are refused"})
	}
	return problems
}
