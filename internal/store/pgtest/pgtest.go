// Package pgtest runs Debian's PostgreSQL for tests: one server for each test binary, on a Unix socket
// in a temporary folder, with fsync on, and a fresh database for each test. The server stops and its
// folder goes when the test binary ends, however it ends.
package pgtest

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

var (
	server = sync.OnceValues(start)
	made   atomic.Int64
)

// URL gives the address of a fresh, empty database, which goes when the test ends. Its text is ordered
// as a language would have it, not by bytes, as on many servers. A machine without PostgreSQL fails
// the test.
func URL(t testing.TB) string {
	t.Helper()
	dir, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name := "t" + strconv.FormatInt(made.Add(1), 10)
	Exec(t, address(dir, "postgres"), "CREATE DATABASE "+name)
	t.Cleanup(func() { Exec(t, address(dir, "postgres"), "DROP DATABASE "+name+" WITH (FORCE)") })
	return address(dir, name)
}

// Exec runs SQL without arguments in the database at url.
func Exec(t testing.TB, url, text string) {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func address(dir, name string) string { return "postgres://amparo@/" + name + "?host=" + dir }

// bin is the folder of the newest PostgreSQL.
func bin() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("pgtest: no PostgreSQL under /usr/lib/postgresql; install Debian's package postgresql")
	}
	newest := func(path string) int {
		n, _ := strconv.Atoi(strings.Split(path, "/")[4])
		return n
	}
	best := found[0]
	for _, f := range found {
		if newest(f) > newest(best) {
			best = f
		}
	}
	return filepath.Dir(best), nil
}

// watch runs the server until its standard input ends, which it does with the test binary.
const watch = `"$0"/postgres -D "$1/data" -k "$1" -c listen_addresses= -c fsync=on -c max_connections=100 -c shared_buffers=32MB &
read end
kill -INT $!
wait
rm -rf "$1"`

// start makes a server and gives the folder of its socket.
func start() (string, error) {
	bin, err := bin()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		return "", err
	}
	as, err := asOther(dir)
	if err != nil {
		return "", err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "amparo", "-A", "trust", "--no-sync",
		"--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en")
	initdb.SysProcAttr, initdb.Dir = as, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return "", fmt.Errorf("pgtest: initdb: %w: %s", err, out)
	}
	run := exec.Command("/bin/sh", "-c", watch, bin, dir)
	run.SysProcAttr, run.Dir = as, dir
	if _, err := run.StdinPipe(); err != nil { // held open, and never written to
		return "", err
	}
	log, err := run.StderrPipe()
	if err != nil {
		return "", err
	}
	if err := run.Start(); err != nil {
		return "", err
	}
	var said strings.Builder
	for lines := bufio.NewScanner(log); lines.Scan(); {
		if said.WriteString(lines.Text() + "\n"); strings.Contains(lines.Text(), "ready to accept connections") {
			go func() {
				for lines.Scan() { // so that the server never waits for us
				}
				run.Wait() // and run, with the pipe, is held until the process ends
			}()
			return dir, nil
		}
	}
	return "", fmt.Errorf("pgtest: postgres did not start: %s", said.String())
}

// asOther gives dir to somebody who is not root, whom PostgreSQL refuses to run as.
func asOther(dir string) (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Setpgid: true} // Ctrl-C reaches the server through the test binary's end
	if os.Getuid() != 0 {
		return as, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, fmt.Errorf("pgtest: no user to run PostgreSQL as: %w", err)
		}
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(dir, int(uid), int(gid))
}
