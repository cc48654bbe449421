package app

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"amparo/internal/fault"
)

// A watchman stands before a handler: it counts and times by route, logs what failed, and turns a
// panic into a 500. It never sees more than a route's pattern.
type watchman struct {
	wing string
	log  *slog.Logger
	next http.Handler

	mu     sync.Mutex
	counts map[outcome]int
}

type outcome struct {
	route  string
	status int
}

func watched(wing string, log *slog.Logger, next http.Handler) *watchman {
	return &watchman{wing: wing, log: log, next: next, counts: map[outcome]int{}}
}

func (m *watchman) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	s := &statusWriter{ResponseWriter: w}
	defer func() {
		if p := recover(); p != nil && p != http.ErrAbortHandler {
			m.log.Error("panic", "wing", m.wing, "route", r.Pattern, "panic", fmt.Sprintf("%T", p), "err", stack())
			if s.status == 0 {
				s.WriteHeader(fault.Internal.Status())
			}
		}
		if s.status == 0 {
			s.status = http.StatusOK // what net/http sends for a handler that wrote nothing
		}
		m.mu.Lock()
		m.counts[outcome{r.Pattern, s.status}]++
		m.mu.Unlock()
		if s.status >= 500 {
			m.log.Warn("request failed", "wing", m.wing, "route", r.Pattern, "status", s.status, "ms", time.Since(start).Milliseconds())
		}
	}()
	m.next.ServeHTTP(s, r)
}

// stack is where a panic came from: functions and lines. A stack as Go prints it holds arguments too, and
// a key is one.
func stack() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)]) // without this, its caller, and the panic
	var b strings.Builder
	for {
		f, more := frames.Next()
		fmt.Fprintf(&b, "%s %s:%d\n", f.Function, filepath.Base(f.File), f.Line)
		if !more {
			return b.String()
		}
	}
}

// write prints the counts in Prometheus' text format.
func (m *watchman) write(w io.Writer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	keys := make([]outcome, 0, len(m.counts))
	for k := range m.counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b outcome) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.status, b.status))
	})
	for _, k := range keys {
		fmt.Fprintf(w, "amparo_http_requests_total{wing=%q,route=%q,status=\"%d\"} %d\n", m.wing, k.route, k.status, m.counts[k])
	}
}

// statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (s *statusWriter) WriteHeader(code int) {
	if s.status == 0 {
		s.status = code
	}
	s.ResponseWriter.WriteHeader(code)
}

func (s *statusWriter) Write(p []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	return s.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the flusher and the deadlines.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }
