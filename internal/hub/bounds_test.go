package hub

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/switchboard"
)

// A typingCounter is a bus that counts how often a visitor was announced as typing.
type typingCounter struct {
	switchboard.Bus
	n atomic.Int32
}

func (b *typingCounter) Announce(n chat.Note) {
	if n.Sign == chat.VisitorTyping {
		b.n.Add(1)
	}
	b.Bus.Announce(n)
}

func TestTypingIsAnnouncedNowAndThen(t *testing.T) {
	f := open(t, "")
	bus := &typingCounter{Bus: f.board.Bus}
	now := time.Now()
	f.board.Bus, f.board.Now = bus, func() time.Time { return now }
	a, b := f.browser().started(), f.browser().started()
	typed := func(b *browser, want int32) {
		t.Helper()
		answered(t, b.raw("POST", "/v1/typing", ""), 204, "")
		if got := bus.n.Load(); got != want {
			t.Errorf("announced %d times; want %d", got, want)
		}
	}
	typed(a, 1)
	typed(a, 1)
	typed(b, 2) // another's is their own
	now = now.Add(typingPause - time.Millisecond)
	typed(a, 2)
	now = now.Add(time.Millisecond)
	typed(a, 3)
	stranger := &browser{f, switchboard.Visit{Conversation: a.visit.Conversation, Token: switchboard.NewToken()}, a.key, 0}
	for range 2 {
		answered(t, stranger.raw("POST", "/v1/typing", ""), 404, fault.Unknown)
	}
	if got := len(f.hub.typed.last); got != 1 {
		t.Errorf("%d visits are remembered; want the one within the pause", got)
	}
}

func TestMoreStreamsThanThereIsRoomFor(t *testing.T) {
	f := open(t, "")
	f.hub.Streams = 1
	b := f.browser().started()
	held := f.stream("GET", "/v1/events", nil, b.headers()...)
	held.until("event: place")
	answered(t, b.raw("GET", "/v1/events", ""), 503, fault.Busy)
	answered(t, b.call("/v1/say", b.sealed("still heard")), 200, "")

	form := with(first(f, "/en/talk"), "text", "kept all the same")
	for _, path := range []string{"/en/talk", "/en/live"} {
		w := f.post(path, form)
		if text := w.Body.String(); w.Code != 200 || !strings.Contains(text, "kept all the same</blockquote>") || !strings.Contains(text, "This page stands still.") {
			t.Errorf("%s: %d\n%s", path, w.Code, text)
		}
	}
	held.stop()
	<-held.done
	page := f.stream("POST", "/en/live", form)
	page.until("New messages appear here by themselves")
	page.stop()
	<-page.done
	if n := f.hub.streams.Load(); n != 0 {
		t.Errorf("%d streams are counted when none is open", n)
	}
}

// TestStreamsLookAtTheQueueInTurn: while one looks the others wait, and show signs of life.
func TestStreamsLookAtTheQueueInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "")
		f.member()
		a, b := f.browser().started(), f.browser().started()
		s := f.stream("GET", "/v1/events", nil, b.headers()...)
		synctest.Wait()
		f.hub.turn <- struct{}{} // another looks, for long
		before := len(s.all())
		answered(t, a.raw("POST", "/v1/erase", ""), 204, "")
		time.Sleep(time.Minute)
		synctest.Wait()
		if text := s.all()[before:]; strings.Count(text, ":\n\n") != 3 || strings.Contains(text, "event:") {
			t.Errorf("out of turn: %q", text)
		}
		answered(t, b.call("/v1/say", b.sealed("more")), 200, "")
		synctest.Wait()
		if text := s.all()[before:]; !strings.Contains(text, "id: 2\nevent: message") {
			t.Errorf("one's own talk waits for the queue: %q", text)
		}
		<-f.hub.turn
		c := f.browser().started()
		before = len(s.all())
		answered(t, c.raw("POST", "/v1/erase", ""), 204, "")
		time.Sleep(queuePause)
		synctest.Wait()
		if len(f.hub.turn) > 0 || len(s.all()) != before {
			t.Errorf("a look that found nothing new: %q", s.all()[before:])
		}
	})
}

// A server's WriteTimeout is for pages. Here it has passed before any handler begins.
func TestStreamsOutliveTheServersWriteTimeout(t *testing.T) {
	f := open(t, "")
	f.member()
	b := f.browser().started()
	server := httptest.NewUnstartedServer(f.hub)
	server.Config.WriteTimeout = time.Nanosecond
	server.Start()
	t.Cleanup(server.Close)
	t.Cleanup(f.hub.Close)
	ask := func(method, path, body string, headers ...string) (*http.Response, error) {
		r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
		f.must(err)
		for ; len(headers) > 0; headers = headers[2:] {
			r.Header.Set(headers[0], headers[1])
		}
		return server.Client().Do(r)
	}
	if r, err := ask("GET", "/healthz", ""); err == nil {
		r.Body.Close()
		t.Fatal("the timeout is not in force")
	}
	form := with(first(f, "/en/talk"), "text", "said on the page")
	for name, c := range map[string]struct {
		method, path, body string
		headers            []string
		first, then        string
	}{
		"events": {"GET", "/v1/events", "", b.headers(), "event: place", `"seq":2`},
		"page": {"POST", "/en/talk", form.Encode(), []string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"},
			"said on the page</blockquote>", "said after</blockquote>"},
	} {
		r, err := ask(c.method, c.path, c.body, c.headers...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		defer r.Body.Close()
		lines := bufio.NewScanner(r.Body)
		lines.Buffer(nil, 1<<20)
		until := func(words string) {
			t.Helper()
			for lines.Scan() {
				if strings.Contains(lines.Text(), words) {
					return
				}
			}
			t.Errorf("%s ended without %q: %v", name, words, lines.Err())
		}
		until(c.first)
		if name == "events" {
			answered(t, b.call("/v1/say", b.sealed("more")), 200, "")
		} else if w := f.post("/en/say", with(with(form, "m", string(id.New[id.Message]())), "text", "said after")); w.Code != 200 {
			t.Errorf("say: %d", w.Code)
		}
		until(c.then)
	}
}
