package hub

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/switchboard"
)

// A browser does what client/talk.js does, in Go.
type browser struct {
	*fixture
	visit switchboard.Visit
	key   seal.Key
	turn  uint64
}

func (f *fixture) browser() *browser {
	return &browser{f, switchboard.Visit{Conversation: id.New[id.Conversation](), Token: switchboard.NewToken()}, seal.NewKey(), 0}
}

// headers name the visit.
func (b *browser) headers() []string {
	return []string{"Authorization", "Bearer " + string(b.visit.Token), "X-Conversation", string(b.visit.Conversation), "Sec-Fetch-Site", "same-origin"}
}

// call makes a call with a body as JSON.
func (b *browser) call(path string, body any) *httptest.ResponseRecorder {
	b.Helper()
	data, err := json.Marshal(body)
	b.must(err)
	return b.raw("POST", path, string(data))
}

func (b *browser) raw(method, path, body string) *httptest.ResponseRecorder {
	b.Helper()
	r := httptest.NewRequestWithContext(b.Context(), method, path, strings.NewReader(body))
	for h := b.headers(); len(h) > 0; h = h[2:] {
		r.Header.Set(h[0], h[1])
	}
	w := httptest.NewRecorder()
	b.hub.ServeHTTP(w, r)
	return w
}

// opening fetches the queue key and seals the conversation's key to it.
func (b *browser) opening() map[string]any {
	b.Helper()
	var k queueKey
	b.must(json.Unmarshal(b.raw("GET", "/v1/key", "").Body.Bytes(), &k))
	envelope, err := seal.To(seal.TeamKEM, k.Public, chat.Conversation{ID: b.visit.Conversation, Key: k.Key}.Binding(k.Org), b.key[:])
	b.must(err)
	return map[string]any{"door": "help", "lang": "es", "key": k.Key, "envelope": envelope}
}

// sealed gives the next message.
func (b *browser) sealed(text string) map[string]any {
	b.Helper()
	b.turn++
	m := chat.Message{Conversation: b.visit.Conversation, ID: id.New[id.Message](), From: seal.FromVisitor, Turn: b.turn}
	body, err := b.key.Seal(m.Binding(b.org), []byte(text))
	b.must(err)
	return map[string]any{"id": m.ID, "turn": m.Turn, "body": body}
}

// answered fails unless the answer has the code and, when an error, says the kind and nothing more.
func answered(t *testing.T, w *httptest.ResponseRecorder, code int, kind fault.Kind) {
	t.Helper()
	var got failedCall
	if kind != "" {
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Errorf("%s: %v", w.Body, err)
		}
	}
	if w.Code != code || got.Error != kind {
		t.Errorf("%d %s; want %d %s", w.Code, w.Body, code, kind)
	}
}

func (b *browser) started() *browser {
	b.Helper()
	answered(b.T, b.call("/v1/open", b.opening()), 204, "")
	answered(b.T, b.call("/v1/say", b.sealed("hello")), 200, "")
	return b
}

