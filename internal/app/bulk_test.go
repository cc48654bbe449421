package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"amparo/law"
)

var bulkArgs = []string{"assess", "--bulk", "--as-of", "2026-01-02"}

// bulk runs the command and gives what it wrote.
func bulk(ctx context.Context, stdin io.Reader, args ...string) (out, errs string, code int) {
	var stdout, stderr bytes.Buffer
	code = Main(ctx, Program{append(bulkArgs, args...), stdin, &stdout, &stderr, func(string) string { return "" }})
	return stdout.String(), stderr.String(), code
}

// The findings are in the order of the lines, whatever worker found them and however the lines arrive; each is
// what ordinary assessment comes to.
func TestBulkKeepsTheOrder(t *testing.T) {
	pack, _, err := openPack("us")
	if err != nil {
		t.Fatal(err)
	}
	data := manyJourneys(pack, 1200, false, false)
	file := filepath.Join(t.TempDir(), "cases.jsonl")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	want, errs, code := bulk(t.Context(), nil, file)
	if code != 0 || !strings.HasPrefix(errs, "amparo: 1200 journeys in ") || !strings.Contains(errs, " of the work was logic") {
		t.Fatalf("exit %d, %s", code, errs)
	}
	lines := strings.Split(want, "\n")
	if len(lines) != 1202 {
		t.Fatalf("%d lines", len(lines))
	}
	letters := map[law.Status]byte{law.Established: 'e', law.Open: 'o', law.RuledOut: 'r', law.Conflict: 'c', law.NotLaw: 'n'}
	for i, text := range bytes.Split(data, []byte("\n"))[:60] {
		id, rest, _ := bytes.Cut(text, []byte(","))
		j, err := pack.ParseJourney("line", append([]byte("{"), rest...))
		if err != nil {
			t.Fatal(err)
		}
		a, err := pack.Assess(j, law.Options{AsOf: law.Date{Year: 2026, Month: 1, Day: 2}})
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]string{}
		for _, f := range a.Findings {
			found[f.Episode] += string(letters[f.Status])
		}
		line := fmt.Sprintf(`{"line":%d,%s,"episodes":{"crossing":"%s","farm":"%s"},"person":"%s"}`, i+1, id[1:], found["crossing"], found["farm"], found[""])
		if lines[i+1] != line {
			t.Fatalf("got  %s\nwant %s", lines[i+1], line)
		}
	}
	for name, stdin := range map[string]io.Reader{
		"at once": bytes.NewReader(data), "in odd pieces": &pieces{data: data}, "the last line without an end": bytes.NewReader(bytes.TrimSuffix(data, []byte("\n"))),
	} {
		if got, _, code := bulk(t.Context(), stdin, "-"); got != want || code != 0 {
			t.Errorf("%s: exit %d, and other findings", name, code)
		}
	}
}

// pieces gives its data a few bytes at a time, now and then more.
type pieces struct {
	data []byte
	n    int
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.data) == 0 {
		return 0, io.EOF
	}
	p.n++
	n := copy(b, p.data[:min(len(p.data), p.n*7919%3001+1)])
	p.data = p.data[n:]
	return n, nil
}

// A line that cannot be read is told of by line and field, never by what it says; the others are assessed.
func TestBulkGoesOnAfterABadLine(t *testing.T) {
	long := `{"id":"` + strings.Repeat("Zulema", law.MaxLine/3) + `"}`
	stdin := strings.Join([]string{`{"id":"first"}`, ``, `{"Zulema":"Zulema"}`, ` `, long, `{"id":"Zulema`, long[:law.MaxLine+7], "{}\r", `{"filed":"Zulema"}`}, "\n")
	out, errs, code := bulk(t.Context(), &pieces{data: []byte(stdin)}, "-")
	_, out, _ = strings.Cut(out, "\n")
	var person string
	if _, err := fmt.Sscanf(out, `{"line":1,"id":"first","episodes":{},"person":"%8s"}`, &person); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := `{"line":1,"id":"first","episodes":{},"person":"` + person + `"}
{"line":3,"error":"…: no such field"}
{"line":5,"error":"too big"}
{"line":6,"error":"the text ends too soon"}
{"line":7,"error":"too big"}
{"line":8,"episodes":{},"person":"` + person + `"}
{"line":9,"error":"filed: no date: write 2013, 2013-05 or 2013-05-12, with \"about \" before it if it is not exact"}
`
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
	if code != 1 || strings.Contains(errs, "Zulema") || !strings.Contains(errs, "amparo: standard input:9:10: filed: no date") || !strings.Contains(errs, "amparo: standard input:5:1: too big\n") ||
		!strings.Contains(errs, "amparo: 2 journeys in ") || !strings.HasSuffix(errs, "; 5 lines could not be read\n") {
		t.Errorf("exit %d\n%s", code, errs)
	}
}

