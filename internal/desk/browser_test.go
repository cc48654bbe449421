package desk

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"amparo/internal/desk/desktest"
	"amparo/internal/directory"
	"amparo/packs"
)

// A served desk is one that browsers can go to.
type served struct {
	*desktest.Office
	*httptest.Server
	desk *desk
	log  *bytes.Buffer
	t    *testing.T
}

func serve(t *testing.T, change ...func(*Config)) *served {
	t.Helper()
	pack, err := packs.Load("us")
	if err != nil {
		t.Fatal(err)
	}
	s := &served{Office: desktest.New(t, time.Now), log: new(bytes.Buffer), t: t}
	c := Config{Gate: s.Office, Pack: pack, Directory: directory.Invented(), Log: slog.New(slog.NewJSONHandler(s.log, nil))}
	for _, f := range change {
		f(&c)
	}
	if s.desk, err = newDesk(c); err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewServer(s.desk.guard(s.desk.routes()))
	t.Cleanup(s.Close)
	return s
}

// A browser is one person's, with JavaScript off: it follows redirects and keeps cookies.
type browser struct {
	*served
	client *http.Client
	page   string     // the text of the page it is at
	doc    *html.Node // the same, parsed
	at     *url.URL
	status int
}

func (s *served) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{served: s, client: &http.Client{Jar: jar}}
}

// member is a browser in which a member has logged in.
func (s *served) member(handle string) *browser {
	s.t.Helper()
	b := s.browser()
	b.post("/login", url.Values{"handle": {handle}, "passphrase": {s.Passphrases[handle]}})
	if b.at.Path == "/login" {
		s.t.Fatalf("%s does not get in: %s", handle, b.page)
	}
	return b
}

func (b *browser) take(res *http.Response, err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.page, b.status, b.at = string(data), res.StatusCode, res.Request.URL
	if b.doc, err = html.Parse(bytes.NewReader(data)); err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) get(path string) *browser {
	b.t.Helper()
	b.take(b.client.Get(b.URL + path))
	return b
}

func (b *browser) post(path string, form url.Values) *browser {
	b.t.Helper()
	b.take(b.client.PostForm(b.URL+path, form))
	return b
}

// submit sends the page's form that posts, or has a button that posts, to path, as it stands but for what changes says.
func (b *browser) submit(path string, changes url.Values) *browser {
	b.t.Helper()
	form := find(b.doc, func(n *html.Node) bool {
		by := find(n, func(e *html.Node) bool { return attr(e, "formaction") == path })
		return n.Data == "form" && (attr(n, "action") == path || by != nil)
	})
	if form == nil {
		b.t.Fatalf("%s has no form for %s", b.at.Path, path)
	}
	values := url.Values{}
	each(form, func(n *html.Node) {
		name, value := attr(n, "name"), attr(n, "value")
		switch {
		case name == "":
		case n.Data == "input" && (attr(n, "type") == "radio" || attr(n, "type") == "checkbox"):
			if has(n, "checked") {
				values.Add(name, value)
			}
		case n.Data == "input":
			values.Add(name, value)
		case n.Data == "textarea":
			values.Add(name, text(n))
		case n.Data == "select":
			chosen := find(n, func(o *html.Node) bool { return o.Data == "option" && has(o, "selected") })
			if chosen == nil {
				chosen = find(n, func(o *html.Node) bool { return o.Data == "option" })
			}
			if chosen != nil {
				values.Add(name, attr(chosen, "value"))
			}
		}
	})
	for name, v := range changes {
		values[name] = v
	}
	return b.post(path, values)
}

// sees fails unless the page has each text.
func (b *browser) sees(texts ...string) {
	b.t.Helper()
	all := strings.Join(strings.Fields(text(b.doc)), " ")
	for _, want := range texts {
		if !strings.Contains(all, want) {
			b.t.Errorf("%s (%d) does not say %q", b.at.Path, b.status, want)
		}
	}
}

func each(n *html.Node, f func(*html.Node)) {
	if n.Type == html.ElementNode {
		f(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, f)
	}
}

func find(n *html.Node, is func(*html.Node) bool) (found *html.Node) {
	each(n, func(e *html.Node) {
		if found == nil && is(e) {
			found = e
		}
	})
	return found
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.TrimSuffix(b.String(), " ")
}
