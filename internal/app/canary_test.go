package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/line"
	"amparo/internal/release"
	"amparo/internal/seal"
	"amparo/internal/store/leaktest"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// canaries are planted one in each field that could betray somebody. Each names its field.
type canaries struct{ planted []string }

func (c *canaries) in(field string) string {
	word := "canary" + strings.ReplaceAll(field, " ", "") + "xq7"
	c.planted = append(c.planted, word)
	return word
}

// A person with each sensitive field full goes through both wings; then everything that the program
// wrote is searched: database, log of writes ahead, log, metrics, temporary files.
func TestNothingWrittenHoldsWhatWasSaid(t *testing.T) {
	dir := t.TempDir()
	temp := filepath.Join(dir, "tmp")
	if err := os.Mkdir(temp, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temp)
	r := start(t, "demo", "--listen", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--data", filepath.Join(dir, "data"))
	var c canaries
	writeWithoutScripts(t, r, &c)
	answerAndKeep(t, r, &c)
	workAtTheConsole(t, r, &c)
	for _, pass := range r.passphrase {
		c.planted = append(c.planted, pass)
	}

	_, metrics := page(t, http.DefaultClient, r.said["metrics"]+"metrics")
	written := func() {
		for name, text := range map[string]string{"log": r.errs.String(), "metrics": metrics} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	written()
	search(t, dir, &c) // while it runs: the log of writes ahead is full
	if code := r.stop(); code != 0 {
		t.Errorf("exit %d", code)
	}
	written()
	search(t, dir, &c)
	if len(c.planted) < 20 {
		t.Errorf("only %d canaries were planted", len(c.planted))
	}
}

func search(t *testing.T, dir string, c *canaries) {
	t.Helper()
	hits, err := leaktest.Search(dir, c.planted...)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		t.Error(h)
	}
}

// writeWithoutScripts is a visitor whose words reach the hub open, and are sealed there.
func writeWithoutScripts(t *testing.T, r *running, c *canaries) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c.planted = append(c.planted, c.in("visitor form")+": he took my passport", "took my passport")
	form := url.Values{"text": {c.planted[1]}}
	_, first := page(t, http.DefaultClient, r.said["site"]+"en/talk")
	for _, field := range regexp.MustCompile(`name="([ctkm])" value="([^"]+)"`).FindAllStringSubmatch(first, -1) {
		form.Set(field[1], field[2])
	}
	key, err := base64.RawURLEncoding.DecodeString(form.Get("k"))
	if err != nil || len(key) != 32 {
		t.Fatalf("the form carries no key: %v", err)
	}
	c.planted = append(c.planted, form.Get("t"), form.Get("k"), string(key))
	req, err := http.NewRequestWithContext(ctx, "POST", r.said["site"]+"en/talk?q="+c.in("query"), strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", c.in("user agent"))
	req.Header.Set("Referer", "https://example.org/"+c.in("referrer"))
	req.Header.Set("X-Forwarded-For", c.in("address"))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	for lines := bufio.NewScanner(res.Body); ; { // the page goes on for ever: read until the words come back
		if !lines.Scan() {
			t.Fatalf("status %s: the visitor's words did not come back", res.Status)
		}
		if strings.Contains(lines.Text(), form.Get("text")) {
			break
		}
	}
	page(t, http.DefaultClient, r.said["site"]+"en/"+c.in("path"))
}

// answerAndKeep is a member who answers that visitor and fills a case.
func answerAndKeep(t *testing.T, r *running, c *canaries) {
	t.Helper()
	ctx := t.Context()
	gate, err := line.New(r.said["site"])
	if err != nil {
		t.Fatal(err)
	}
	s, err := casework.LogIn(ctx, gate, "ana", r.passphrase["ana"])
	if err != nil {
		t.Fatal(err)
	}
	talk := waitingAtHub(t, s)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Claim(ctx, talk))
	got, err := s.Talk(ctx, talk)
	must(err)
	if len(got.Lines) != 1 || got.Lines[0].Text != c.planted[1] {
		t.Fatalf("the member reads %+v", got.Lines)
	}
	_, err = s.Reply(ctx, talk, id.New[id.Message](), c.in("reply"))
	must(err)
	k, err := s.OpenCase(ctx, talk, c.in("label"))
	must(err)
	look := vault.Look{Case: k}
	opened, err := s.Case(ctx, look)
	must(err)
	sum := opened.Summary.Doc
	sum.Contact = casefile.Contact{Allowed: true, Channel: c.in("channel"), Times: c.in("times"), Answers: c.in("answers"), Until: "2030-01-01"}
	must(s.SaveSummary(ctx, look, casework.MarkOf(opened.Summary.Doc), sum))
	part := id.New[id.Part]()
	must(s.AddEpisode(ctx, look, part, casework.Head{Label: c.in("episode"), When: casefile.ParseWhen(c.in("when")), Actors: []string{c.in("actor")}}))
	_, err = s.SaveFacts(ctx, look, part, []casework.FactEdit{{Question: "locked", Was: casework.MarkOf(casefile.Facts(nil)),
		Now: casefile.Facts{{Question: "locked", Answer: casefile.Yes, Grade: "said", Source: c.in("source")}}}})
	must(err)
	must(s.AddNote(ctx, look, id.New[id.Part](), c.in("note")))
	must(s.Refer(ctx, look, id.New[id.Part](), casefile.Referral{Service: c.in("service"), Name: c.in("service name"), On: "2026-01-02",
		Consent: casefile.Consent{Given: true, Purpose: c.in("purpose"), Until: "2026-02-02", How: "spoken"}}))
	if opened, err = s.Case(ctx, look); err != nil || len(opened.Warnings) > 0 {
		t.Fatalf("case: %v, %v", opened.Warnings, err)
	}
	c.planted = append(c.planted, "MotherTongueCanaryRow")
	err = s.CloseCase(ctx, opened, release.Row{"Gender": "MotherTongueCanaryRow"}, opened.Summary.At)
	if err == nil {
		t.Error("a coded row with a value that no code is was kept")
	}
	must(s.LogOut(ctx))
}