// Whoever stops a sweep, or stops listening to it, gets whole lines and an exit code that says so.
func TestBulkEndsCleanly(t *testing.T) {
	line := `{"id":"a"}` + "\n"
	t.Run("asked to stop", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		silent, w := io.Pipe()
		defer w.Close()
		out := &afterWrites{n: 2, then: cancel}
		var errs bytes.Buffer
		code := Main(ctx, Program{append(bulkArgs, "-"), io.MultiReader(strings.NewReader(line), silent), out, &errs, func(string) string { return "" }})
		if code != 130 || !strings.HasPrefix(errs.String(), "amparo: stopped, as asked, after 1 journey in ") && !strings.HasPrefix(errs.String(), "amparo: stopped, as asked, after 0 ") || !strings.HasSuffix(out.String(), "}\n") {
			t.Errorf("exit %d, %s%s", code, &errs, out)
		}
	})
	t.Run("nobody listens", func(t *testing.T) {
		for _, gone := range []error{syscall.EPIPE, io.ErrClosedPipe} {
			out := &afterWrites{n: 2, err: &os.PathError{Op: "write", Path: "|1", Err: gone}}
			var errs bytes.Buffer
			code := Main(t.Context(), Program{append(bulkArgs, "-"), strings.NewReader(line), out, &errs, func(string) string { return "" }})
			if code != 141 || !strings.HasPrefix(errs.String(), "amparo: stopped, since nobody reads the findings any more, after 0 journeys") {
				t.Errorf("exit %d, %s", code, &errs)
			}
		}
	})
	t.Run("the disk is full", func(t *testing.T) {
		var errs bytes.Buffer
		code := Main(t.Context(), Program{append(bulkArgs, "--quiet", "-"), strings.NewReader(line), &afterWrites{n: 1, err: syscall.ENOSPC}, &errs, func(string) string { return "" }})
		if code != 1 || errs.String() != "amparo: no space left on device\n" {
			t.Errorf("exit %d, %s", code, &errs)
		}
	})
	t.Run("the disk is broken", func(t *testing.T) {
		out, errs, code := bulk(t.Context(), io.MultiReader(strings.NewReader(line+`{"id":"b`), broken{}), "-")
		if code != 1 || strings.Count(out, "\n") != 2 || !strings.Contains(errs, "broken off after 1 journey") || !strings.HasSuffix(errs, "amparo: input/output error\n") {
			t.Errorf("exit %d, %s%s", code, out, errs)
		}
	})
}

// afterWrites does something at its n-th write: what it is to do, or else it fails.
type afterWrites struct {
	bytes.Buffer
	n    int
	then func()
	err  error
}

func (w *afterWrites) Write(b []byte) (int, error) {
	if w.n--; w.n == 0 && w.err != nil {
		return 0, w.err
	} else if w.n == 0 {
		defer w.then()
	}
	return w.Buffer.Write(b)
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, syscall.EIO }

// A sweep ends even while a write hangs.
func TestBulkLeavesAWriteThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pack, _, err := openPack("us")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		unread, out := io.Pipe()
		s := sweep{from: strings.NewReader("{}\n"), to: out}
		start := time.Now()
		ended := make(chan error)
		go func() {
			ended <- s.run(ctx, func() (*beside, error) {
				return newBeside([]*law.Pack{pack}, law.Options{AsOf: law.Date{Year: 2026, Month: 1, Day: 2}})
			})
		}()
		synctest.Wait()
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) || time.Since(start) != lastWrite {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		unread.Close()
	})
}

// What a sweep needs of memory does not grow with what it reads.
func TestBulkMemoryIsConstant(t *testing.T) {
	pack, _, err := openPack("us")
	if err != nil {
		t.Fatal(err)
	}
	data := manyJourneys(pack, 500, false, true)
	used := func(times int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s := sweep{from: &again{data: data, times: times}, to: io.Discard, seen: func(*chunk) {}}
		if err := s.run(t.Context(), func() (*beside, error) {
			return newBeside([]*law.Pack{pack}, law.Options{AsOf: law.Date{Year: 2026, Month: 1, Day: 2}})
		}); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	few, many := used(4), used(40)
	if read := uint64(36 * len(data)); many > few+read/20 {
		t.Errorf("%d bytes more read took %d more of memory", read, many-few)
	}
}

// again reads the same data several times over.
type again struct {
	data  []byte
	times int
	at    int
}

func (a *again) Read(b []byte) (int, error) {
	if a.at == len(a.data) {
		a.at = 0
		a.times--
	}
	if a.times == 0 {
		return 0, io.EOF
	}
	n := copy(b, a.data[a.at:])
	a.at += n
	return n, nil
}

// At a terminal one sees how far it is; the bar goes away before other words.
func TestBulkShowsProgress(t *testing.T) {
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	var bar bytes.Buffer
	w := &watch{size: 4000, start: start, bar: &bar, read: 1000, journeys: 500}
	if got, want := w.line(start.Add(2*time.Second)), "[======                  ]  25%  500 journeys, 250 a second, 6 s left"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	w.seen(&chunk{size: 3000, journeys: 7, wrong: []error{io.EOF}, busy: 4 * time.Second, logic: time.Second})
	w.clear()
	if got := bar.String(); !strings.HasPrefix(got, "\r[========================] 100%  507 journeys, ") || !strings.HasSuffix(got, "\x1b[K\r\x1b[K") {
		t.Errorf("%q", got)
	}
	if got, want := w.closing(start.Add(2*time.Second), nil, true), "507 journeys in 2.00 s: 254 a second; 25.0% of the work was logic; a finding differs in 0; 1 line could not be read"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	w.size = 0
	if got, want := w.line(start.Add(time.Second)), "507 journeys, 507 a second"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
