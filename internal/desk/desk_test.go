package desk

import (
	"bufio"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"amparo/internal/id"
)

func TestLogIn(t *testing.T) {
	s := serve(t)
	b := s.browser()
	b.get("/queue")
	if b.at.Path != "/login" {
		t.Errorf("a stranger comes to %s", b.at.Path)
	}
	b.submit("/login", url.Values{"handle": {"ana"}, "passphrase": {"wrong"}})
	known := b.page
	if b.status != http.StatusForbidden {
		t.Errorf("wrong passphrase: %d", b.status)
	}
	b.submit("/login", url.Values{"handle": {"nobody"}, "passphrase": {"wrong"}})
	if strings.ReplaceAll(known, `value="ana"`, "") != strings.ReplaceAll(b.page, `value="nobody"`, "") {
		t.Error("the page tells a member's name from a stranger's")
	}
	for range 6 {
		b.submit("/login", url.Values{"handle": {"sol"}, "passphrase": {"wrong"}})
	}
	if b.status != http.StatusTooManyRequests {
		t.Errorf("many tries: %d", b.status)
	}
	b.submit("/login", url.Values{"handle": {"ana"}, "passphrase": {s.Passphrases["ana"]}})
	if b.at.Path != "/queue" {
		t.Fatalf("ana comes to %s", b.at.Path)
	}
	home, _ := url.Parse(s.URL)
	cookies := b.client.Jar.Cookies(home)
	b.submit("/logout", nil)
	b.client.Jar.SetCookies(home, cookies) // the old cookie opens nothing
	if b.get("/queue"); b.at.Path != "/login" {
		t.Errorf("after logging out: %s", b.at.Path)
	}
	if strings.Contains(s.log.String(), "wrong") || strings.Contains(s.log.String(), s.Passphrases["ana"]) {
		t.Error("a passphrase is in the log")
	}
}