func TestScriptTalk(t *testing.T) {
	f := open(t, "")
	f.member()
	b := f.browser()
	o := b.opening()
	for range 2 { // the first receipt may have been lost
		answered(t, b.call("/v1/open", o), 204, "")
	}
	m := b.sealed("hello")
	r1, r2 := b.call("/v1/say", m), b.call("/v1/say", m)
	if r1.Code != 200 || r1.Body.String() != r2.Body.String() {
		t.Errorf("said twice: %s, %s", r1.Body, r2.Body)
	}
	if c := f.waiting(); c.SealedBy != chat.ByBrowser || c.Door != chat.Help || c.Lang != "es" || c.Seq != 1 {
		t.Errorf("kept as %+v", c)
	}
	events := f.stream("GET", "/v1/events", nil, b.headers()...)
	events.until(`event: place` + "\n" + `data: {"state":"waiting","onDuty":true,"line":"Hay alguien aquí. Es su turno en seguida."}`)
	if got := events.head.Get("Content-Type") + events.head.Get("X-Accel-Buffering"); got != "text/event-streamno" {
		t.Errorf("streamed as %q", got)
	}
	if got := f.heard(); len(got) != 1 || got[0] != "hello" {
		t.Errorf("the team reads %q", got)
	}
	events.until(`"state":"held"`)
	f.must(f.board.TeamTyping(t.Context(), f.member(), f.waiting().ID))
	events.until("event: typing")
	f.reply("hola")
	text := events.until("id: 2\nevent: message\n")
	events.stop()
	<-events.done
	if strings.Contains(text, "hola") || strings.Contains(text, "hello") {
		t.Error("a stream in the clear")
	}

	answered(t, b.call("/v1/say", b.sealed("again")), 200, "")
	for after, want := range map[string]string{"": "123", "0": "123", "1": "23", "2": "3", "3": ""} {
		s := f.stream("GET", "/v1/events", nil, append(b.headers(), "Last-Event-ID", after)...)
		got := ""
		for line := range strings.Lines(s.until(":\n\n")) {
			if n, ok := strings.CutPrefix(line, "id: "); ok {
				got += strings.TrimSpace(n)
			}
		}
		if got != want {
			t.Errorf("after %q came %q; want %q", after, got, want)
		}
		s.stop()
	}
	answered(t, b.raw("POST", "/v1/typing", ""), 204, "")
	last := f.stream("GET", "/v1/events", nil, append(b.headers(), "Last-Event-ID", "3")...)
	last.until("event: place")
	answered(t, b.raw("POST", "/v1/end", ""), 204, "")
	if text := last.end(); !strings.Contains(text, `"state":"closed"`) {
		t.Errorf("the end: %s", text)
	}
	answered(t, b.call("/v1/say", b.sealed("late")), 410, fault.Ended)
	answered(t, b.raw("POST", "/v1/erase", ""), 204, "")
	answered(t, b.raw("GET", "/v1/events", ""), 404, fault.Unknown)
	if log := f.log.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
}

// Whoever was away while the team replied and closed reads the last words before that it is over.
func TestTheLastWordComesBeforeTheEnd(t *testing.T) {
	f := open(t, "")
	b := f.browser().started()
	f.reply("call this number")
	_, err := f.board.Close(t.Context(), f.member(), b.visit.Conversation)
	f.must(err)
	text := f.stream("GET", "/v1/events", nil, append(b.headers(), "Last-Event-ID", "1")...).end()
	word, over := strings.Index(text, "id: 2\nevent: message"), strings.Index(text, `"state":"closed"`)
	if word < 0 || over < word {
		t.Errorf("the last word is at %d, the end at %d:\n%s", word, over, text)
	}
}

func TestErasingEndsTheStream(t *testing.T) {
	f := open(t, "")
	b := f.browser().started()
	s := f.stream("GET", "/v1/events", nil, b.headers()...)
	s.until("id: 1")
	answered(t, b.raw("POST", "/v1/erase", ""), 204, "")
	if text := s.end(); !strings.Contains(text, "event: gone") {
		t.Errorf("erased: %s", text)
	}
}

func TestPlacesInTheQueue(t *testing.T) {
	f := open(t, "")
	f.member()
	f.hub.queuePause = time.Millisecond
	a, b := f.browser().started(), f.browser().started()
	f.stream("GET", "/v1/events", nil, a.headers()...).until("Es su turno")
	s := f.stream("GET", "/v1/events", nil, b.headers()...)
	s.until("Hay 1 persona antes que usted.")
	answered(t, a.raw("POST", "/v1/erase", ""), 204, "")
	s.until("Es su turno")
}

