package app

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestLogDropsWhatIsNotAllowed(t *testing.T) {
	var out bytes.Buffer
	log := newLog(&out)
	log.With("name", "CANARY1", "wing", "hub").WithGroup("g").Info("said",
		"body", "CANARY2", "route", "GET /", slog.Group("err2", "x", "CANARY3"), "err", "kept")
	got := out.String()
	if strings.Contains(got, "CANARY") {
		t.Errorf("log holds what is not allowed: %s", got)
	}
	for _, want := range []string{`"wing":"hub"`, `"route":"GET /"`, `"err":"kept"`} {
		if !strings.Contains(got, want) {
			t.Errorf("log lacks %s: %s", want, got)
		}
	}
}

func TestWatchmanCountsRoutesAndSurvivesPanics(t *testing.T) {
	var out bytes.Buffer
	mux := http.NewServeMux()
	mux.HandleFunc("GET /thing/{id}", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("GET /bang", func(w http.ResponseWriter, r *http.Request) { panic("CANARY in a panic") })
	m := watched("hub", newLog(&out), mux)
	for _, path := range []string{"/thing/CANARY-ID", "/thing/2", "/bang", "/CANARY-PATH"} {
		m.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path+"?q=CANARY-QUERY", nil))
	}
	m.write(&out)
	got := out.String()
	if strings.Contains(got, "CANARY") {
		t.Errorf("a log or a metric holds what a request held:\n%s", got)
	}
	for _, want := range []string{
		`{wing="hub",route="GET /thing/{id}",status="200"} 2`,
		`{wing="hub",route="GET /bang",status="500"} 1`,
		`{wing="hub",route="",status="404"} 1`,
		`"panic":"string"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %s:\n%s", want, got)
		}
	}
}
