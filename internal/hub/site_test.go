package hub

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"
)

// everywhere are addresses of every kind, with how to ask for each.
var everywhere = []string{"/", "/en", "/en/", "/es/", "/en/talk", "/es/tell", "/en/privacy", "/en/exit-help", "/nowhere", "/en/nowhere", "/xx/",
	"/exit", "/favicon.ico", "/assets/none.css", "/v1/key", "/v1/events", "/v1/none", "/healthz", "/readyz", "/storybook", "/storybook/en/none", "/storybook/client/none.js"}

func TestEveryAnswerIsGuarded(t *testing.T) {
	f := open(t, "")
	for _, path := range everywhere {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "OPTIONS"} {
			w := f.do(method, path, nil, "Sec-Fetch-Site", "same-origin")
			for name, want := range map[string]string{
				"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
				"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			} {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s %s: %s is %q", method, path, name, got)
				}
			}
			csp := w.Header().Get("Content-Security-Policy")
			if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
				t.Errorf("%s %s: policy %q", method, path, csp)
			}
			if p := w.Header().Get("Permissions-Policy"); !strings.Contains(p, "geolocation=(), ") || !strings.Contains(p, "camera=()") {
				t.Errorf("%s %s: permissions %q", method, path, p)
			}
			if path != "/exit" && len(w.Result().Cookies()) > 0 {
				t.Errorf("%s %s sets a cookie", method, path)
			}
			if w.Code >= 300 && w.Code < 400 && path != "/exit" {
				t.Errorf("%s %s leads elsewhere: %d", method, path, w.Code)
			}
			if w.Code == http.StatusMethodNotAllowed {
				t.Errorf("%s %s: an answer without Exit", method, path)
			}
			if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") && w.Header().Get("Content-Encoding") == "" {
				exitFirst(t, method+" "+path, w.Body.String())
			}
		}
	}
}

// exitFirst fails unless Exit is the first thing that can be reached on a page.
func exitFirst(t *testing.T, where, page string) {
	t.Helper()
	found := ""
	walk(t, page, func(n *html.Node) {
		switch n.Data {
		case "a", "button", "input", "textarea", "select", "iframe", "summary":
			if found == "" && attr(n, "type") != "hidden" {
				found = n.Data + " " + attr(n, "href")
			}
		}
	})
	if found != "a /exit" {
		t.Errorf("%s: first comes %q", where, found)
	}
}