func waitingAtHub(t *testing.T, s *casework.Session) id.Conversation {
	t.Helper()
	q, err := s.Queue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range q.Waiting {
		if w.SealedBy == chat.ByHub {
			return w.ID
		}
	}
	t.Fatal("the visitor without scripts does not wait in the queue")
	return ""
}

// workAtTheConsole is the same member in a browser: a wrong passphrase, then a page with all in it.
func workAtTheConsole(t *testing.T, r *running, c *canaries) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	post := func(path string, form url.Values) (int, string) {
		res, err := client.PostForm(r.said["desk"]+path, form)
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
	post("login", url.Values{"handle": {c.in("wrong handle")}, "passphrase": {c.in("wrong passphrase")}})
	if code, _ := post("login", url.Values{"handle": {"ana"}, "passphrase": {r.passphrase["ana"]}}); code != 200 {
		t.Fatalf("log in: status %d", code)
	}
	_, cases := page(t, client, r.said["desk"]+"cases?q="+c.in("desk query"))
	link := regexp.MustCompile(`/cases/[a-z2-7]{26}`)
	if !strings.Contains(cases, "canarylabelxq7") {
		t.Fatal("the case is not in the list")
	}
	for _, path := range link.FindAllString(cases, -1) {
		_, body := page(t, client, r.said["desk"]+strings.TrimPrefix(path, "/"))
		if strings.Contains(body, "canarylabelxq7") {
			path = strings.TrimPrefix(path, "/")
			post(path+"/notes", url.Values{"text": {c.in("console note")}, "id": {c.in("bad id")}})
			at := path + "/suggest"
			_, body = page(t, client, r.said["desk"]+at+"?q="+c.in("suggest query"))
			key := regexp.MustCompile(`name="proposal" value="([0-9a-f]{16})"`).FindStringSubmatch(body)
			part := regexp.MustCompile(`<option value="([a-z2-7]{26})">canaryepisodexq7`).FindStringSubmatch(body)
			if key == nil || part == nil || !strings.Contains(body, "<mark>took my passport</mark>") {
				t.Fatal("nothing is proposed from what the visitor wrote")
			}
			c.planted = append(c.planted, key[1], "conversation, message 1")
			form := url.Values{"do": {"accepted"}, "proposal": {key[1]}, "part": {part[1]}, "grade": {"said"}, "next": {c.in("next")}}
			if code, body := post(at, form); code != 200 || !strings.Contains(body, "answered so already") {
				t.Errorf("a proposal is not accepted: status %d", code)
			}
			if code, _ := post(at, url.Values{"do": {"rejected"}, "proposal": {key[1]}}); code != 200 {
				t.Errorf("a proposal is not rejected: status %d", code)
			}
			post(at, url.Values{"do": {c.in("choice")}, "proposal": {c.in("proposal")}})
			return
		}
	}
	t.Error("no page shows the case")
}

// The control: a browser that sends its words without sealing them is found out by the same search.
func TestTheSearchFindsWhatIsNotSealed(t *testing.T) {
	dir := t.TempDir()
	r := start(t, "demo", "--listen", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--data", dir)
	var key struct {
		Org, Key string
		Public   []byte
	}
	_, body := page(t, http.DefaultClient, r.said["site"]+"v1/key")
	if err := json.Unmarshal([]byte(body), &key); err != nil {
		t.Fatal(err)
	}
	v := switchboard.Visit{Conversation: id.New[id.Conversation](), Token: switchboard.NewToken()}
	talk := chat.Conversation{ID: v.Conversation, Key: id.Key(key.Key)}
	secret := seal.NewKey()
	envelope, err := seal.To(seal.TeamKEM, key.Public, talk.Binding(key.Org), secret[:])
	if err != nil {
		t.Fatal(err)
	}
	unsealed := make([]byte, seal.SealedLen(0))
	unsealed[0] = seal.Format
	copy(unsealed[1:], "canaryunsealedxq7")
	call := func(path string, in any) {
		t.Helper()
		b, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		req, err := http.NewRequestWithContext(t.Context(), "POST", r.said["site"]+path, bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+string(v.Token))
		req.Header.Set("X-Conversation", string(v.Conversation))
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if res.StatusCode >= 300 {
			t.Fatalf("%s: %s", path, res.Status)
		}
	}
	call("v1/open", map[string]any{"door": chat.Help, "lang": "en", "key": key.Key, "envelope": envelope})
	call("v1/say", map[string]any{"id": id.New[id.Message](), "turn": 1, "body": unsealed})
	hits, err := leaktest.Search(dir, "canaryunsealedxq7")
	if err != nil || len(hits) == 0 {
		t.Errorf("the search found %v, %v", hits, err)
	}
}