func TestCallRefusals(t *testing.T) {
	f := open(t, "")
	b := f.browser().started()
	good := b.sealed("x")
	fresh := f.browser()
	o := fresh.opening()
	o["key"] = id.New[id.Key]()
	answered(t, fresh.call("/v1/open", o), 409, fault.Conflict)
	for name, c := range map[string]struct {
		path, body string
		code       int
		kind       fault.Kind
	}{
		"not JSON":       {"/v1/say", "<script>", 400, fault.Invalid},
		"two objects":    {"/v1/say", "{}{}", 400, fault.Invalid},
		"unknown field":  {"/v1/say", `{"sealedBy":"desk"}`, 400, fault.Invalid},
		"a megabyte":     {"/v1/say", `{"body":"` + strings.Repeat("A", 1<<20) + `"}`, 413, fault.TooLong},
		"not sealed":     {"/v1/say", `{"id":"x","turn":1,"body":"aGVsbG8="}`, 400, fault.Invalid},
		"no language":    {"/v1/open", `{"lang":"xx"}`, 400, fault.Invalid},
		"no door":        {"/v1/open", `{"lang":"en","door":"back"}`, 400, fault.Invalid},
		"no such call":   {"/v1/none", `{}`, 404, fault.Unknown},
		"leaving nobody": {"/v1/leave", `{"conversation":"x","token":"y"}`, 404, fault.Unknown},
	} {
		t.Run(name, func(t *testing.T) { answered(t, b.raw("POST", c.path, c.body), c.code, c.kind) })
	}
	answered(t, b.raw("GET", "/v1/say", ""), 404, fault.Unknown)
	bad := map[string]any{"id": good["id"], "turn": 7, "body": good["body"]}
	answered(t, b.call("/v1/say", bad), 409, fault.Conflict)
	r := f.get("/v1/events", append(b.headers(), "Last-Event-ID", "-1")...)
	answered(t, r, 400, fault.Invalid)
	head := f.do("HEAD", "/v1/events", nil, b.headers()...)
	if head.Code != 200 || head.Body.Len() > 0 {
		t.Errorf("HEAD of a stream: %d %q", head.Code, head.Body)
	}
}

func TestCallsTellNothingToStrangers(t *testing.T) {
	f := open(t, "")
	b := f.browser().started()
	token := b.visit.Token
	for name, v := range map[string]switchboard.Visit{
		"wrong token": {Conversation: b.visit.Conversation, Token: switchboard.NewToken()}, "no token": {Conversation: b.visit.Conversation},
		"no conversation": {Conversation: id.New[id.Conversation](), Token: token}, "no id": {Conversation: "../x", Token: token}, "nothing": {},
	} {
		b.visit = v
		for _, path := range []string{"/v1/say", "/v1/typing", "/v1/end", "/v1/erase"} {
			w := b.call(path, map[string]any{"id": id.New[id.Message](), "turn": 2, "body": []byte{seal.Format}})
			if w.Code != 404 || strings.TrimSpace(w.Body.String()) != `{"error":"unknown"}` {
				t.Errorf("%s to %s: %d %s", name, path, w.Code, w.Body)
			}
		}
		answered(t, b.raw("GET", "/v1/events", ""), 404, fault.Unknown)
	}
	if got := f.heard(); len(got) != 1 {
		t.Errorf("strangers changed it: %q", got)
	}
}

func TestLeavingByBeacon(t *testing.T) {
	f := open(t, "")
	b := f.browser().started()
	body := fmt.Sprintf(`{"conversation":%q,"token":%q}`, string(b.visit.Conversation), string(b.visit.Token))
	r := httptest.NewRequest("POST", "/v1/leave", bytes.NewBufferString(body))
	r.Header.Set("Content-Type", "text/plain;charset=UTF-8") // as sendBeacon does
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "x", Value: "1"}) // Exit was a moment before
	w := httptest.NewRecorder()
	f.hub.ServeHTTP(w, r)
	if w.Code != 204 || !f.waiting().Gone {
		t.Errorf("leave: %d, gone %v", w.Code, f.waiting().Gone)
	}
}

func TestFullIsToldToTheScript(t *testing.T) {
	f := open(t, "?max_pages=75")
	b := f.browser().started()
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		w := b.call("/v1/say", b.sealed(strings.Repeat("w", 4000)))
		if w.Code != 200 {
			answered(t, w, 507, fault.Full)
			return
		}
	}
	t.Fatal("a full database refused nothing")
}
