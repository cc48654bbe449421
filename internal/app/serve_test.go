package app

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestWhoReadsNothingIsCutOff(t *testing.T) {
	was := writeTimeout
	writeTimeout = 10 * time.Millisecond
	t.Cleanup(func() { writeTimeout = was })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	cut := make(chan error, 1)
	endless := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				cut <- err
				return
			}
		}
	})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- serve(ctx, slog.New(slog.DiscardHandler), site{name: "hub", listener: l, handler: endless})
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-cut
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestNothingIsServedInTheClear(t *testing.T) {
	db := "sqlite:" + filepath.Join(t.TempDir(), "a.db")
	if code, _, errs := run(t, "init", "--db", db, "--org", "Org", "--member", "sol:supervisor"); code != 0 {
		t.Fatal(errs)
	}
	for _, args := range [][]string{
		{"hub", "--db", db, "--listen", "0.0.0.0:0"},
		{"desk", "--hub", "http://127.0.0.1:1", "--hosted", "--listen", "0.0.0.0:0"},
	} {
		if code, out, errs := run(t, args...); code != 1 || !strings.Contains(errs, "in the clear") {
			t.Errorf("%q: %d %s %s", args, code, out, errs)
		}
		r := start(t, append(args, "--secure")...) // behind a proxy
		r.stop()
	}
}

func key(k [32]byte) int { panic(k[0]) }

func TestAPanicLogsNoArguments(t *testing.T) {
	var out bytes.Buffer
	m := watched("hub", newLog(&out), http.HandlerFunc(func(http.ResponseWriter, *http.Request) { key([32]byte{0xca, 0xfe}) }))
	m.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if got := out.String(); strings.Contains(got, "0x") || !strings.Contains(got, "app.key serve_test.go:") {
		t.Errorf("logged %s", got)
	}
}
