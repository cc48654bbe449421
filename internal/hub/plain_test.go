package hub

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/seal"
)

// first opens the page of a door and gives its form.
func first(f *fixture, path string) url.Values {
	f.Helper()
	return fields(f.T, f.get(path).Body.String())
}

// TestPlainTalk is a whole conversation without JavaScript: said, heard, answered, said again, ended.
func TestPlainTalk(t *testing.T) {
	f := open(t, "")
	f.member()
	form := with(first(f, "/en/tell"), "text", "  <b>they</b> keep\x00 my papers\r\nand\u202e more ")
	page := f.stream("POST", "/en/tell", form)
	text := page.until("You are next")
	if want := "&lt;b&gt;they&lt;/b&gt; keep my papers\nand\u202e more</blockquote>"; !strings.Contains(text, want) {
		t.Errorf("what was said is not shown as text:\n%s", text)
	}
	if got, want := page.head.Get("Content-Security-Policy"), policyPlain; got != want {
		t.Errorf("policy %q", got)
	}
	if strings.Contains(text, "<script") || page.head.Get("Content-Encoding") != "" {
		t.Error("a page that holds a key runs a script or is compressed")
	}
	c := f.waiting()
	if c.SealedBy != chat.ByHub || c.Door != chat.Tell || c.Lang != "en" {
		t.Errorf("kept as %s, %s, %s", c.SealedBy, c.Door, c.Lang)
	}
	if got := f.heard(); len(got) != 1 || got[0] != "<b>they</b> keep my papers\nand\u202e more" {
		t.Errorf("the team reads %q", got)
	}
	page.until("Somebody is with you now")
	f.reply("Are you <i>safe</i>?")
	page.until("Are you &lt;i&gt;safe&lt;/i&gt;?</blockquote>")

	frame := f.post("/en/say", with(frameOf(t, page.all()), "text", "Yes"))
	if frame.Code != 200 || !strings.Contains(frame.Body.String(), "Sent. You can write more.") {
		t.Fatalf("frame says %d\n%s", frame.Code, frame.Body)
	}
	if got := frame.Header().Get("Content-Security-Policy"); got != policyFrame {
		t.Errorf("frame's policy %q", got)
	}
	page.until("Yes</blockquote>")

	whole := f.post("/es/read", form)
	for _, want := range []string{"keep my papers", "Are you &lt;i&gt;safe", "Yes</blockquote>", "Mostrar todo de nuevo"} {
		if !strings.Contains(whole.Body.String(), want) {
			t.Errorf("the whole page lacks %q:\n%s", want, whole.Body)
		}
	}
	if w := f.post("/en/end", form); w.Code != 200 || !strings.Contains(w.Body.String(), "This talk has ended") {
		t.Errorf("end: %d", w.Code)
	}
	if text := page.end(); !strings.HasSuffix(strings.TrimSpace(text), "</html>") {
		t.Errorf("the page does not end whole: %q", text[max(0, len(text)-200):])
	}
	late := f.post("/en/say", with(frameOf(t, whole.Body.String()), "text", "too late"))
	if late.Code != http.StatusGone || !strings.Contains(late.Body.String(), "Not sent. This talk has ended.") || !strings.Contains(late.Body.String(), ">too late</textarea>") {
		t.Errorf("after the end: %d\n%s", late.Code, late.Body)
	}
	if w := f.post("/en/erase", form); w.Code != 200 || !strings.Contains(w.Body.String(), "unreadable within 30 days") {
		t.Errorf("erase: %d", w.Code)
	}
	if w := f.post("/en/read", form); w.Code != 404 {
		t.Errorf("after erasing: %d", w.Code)
	}
	if log := f.log.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
}

// frameOf gives the form of the document within a thread.
func frameOf(t *testing.T, page string) (form url.Values) {
	t.Helper()
	walk(t, page, func(n *html.Node) {
		if n.Data == "iframe" {
			form = fields(t, attr(n, "srcdoc"))
		}
	})
	return form
}

func TestPlainSendsOnce(t *testing.T) {
	f := open(t, "")
	form := first(f, "/en/talk")
	page := f.stream("POST", "/en/talk", with(form, "text", "one"))
	page.until("one</blockquote>")
	again := f.stream("POST", "/en/talk", with(form, "text", "one")) // reloaded
	again.until("one</blockquote>")
	edited := f.stream("POST", "/en/talk", with(form, "text", "two")) // gone back to, and changed
	edited.until("two</blockquote>")
	say := with(frameOf(t, page.all()), "text", "three")
	for range 2 {
		if w := f.post("/en/say", say); !strings.Contains(w.Body.String(), "Sent.") {
			t.Fatalf("say: %d\n%s", w.Code, w.Body)
		}
	}
	if got := strings.Join(f.heard(), " "); got != "one two three" {
		t.Errorf("the team reads %q; want each once", got)
	}
}

func TestPlainSendsAtOnce(t *testing.T) {
	f := open(t, "")
	form := first(f, "/en/talk")
	f.stream("POST", "/en/talk", with(form, "text", "first")).until("first</blockquote>")
	codes := make(chan int)
	for i := range 4 {
		go func() {
			form := with(with(form, "m", string(id.New[id.Message]())), "text", strings.Repeat("x", i+1))
			codes <- f.post("/en/say", form).Code
		}()
	}
	for range 4 {
		if c := <-codes; c != 200 {
			t.Errorf("say: %d", c)
		}
	}
	if got := f.heard(); len(got) != 5 {
		t.Errorf("the team reads %q; want five", got)
	}
}