func TestExit(t *testing.T) {
	f := open(t, "")
	w := f.get("/exit")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != exitURL {
		t.Errorf("exit: %d to %q", w.Code, w.Header().Get("Location"))
	}
	if got := w.Header().Get("Set-Cookie"); got != "x=1; Path=/; Max-Age=120; HttpOnly; SameSite=Lax" {
		t.Errorf("cookie %q", got)
	}
	if got := w.Header().Get("Clear-Site-Data"); got != `"cache", "storage"` {
		t.Errorf("clears %q", got)
	}
	form := first(f, "/en/talk")
	for _, c := range []struct{ method, path string }{
		{"GET", "/"}, {"GET", "/en/"}, {"GET", "/es/talk"}, {"GET", "/nowhere"}, {"GET", "/en/privacy"}, {"POST", "/en/talk"}, {"POST", "/en/read"}, {"POST", "/en/say"}, {"POST", "/en/erase"}, {"GET", "/exit"},
	} {
		if w := f.do(c.method, c.path, form, "Cookie", "x=1", "Sec-Fetch-Site", "same-origin"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != exitURL || w.Body.Len() > 0 {
			t.Errorf("%s %s after Exit: %d\n%s", c.method, c.path, w.Code, w.Body)
		}
	}
	f.hub.Secure = true
	w = f.get("/exit")
	if got := w.Header().Get("Set-Cookie"); !strings.HasSuffix(got, "; Secure; SameSite=Lax") || w.Header().Get("Strict-Transport-Security") == "" {
		t.Errorf("over https: cookie %q, %q", got, w.Header().Get("Strict-Transport-Security"))
	}
}

func TestHomeSpeaksTheSuggestedLanguage(t *testing.T) {
	f := open(t, "")
	for accept, want := range map[string]string{
		"": "en", "es-MX,es;q=0.9": "es", "fr": "fr", "de": "en", "zh-CN": "zh-Hans", "ar-EG": "ar", "en-XA": "en", "ar-XB": "ar", "en;q=0.1,es": "es", "*": "en", "\x00<script>": "en", ";;;q=q": "en", strings.Repeat("es,", 5000): "en",
	} {
		if w := f.get("/", "Accept-Language", accept); w.Code != 200 || !strings.Contains(w.Body.String(), `<html lang="`+want+`"`) {
			t.Errorf("%.40q: %d, not %s", accept, w.Code, want)
		}
	}
	if w := f.get("/nowhere", "Accept-Language", "es"); w.Code != 404 || !strings.Contains(w.Body.String(), "Aquí no hay nada") {
		t.Errorf("404 in Spanish: %d", w.Code)
	}
}

func TestHostileAddresses(t *testing.T) {
	f := open(t, "")
	for _, path := range []string{"/EN/", "/en-US/", "/e%00n/", "/%2e%2e/", "/en%2ftalk", "/<script>alert(1)</script>", "/en/talk/", "/en/say", "/assets/..%2fhub.go", "/%F0%9F%98%80", "/storybook/client/..%2f..%2fhub.go", "/storybook/xx/home"} {
		w := f.get(path)
		if w.Code != 404 || strings.Contains(w.Body.String(), "alert") {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := f.get("/en/?q=" + strings.Repeat("secret", 100)); w.Code != 200 || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("a question in the address: %d", w.Code)
	}
	if log := f.log.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
}

func TestOtherSitesMayNotPost(t *testing.T) {
	f := open(t, "")
	form := with(first(f, "/en/talk"), "text", "x")
	for _, path := range []string{"/en/talk", "/en/say", "/en/erase", "/v1/open", "/v1/erase", "/v1/leave"} {
		for _, h := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site", "Origin", "null"}} {
			if w := f.do("POST", path, form, h...); w.Code != http.StatusForbidden {
				t.Errorf("%s with %v: %d", path, h, w.Code)
			}
		}
	}
	w := f.do("POST", "/en/erase", form, "Origin", "null") // an old phone, on our own page
	if w.Code != 404 {
		t.Errorf("an old browser's own form: %d", w.Code)
	}
}

func TestSecretsAreNotCompressed(t *testing.T) {
	f := open(t, "")
	for path, want := range map[string]string{"/en/": "br", "/en/privacy": "br", "/en/talk": "", "/es/tell": ""} {
		if got := f.get(path, "Accept-Encoding", "gzip, br").Header().Get("Content-Encoding"); got != want {
			t.Errorf("%s comes as %q; want %q", path, got, want)
		}
	}
	w := f.get("/en/", "Accept-Encoding", "gzip;q=1.0")
	r, err := gzip.NewReader(w.Body)
	f.must(err)
	if page, err := io.ReadAll(r); err != nil || !bytes.HasSuffix(bytes.TrimSpace(page), []byte("</html>")) {
		t.Errorf("gzip: %v", err)
	}
}

// TestWeight measures what a first visit fetches, compressed.
func TestWeight(t *testing.T) {
	f := open(t, "")
	for path, limit := range map[string]int{"/en/": 14_000, "/es/": 14_000, "/en/talk": 30_000, "/es/talk": 30_000} {
		w := f.get(path, "Accept-Encoding", "br")
		total := w.Body.Len()
		page := w.Body.String()
		if w.Header().Get("Content-Encoding") == "br" {
			b, err := io.ReadAll(brotli.NewReader(strings.NewReader(page)))
			f.must(err)
			page = string(b)
		}
		parts := 0
		walk(t, page, func(n *html.Node) {
			if at := attr(n, "src") + attr(n, "href"); (n.Data == "link" || n.Data == "script") && at != "" {
				a := f.get(at, "Accept-Encoding", "br, gzip")
				if a.Code != 200 || a.Header().Get("Content-Encoding") != "br" {
					t.Errorf("%s: %d %q", at, a.Code, a.Header().Get("Content-Encoding"))
				}
				total += a.Body.Len()
				parts++
			}
		})
		t.Logf("%s weighs %d bytes with %d files", path, total, parts)
		if total > limit || parts < 2 {
			t.Errorf("%s weighs %d of %d bytes with %d files", path, total, limit, parts)
		}
	}
}

func TestReady(t *testing.T) {
	f := open(t, "")
	if w := f.get("/readyz"); w.Code != 200 {
		t.Errorf("ready: %d", w.Code)
	}
	f.hub.Ready = func(context.Context) error { return errors.New("planted") }
	if w := f.get("/readyz"); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "planted") {
		t.Errorf("not ready: %d %s", w.Code, w.Body)
	}
	if w := f.get("/healthz"); w.Code != 200 {
		t.Errorf("healthy: %d", w.Code)
	}
}

func TestConfigIsChecked(t *testing.T) {
	f := open(t, "")
	good := f.hub.Config
	for name, change := range map[string]func(*Config){
		"switchboard": func(c *Config) { c.Switchboard = nil }, "name": func(c *Config) { c.Name = "" }, "exit URL": func(c *Config) { c.ExitURL = "/relative" },
		"absolute": func(c *Config) { c.ExitURL = "javascript:alert(1)" },
	} {
		c := good
		change(&c)
		if _, err := New(c); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
