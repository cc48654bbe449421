package asset_test

import (
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"

	"amparo/internal/asset"
)

var some = fstest.MapFS{
	"a/desk.css":            {Data: []byte(strings.Repeat("body { color: green }\n", 50))},
	"a/htmx.js":             {Data: []byte("// code")},
	"a/htmx.js.LICENSE.txt": {Data: []byte("BSD")},
	"a/odd.zzz":             {Data: []byte("?")},
}

func TestAddressesChangeWithContent(t *testing.T) {
	load := func(css string) string {
		fsys := fstest.MapFS{"desk.css": {Data: []byte(css)}}
		s, err := asset.Load(fsys, "desk.css")
		if err != nil {
			t.Fatal(err)
		}
		return s.Address("desk.css")
	}
	one, two := load("a"), load("b")
	if one == two || one != load("a") || !strings.HasPrefix(one, "/assets/desk.") || !strings.HasSuffix(one, ".css") {
		t.Errorf("%s, %s", one, two)
	}
}

func TestServeInTheCodingAskedFor(t *testing.T) {
	s, err := asset.Load(some, "a/desk.css", "a/htmx.js", "a/htmx.js.LICENSE.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := string(some["a/desk.css"].Data)
	for accept, coding := range map[string]string{
		"": "", "gzip, deflate, br;q=0.5": "br", "gzip": "gzip", "br;q=0, gzip;q=0.1": "gzip", "br;q=0.0": "", "identity": "", "brotli": "",
	} {
		r := httptest.NewRequest("GET", s.Address("desk.css"), nil)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		if !s.Serve(w, r, strings.TrimPrefix(r.URL.Path, asset.Prefix)) {
			t.Fatal("not served")
		}
		var body io.Reader = w.Body
		switch w.Header().Get("Content-Encoding") {
		case "br":
			body = brotli.NewReader(body)
		case "gzip":
			if body, err = gzip.NewReader(body); err != nil {
				t.Fatal(err)
			}
		}
		got, err := io.ReadAll(body)
		if err != nil || string(got) != want || w.Header().Get("Content-Encoding") != coding {
			t.Errorf("%q: coding %q, want %q; %d bytes, %v", accept, w.Header().Get("Content-Encoding"), coding, len(got), err)
		}
		if kind := w.Header().Get("Content-Type"); kind != "text/css; charset=utf-8" {
			t.Errorf("content type %q", kind)
		}
	}
	if s.Address("htmx.js.LICENSE.txt") != "/assets/htmx.js.LICENSE.txt" {
		t.Error("a licence lost its name")
	}
	if s.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", "/assets/other.js", nil), "other.js") {
		t.Error("served what is not there")
	}
}

func TestLoadRefusesWhatIsNotThereOrHasNoType(t *testing.T) {
	for _, name := range []string{"a/none.css", "a/odd.zzz"} {
		if _, err := asset.Load(some, name); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWithAddsWhatWasMade(t *testing.T) {
	before, err := asset.Load(some, "a/desk.css")
	if err != nil {
		t.Fatal(err)
	}
	s, err := before.With("law.en.json", []byte(`{"a":1}`))
	if err != nil {
		t.Fatal(err)
	}
	other, err := before.With("law.en.json", []byte(`{"a":2}`))
	if err != nil || other.Address("law.en.json") == s.Address("law.en.json") || s.Address("desk.css") != before.Address("desk.css") {
		t.Errorf("%s, %s: %v", s.Address("law.en.json"), other.Address("law.en.json"), err)
	}
	w := httptest.NewRecorder()
	last := strings.TrimPrefix(s.Address("law.en.json"), asset.Prefix)
	if !s.Serve(w, httptest.NewRequest("GET", "/", nil), last) || w.Body.String() != `{"a":1}` || w.Header().Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("served %q as %q", w.Body, w.Header().Get("Content-Type"))
	}
	if before.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), last) {
		t.Error("the set before has it too")
	}
	if _, err := before.With("odd.zzz", nil); err == nil {
		t.Error("a file of no known type is taken")
	}
}
