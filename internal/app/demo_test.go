package app

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A running program is one that has said it is ready.
type running struct {
	said       map[string]string // the first word of each line it said, and the rest
	passphrase map[string]string // of each member
	errs       *lockedBuffer
	stop       func() int // ends it as Ctrl-C does, and gives its exit code
}

// start runs the program with args until the test ends, and waits until it is ready.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	r := &running{said: map[string]string{}, passphrase: map[string]string{}, errs: &lockedBuffer{}}
	done := make(chan int, 1)
	go func() {
		p := Program{Args: args, Stdin: strings.NewReader(""), Stdout: in, Stderr: r.errs, Env: func(string) string { return "" }}
		done <- Main(ctx, p)
		in.Close()
	}()
	r.stop = sync.OnceValue(func() int { cancel(); return <-done })
	t.Cleanup(func() { r.stop() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		if word == "ready" {
			go io.Copy(io.Discard, out)
			return r
		}
		r.said[word] = rest
		if f := strings.Fields(rest); word == "member" && len(f) == 3 {
			r.passphrase[f[0]] = f[2]
		}
	}
	t.Fatalf("amparo %q ended before it was ready: %s", args, r.errs)
	return nil
}

// A lockedBuffer is one that the program and the test may use at once.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// page gets an address, and gives status and body.
func page(t *testing.T, client *http.Client, url string) (int, string) {
	t.Helper()
	res, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func TestDemoServesBothWingsAndStopsCleanly(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	r := start(t, "demo", "--listen", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--metrics", "127.0.0.1:0")
	for _, wing := range []string{"site", "desk"} {
		for path, want := range map[string]string{"healthz": "ok\n", "readyz": "ready\n"} {
			if code, body := page(t, http.DefaultClient, r.said[wing]+path); code != 200 || body != want {
				t.Errorf("%s %s: %d %q", wing, path, code, body)
			}
		}
	}
	for _, c := range []struct{ wing, path, want string }{
		{"site", "en/", "invented people"},
		{"site", "es/", "personas inventadas"},
		{"desk", "login", "invented"},
		{"site", "en/nowhere", "/exit"},
	} {
		code, body := page(t, http.DefaultClient, r.said[c.wing]+c.path)
		if want := map[bool]int{true: 404, false: 200}[c.path == "en/nowhere"]; code != want || !strings.Contains(body, c.want) {
			t.Errorf("%s/%s: status %d, want %d, and %q within", c.wing, c.path, code, want, c.want)
		}
	}
	for _, wing := range []string{"site", "desk"} {
		res, err := http.Get(r.said[wing] + "/en//talk")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.Header.Get("Content-Security-Policy") == "" || res.Header.Get("Referrer-Policy") == "" {
			t.Errorf("%s: an odd address is answered without the site's headers: %v", wing, res.Header)
		}
	}
	if _, body := page(t, http.DefaultClient, r.said["metrics"]+"metrics"); !strings.Contains(body, `wing="hub",route="GET /healthz",status="200"} 1`) {
		t.Errorf("metrics: %s", body)
	}
	if len(r.passphrase) != 3 {
		t.Errorf("%d members, want 3", len(r.passphrase))
	}
	if code := r.stop(); code != 0 || strings.Contains(r.errs.String(), `"ERROR"`) {
		t.Errorf("exit %d; log: %s", code, r.errs)
	}
	if left, _ := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "*")); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}

// The two wings as two programs: the hub over a store that init made, the desk on a member's machine.
func TestHubAndDeskApart(t *testing.T) {
	dir := t.TempDir()
	db := "sqlite:" + filepath.Join(dir, "hub.db")
	if code, _, errs := run(t, "init", "--db", db, "--org", "Casa Abierta", "--member", "sol:supervisor"); code != 0 {
		t.Fatal(errs)
	}
	hub := start(t, "hub", "--db", db, "--listen", "127.0.0.1:0")
	desk := start(t, "desk", "--hub", hub.said["site"], "--listen", "127.0.0.1:0")
	if _, body := page(t, http.DefaultClient, hub.said["site"]+"en/"); strings.Contains(body, "invented") || !strings.Contains(body, "Casa Abierta") {
		t.Error("the public site does not name the organisation, or takes it for a demonstration")
	}
	if _, body := page(t, http.DefaultClient, desk.said["desk"]+"login"); !strings.Contains(body, "own machine") {
		t.Error("the desk does not say where it runs")
	}
	if code := desk.stop(); code != 0 {
		t.Errorf("desk: exit %d: %s", code, desk.errs)
	}
	if code := hub.stop(); code != 0 {
		t.Errorf("hub: exit %d: %s", code, hub.errs)
	}
	if code, _, errs := run(t, "desk", "--hub", "http://127.0.0.1:1", "--listen", "0.0.0.0:0"); code != 1 || !strings.Contains(errs, "--hosted") {
		t.Errorf("a desk for all to reach: exit %d: %s", code, errs)
	}
}

// run is the program with arguments, to its end.
func run(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	p := Program{Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Env: func(string) string { return "" }}
	code = Main(context.Background(), p)
	return code, stdout.String(), stderr.String()
}

func TestReleaseCountsWhatAHubKeeps(t *testing.T) {
	r := start(t, "demo", "--listen", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--data", t.TempDir())
	table := func(member, pass string, more ...string) (int, string, string) {
		var stdout, stderr bytes.Buffer
		args := append([]string{"release", "table", "--hub", r.said["site"], "--member", member, "--by", "Gender,amparoAct"}, more...)
		p := Program{Args: args, Stdin: strings.NewReader(pass + "\n"), Stdout: &stdout, Stderr: &stderr, Env: func(string) string { return "" }}
		code := Main(t.Context(), p)
		return code, stdout.String(), stderr.String()
	}
	code, out, errs := table("noor", r.passphrase["noor"], "--publish")
	if code != 0 || !strings.Contains(out, "withheld") || !strings.Contains(out, "about 400") {
		t.Errorf("exit %d: %s%s", code, errs, out)
	}
	code, again, errs := table("noor", r.passphrase["noor"], "--publish", "--format", "csv")
	if code != 0 || !strings.HasPrefix(again, "Gender,") && !strings.Contains(again, "\nGender,") {
		t.Errorf("the same table once more: exit %d: %s%s", code, errs, again)
	}
	for name, c := range map[string]struct{ member, pass, want string }{
		"wrong passphrase": {"noor", "not it", "not right"},
		"nobody":           {"nobody", "not it", "not right"},
		"no right":         {"ana", r.passphrase["ana"], "not this member's"},
		"no passphrase":    {"noor", "", "no passphrase"},
	} {
		code, out, errs := table(c.member, c.pass)
		if code != 1 || out != "" || !strings.Contains(errs, c.want) {
			t.Errorf("%s: exit %d, %q, %q; want 1, nothing, %q", name, code, out, errs, c.want)
		}
	}
}