func TestPlainRefusals(t *testing.T) {
	f := open(t, "")
	form := first(f, "/en/talk")
	for name, c := range map[string]struct {
		path string
		form url.Values
		code int
		want string
	}{
		"empty":               {"/en/talk", with(form, "text", " \r\n\x00"), 400, "Please write something first."},
		"too long, text kept": {"/en/talk", with(form, "text", strings.Repeat("é", seal.MaxMessage/2+1)), 413, "ééé</textarea>"},
		"too long, said so":   {"/en/talk", with(form, "text", strings.Repeat("e", seal.MaxMessage+1)), 413, "Not sent. This is more than fits"},
		"a megabyte":          {"/en/talk", with(form, "text", strings.Repeat("e", 1<<20)), 413, "This was too long to take"},
		"no key":              {"/en/talk", with(with(form, "text", "x"), "k", "AAAA"), 404, "There is nothing here"},
		"no id":               {"/en/talk", with(with(form, "text", "x"), "c", "../../etc"), 404, "There is nothing here"},
		"short token":         {"/en/talk", with(with(form, "text", "x"), "t", "guess"), 400, "Not sent."},
		"unknown in a frame":  {"/en/say", with(form, "text", "kept <b>"), 404, "Not sent. This talk has ended."},
		"unknown to read":     {"/en/read", form, 404, "There is nothing here"},
		"unknown to live":     {"/en/live", form, 404, "There is nothing here"},
		"unknown to stop":     {"/en/stop", form, 404, "There is nothing here"},
		"unknown to end":      {"/en/end", form, 404, "There is nothing here"},
		"unknown to erase":    {"/en/erase", form, 404, "There is nothing here"},
		"no form at all":      {"/en/say", url.Values{}, 404, "Not sent."},
	} {
		t.Run(name, func(t *testing.T) {
			w := f.post(c.path, c.form)
			if w.Code != c.code || !strings.Contains(w.Body.String(), c.want) {
				t.Errorf("%d; want %d and %q in\n%.3000s", w.Code, c.code, c.want, w.Body)
			}
		})
	}
	if cs, err := f.board.Queue(t.Context(), f.member()); err != nil || len(cs) != 0 {
		t.Errorf("%d conversations were opened by what was refused (%v)", len(cs), err)
	}
}

func TestWrongTokenLooksLikeUnknown(t *testing.T) {
	f := open(t, "")
	form := with(first(f, "/en/talk"), "text", "x")
	f.stream("POST", "/en/talk", form).until("x</blockquote>")
	stranger := with(form, "t", strings.Repeat("A", 43))
	unknown := with(form, "c", string(id.New[id.Conversation]()))
	for _, path := range []string{"/en/read", "/en/stop", "/en/end", "/en/erase"} {
		a, b := f.post(path, stranger), f.post(path, unknown)
		if a.Code != 404 || a.Code != b.Code || a.Body.String() != b.Body.String() {
			t.Errorf("%s tells a wrong token (%d) from no conversation (%d)", path, a.Code, b.Code)
		}
	}
	if got := f.heard(); len(got) != 1 {
		t.Errorf("a stranger changed it: %q", got)
	}
}

func TestFullGivesTheWordsBack(t *testing.T) {
	f := open(t, "?max_pages=75")
	text := strings.Repeat("w", 4000)
	form := with(first(f, "/en/talk"), "text", text)
	w := f.stream("POST", "/en/talk", form)
	w.until("</head>")
	say, refused := frameOf(t, w.until("</iframe>")), false
	for range 60 {
		got := f.post("/en/say", with(with(say, "m", string(id.New[id.Message]())), "text", text))
		if got.Code == http.StatusInsufficientStorage {
			for _, want := range []string{"Not sent. We have no room", "Invented Line", text + "</textarea>"} {
				if !strings.Contains(got.Body.String(), want) {
					t.Errorf("no %.40q in\n%.2000s", want, got.Body)
				}
			}
			refused = true
			break
		}
	}
	if !refused {
		t.Fatal("a full database refused nothing")
	}
	if !strings.Contains(f.log.String(), `"kind":"full"`) || strings.Contains(f.log.String(), "www") {
		t.Errorf("log: %s", f.log)
	}
}

func TestQueueKeyTurnsWhileWriting(t *testing.T) {
	f := open(t, "")
	form := with(first(f, "/en/talk"), "text", "hello")
	f.turn()
	f.stream("POST", "/en/talk", form).until("hello</blockquote>")
	if got := f.heard(); len(got) != 1 || got[0] != "hello" {
		t.Errorf("the team reads %q", got)
	}
}

func TestClosingSaysThatTheTalkGoesOn(t *testing.T) {
	f := open(t, "")
	page := f.stream("POST", "/en/talk", with(first(f, "/en/talk"), "text", "x"))
	page.until("x</blockquote>")
	f.hub.Close()
	if text := page.end(); !strings.Contains(text, "The connection stopped. Your talk did not.") || !strings.HasSuffix(strings.TrimSpace(text), "</html>") {
		t.Errorf("cut: %s", text[max(0, len(text)-600):])
	}
	if c := f.waiting(); c.Gone {
		t.Error("closing the hub counts as the visitor's leaving")
	}
}

func TestStayingAwayIsLeaving(t *testing.T) {
	f := open(t, "")
	f.hub.Grace = time.Millisecond
	form := with(first(f, "/en/talk"), "text", "x")
	page := f.stream("POST", "/en/talk", form)
	page.until("x</blockquote>")
	notes, stop := f.board.Bus.Listen(form.Get("c"))
	defer stop()
	page.stop()
	<-page.done
	for !f.waiting().Gone {
		select {
		case <-notes:
		case <-time.After(10 * time.Second):
			t.Fatal("nobody noticed")
		}
	}
}