func TestCookieAndHeaders(t *testing.T) {
	s := serve(t, func(c *Config) { c.Secure = true })
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(s.URL+"/login", url.Values{"handle": {"ana"}, "passphrase": {s.Passphrases["ana"]}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	set := res.Header.Get("Set-Cookie")
	for _, want := range []string{"__Host-desk=", "Path=/", "HttpOnly", "Secure", "SameSite=Strict"} {
		if !strings.Contains(set, want) {
			t.Errorf("cookie lacks %s: %s", want, strings.SplitN(set, "=", 2)[0])
		}
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
		"Strict-Transport-Security": "max-age=63072000"} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	csp := res.Header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") {
		t.Errorf("policy %s", csp)
	}
}

func TestOtherSitesCannotWrite(t *testing.T) {
	s := serve(t)
	req, err := http.NewRequest("POST", s.URL+"/login", strings.NewReader("handle=ana"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusBadRequest {
		t.Errorf("a form from another site: %d", res.StatusCode)
	}
}

func TestRolesSeeTheirOwnPlaces(t *testing.T) {
	s := serve(t)
	for handle, may := range map[string][]string{"ana": {"/queue", "/cases"}, "sol": {"/queue", "/cases", "/team"}, "noa": {"/numbers"}, "adi": {"/team"}} {
		b := s.member(handle)
		for _, path := range []string{"/queue", "/cases", "/numbers", "/team"} {
			want := http.StatusNotFound
			for _, p := range may {
				if p == path {
					want = http.StatusOK
				}
			}
			if b.get(path); b.status != want {
				t.Errorf("%s at %s: %d, want %d", handle, path, b.status, want)
			}
		}
		b.get("/cases/" + string(id.New[id.Case]()))
		if b.status != http.StatusNotFound {
			t.Errorf("%s at no case: %d", handle, b.status)
		}
	}
}

func TestIdleMemberIsLoggedOut(t *testing.T) {
	s := serve(t, func(c *Config) { c.Idle = time.Second })
	b := s.member("ana")
	home, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if at := s.desk.sittings.get(b.client.Jar.Cookies(home)[0].Value, false); at != nil { // else it is over already
		<-at.ctx.Done()
		if _, err := at.Queue(t.Context()); err == nil {
			t.Error("the keys are still there")
		}
	}
	if b.get("/queue"); b.at.Path != "/login" {
		t.Errorf("after being idle: %s", b.at.Path)
	}
}

func TestPagesSayWhereTheyRun(t *testing.T) {
	own, hosted := serve(t), serve(t, func(c *Config) { c.Hosted, c.Banner = true, true })
	own.browser().get("/login").sees("runs on your own machine")
	hosted.browser().get("/login").sees("runs beside the hub", "every person and service here is invented")
}

func TestLanguage(t *testing.T) {
	s := serve(t)
	b := s.member("ana")
	b.post("/language", url.Values{"lang": {"es"}, "to": {"/queue"}})
	b.sees("Cola", "Nadie espera.")
	b.post("/language", url.Values{"lang": {"en"}, "to": {"//elsewhere.example/"}})
	if b.at.Host != strings.TrimPrefix(s.URL, "http://") {
		t.Errorf("sent to %s", b.at)
	}
	if b.post("/language", url.Values{"lang": {"xx"}}); b.status != http.StatusNotFound {
		t.Errorf("no such language: %d", b.status)
	}
}

// opened is ana with a case that she has opened from v's conversation, and the case's path.
func opened(t *testing.T, s *served, b *browser, texts ...string) (path string) {
	t.Helper()
	v := s.Visit("es", texts...)
	talk := "/talk/" + string(v.ID)
	b.get("/queue").submit(talk+"/claim", nil)
	b.submit(talk+"/case", url.Values{"label": {"Blue door"}})
	if !strings.HasPrefix(b.at.Path, "/cases/") {
		t.Fatalf("opening a case leads to %s", b.at.Path)
	}
	return b.at.Path
}

func TestConversation(t *testing.T) {
	s := serve(t)
	b := s.member("ana")
	v := s.Visit("es", "Hola", "<b>negrita</b>")
	talk := "/talk/" + string(v.ID)
	b.get("/queue").sees("Español", "Needs help", "sealed in the browser")
	if b.get(talk); b.status != http.StatusNotFound {
		t.Errorf("before it is claimed: %d", b.status)
	}
	b.get("/queue").submit(talk+"/claim", nil)
	b.sees("Hola", "<b>negrita</b>", "Yours for 4 minutes more")
	b.submit(talk+"/draft", url.Values{"text": {"Hola."}, "phrase": {"stop/es"}})
	if form := find(b.doc, func(n *html.Node) bool { return attr(n, "id") == "text" }); text(form) != "Hola.\nPuede parar cuando quiera. Usted decide qué contar." {
		t.Errorf("the draft is %q", text(form))
	}
	if len(v.Hears()) != 0 {
		t.Error("a phrase was sent unseen")
	}
	b.submit(talk+"/reply", nil)
	if got := v.Hears(); len(got) != 1 || !strings.HasSuffix(got[0], "Usted decide qué contar.") {
		t.Errorf("the visitor hears %q", got)
	}
	b.submit(talk+"/reply", url.Values{"text": {""}})
	b.sees("Write something first.")
	b.submit(talk+"/reply", url.Values{"text": {strings.Repeat("largo ", 2000)}})
	b.sees("this is too long")
	if form := find(b.doc, func(n *html.Node) bool { return attr(n, "id") == "text" }); !strings.HasPrefix(text(form), "largo") {
		t.Error("what was too long is lost")
	}
	b.submit(talk+"/close", nil)
	b.sees("This conversation has ended.")
}

func TestCaseByForms(t *testing.T) {
	s := serve(t)
	b := s.member("ana")
	base := opened(t, s, b, "Me trajeron a una granja.")
	b.sees("Blue door", "Never contact", "Me trajeron a una granja.")
	add := func(label, when string, yes ...string) {
		b.get(base).submit(base+"/episodes", url.Values{"label": {label}, "when": {when}, "actors": {"the ring"}})
		b.sees(label, when)
		facts := url.Values{}
		for _, q := range yes {
			facts.Set("a."+q, "yes")
		}
		// The questions stand in several forms; each takes what is its own.
		path := b.at.Path
		for _, n := range factForms(b) {
			mine := url.Values{}
			each(n, func(e *html.Node) {
				if v := facts.Get(attr(e, "name")); v != "" {
					mine.Set(attr(e, "name"), v)
				}
				if strings.HasPrefix(attr(e, "name"), "w.") {
					mine.Set(attr(e, "name"), attr(e, "value"))
				}
			})
			b.post(path+"/facts", mine)
		}
	}
	add("The crossing", "about March 2014", "transported", "brought_in", "no_permission", "knew_foreign", "knew_no_permission", "encouraged", "encouraged_on_purpose")
	add("The egg farm", "since April 2014", "harbored", "obtained", "worked", "made_to_work", "meant_to_make_work", "could_not_stop", "threatened_hurt")
	b.get(base + "/person")
	b.submit(base+"/person/facts", url.Values{"a.noncitizen": {"yes"}, "a.minor": {"yes"}, "g.minor": {"documented"}})
	b.get(base).sees("Moving: established", "Exploiting: established", "18 U.S.C. 1589", "8 U.S.C. 1324(a)(1)(A)(iv)", "it follows from", "in a document",
		"This is not legal advice and decides nothing about the person.", "Protection to look into")
	b.submit(base+"/complete", url.Values{"complete": {"yes"}})
	if box := find(b.doc, func(n *html.Node) bool { return attr(n, "name") == "complete" }); !has(box, "checked") {
		t.Error("the list does not stay complete")
	}

	b.submit(base+"/answer", url.Values{"answer": {"yes"}})
	b.get(base+"/services").submit(base+"/services", url.Values{"need": {"shelter"}, "language": {"es"}})
	service := find(b.doc, func(n *html.Node) bool { return n.Data == "button" && attr(n, "name") == "service" })
	b.submit(base+"/services", url.Values{"service": {attr(service, "value")}, "need": {"shelter"}})
	b.submit(base+"/referrals", url.Values{"purpose": {"a bed"}, "how": {"chat"}, "shared": {"need"}})
	b.sees("Without the person’s consent no referral is recorded.")
	b.submit(base+"/referrals", url.Values{"given": {"yes"}, "how": {"chat"}, "shared": {"need"}})
	b.sees("The referral is recorded.", "referred:")

	b.get(base + "/close")
	for name, want := range map[string]string{"amparoAct": "both", "TypeOfExploitation": "ForcedLabour", "amparoAgeWhenTrafficked": "Under18",
		"TraffickingStatus": "PossibleVictimOfTrafficking", "PrimaryLanguage": "spa", "Status": "ClosedReferred", "amparoChannel": "Chat"} {
		field := find(b.doc, func(n *html.Node) bool { return attr(n, "name") == name })
		if got := attr(find(field, func(n *html.Node) bool { return has(n, "selected") }), "value"); got != want {
			t.Errorf("%s is filled with %q, want %q", name, got, want)
		}
	}
	b.submit(base+"/close", url.Values{"Gender": {"Feminine"}})
	b.sees("The case is closed.")
	if b.get(base); b.status != http.StatusOK || len(factForms(b)) > 0 {
		t.Errorf("a closed case: %d, %d forms", b.status, len(factForms(b)))
	}
	noa := s.member("noa")
	noa.get("/numbers?by=Gender&by=amparoAct&threshold=10").sees("This table must not be made or published:", "nothing can be published")
	if noa.get(base); noa.status != http.StatusNotFound {
		t.Errorf("the analyst at a case: %d", noa.status)
	}
	for _, canary := range []string{"Blue door", "egg farm", "granja", "the ring", base[len("/cases/"):]} {
		if strings.Contains(s.log.String(), canary) {
			t.Errorf("the log has %q", canary)
		}
	}
}

// factForms are the forms of answers on the page.
func factForms(b *browser) (out []*html.Node) {
	each(b.doc, func(n *html.Node) {
		if n.Data == "form" && strings.HasSuffix(attr(n, "action"), "/facts") {
			out = append(out, n)
		}
	})
	return out
}

func TestTwoMembersAtOneCase(t *testing.T) {
	s := serve(t)
	ana, ben := s.member("ana"), s.member("ben")
	base := opened(t, s, ana, "Hola")
	if ben.get(base); ben.status != http.StatusNotFound {
		t.Errorf("before he is let in: %d", ben.status)
	}
	ana.get(base+"/about").sees("Who can open this case", "ana assigned", "sol oversight")
	option := find(ana.doc, func(n *html.Node) bool { return n.Data == "option" && strings.HasPrefix(text(n), "ben") })
	ana.submit(base+"/assign", url.Values{"member": {attr(option, "value")}})
	ana.get(base).submit(base+"/episodes", url.Values{"label": {"The farm"}})
	episode := ana.at.Path
	ben.get(episode)
	question := func(answer, grade string) url.Values {
		return url.Values{"a.locked": {answer}, "g.locked": {grade}}
	}
	facts := func(b *browser, change url.Values) {
		for _, n := range factForms(b) {
			if mark := find(n, func(e *html.Node) bool { return attr(e, "name") == "w.locked" }); mark != nil {
				change.Set("w.locked", attr(mark, "value"))
			}
		}
		b.post(episode+"/facts", change)
	}
	facts(ana, question("yes", "said"))
	facts(ben, question("no", "seen"))
	if ben.status != http.StatusConflict {
		t.Fatalf("ben: %d at %s", ben.status, ben.at.Path)
	}
	ben.sees("Two of you changed the same thing", "By ana", "said by the person", "seen by a member", "Nothing is lost.")
	ben.submit(ben.at.Path, url.Values{"k.locked": {"both"}})
	ana.get(base).sees("Yes Were you locked in", "No Were you locked in")

	ana.get(episode)
	ben.get(episode)
	ana.submit(episode, url.Values{"label": {"The egg farm"}})
	ben.submit(episode, url.Values{"label": {"The trailers"}, "when": {"2014"}})
	ben.sees("Two of you changed the same thing", "The egg farm")
	ben.submit(ben.at.Path, url.Values{"keep": {"mine"}, "label": {"The egg farm and the trailers"}})
	ana.get(base).sees("The egg farm and the trailers", "2014")
}

func TestSupervisorGivesAReason(t *testing.T) {
	s := serve(t)
	base := opened(t, s, s.member("ana"), "Hola")
	sol := s.member("sol")
	if sol.get(base); sol.at.Path != "/cases" {
		t.Errorf("without a reason: %s", sol.at.Path)
	}
	sol.sees("Give a reason to look at a case")
	sol.submit(base+"/look", nil)
	sol.sees("Give a reason to look at a case")
	sol.submit(base+"/look", url.Values{"reason": {"review"}})
	sol.sees("You are looking in oversight", "Hola")
}

func TestTeam(t *testing.T) {
	s := serve(t)
	sol := s.member("sol")
	sol.get("/team").submit("/team", url.Values{"handle": {"K!"}})
	sol.sees("A work name is 2 to 32")
	sol.submit("/team", url.Values{"handle": {"kim"}, "role": {"advocate"}})
	secret := find(sol.doc, func(n *html.Node) bool { return strings.Contains(attr(n, "class"), "secret") })
	if secret == nil {
		t.Fatal("no passphrase is shown")
	}
	s.Passphrases["kim"] = text(secret)
	if sol.get("/team"); strings.Contains(sol.page, s.Passphrases["kim"]) {
		t.Error("the passphrase is shown twice")
	}
	s.member("kim").get("/queue").sees("Nobody is waiting.")
	sol.submit("/team/queue-key", nil)
	sol.sees("A new queue key is in force.")
}

// until reads a stream until a line has the text.
func until(t *testing.T, lines *bufio.Scanner, want string) {
	t.Helper()
	for lines.Scan() {
		if strings.Contains(lines.Text(), want) {
			return
		}
	}
	t.Fatalf("the stream ends without %q: %v", want, lines.Err())
}

func TestLive(t *testing.T) {
	s := serve(t)
	b := s.member("ana")
	v := s.Visit("es", "Hola")
	talk := "/talk/" + string(v.ID)
	open := func(path string) *bufio.Scanner {
		t.Helper()
		res, err := b.client.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { res.Body.Close() })
		if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
			t.Fatalf("%s: %d %s", path, res.StatusCode, res.Header.Get("Content-Type"))
		}
		lines := bufio.NewScanner(res.Body)
		lines.Buffer(nil, 1<<20)
		return lines
	}
	queue := open("/queue/live")
	until(t, queue, "has waited")
	b.get("/queue").submit(talk+"/claim", nil)
	until(t, queue, "yours for")
	lines := open(talk + "/live?after=1")
	until(t, lines, "Yours for")
	v.Typing()
	until(t, lines, "is writing")
	v.Say("Otra vez")
	until(t, lines, "Otra vez")
	b.submit("/logout", nil)
	for lines.Scan() { // the stream ends with the sitting
	}
	until(t, open("/queue/live"), "event: over") // the page comes back and finds the login
}
