package hub

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"amparo/law"
)

// checkAnswered posts the form of the self-check.
func checkAnswered(f *fixture, pairs ...string) string {
	f.Helper()
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	w := f.post("/en/check", v)
	if w.Code != 200 {
		f.Fatalf("%d\n%s", w.Code, w.Body)
	}
	if got := w.Header().Get("Content-Encoding"); got != "" {
		f.Errorf("what was answered comes as %s", got)
	}
	return w.Body.String()
}

// shownIn lists which groups, notes and protections a page shows.
func shownIn(t *testing.T, page string) (out []string) {
	walk(t, page, func(n *html.Node) {
		for _, name := range []string{"data-note", "data-group", "data-protect"} {
			if v := attr(n, name); v != "" {
				out = append(out, strings.TrimPrefix(name, "data-")+" "+v)
			}
		}
	})
	return out
}

func TestTheFormSaysWhatItMayBe(t *testing.T) {
	f := open(t, "")
	for name, c := range map[string]struct {
		said      []string
		want, not []string
	}{
		"forced work": {[]string{"from", "2019", "until", "2021", "worked", "y", "made_to_work", "y", "could_not_stop", "y", "threatened_law", "y", "recruited", "y", "noncitizen", "y"},
			[]string{"group work", "note consent", "protect t", "protect u"}, []string{"note nothing", "note smuggling", "note labor", "group sex"}},
		"smuggled": {[]string{"brought_in", "y", "noncitizen", "y", "worked", "n", "sex_act", "n"},
			[]string{"group border", "note smuggling"}, []string{"note both", "group work", "protect t"}},
		"smuggled, then held": {[]string{"brought_in", "y", "noncitizen", "y", "worked", "y", "made_to_work", "y", "held_for_money", "y"},
			[]string{"group border", "group work", "note both", "note danger"}, []string{"note smuggling"}},
		"not paid": {[]string{"from", "2022", "worked", "y", "below_minimum", "y", "made_to_work", "n", "could_not_stop", "n", "work_for_debt", "n"},
			[]string{"group rules", "note labor", "protect pay"}, []string{"group work", "note both"}},
		"young": {[]string{"from", "2024", "minor", "y", "sex_act", "y", "sex_for_value", "y", "recruited", "y", "under_18_now", "y"},
			[]string{"group sex", "note young", "protect child"}, []string{"note nothing"}},
		"a citizen": {[]string{"worked", "y", "made_to_work", "y", "could_not_stop", "y", "noncitizen", "n"},
			[]string{"group work"}, []string{"protect t", "protect stay", "group border"}},
		"nothing": {nil, []string{"note nothing"}, []string{"group work"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := shownIn(t, checkAnswered(f, c.said...))
			for _, w := range c.want {
				if !slices.Contains(got, w) {
					t.Errorf("no %q in %q", w, got)
				}
			}
			for _, w := range c.not {
				if slices.Contains(got, w) {
					t.Errorf("%q in %q", w, got)
				}
			}
		})
	}
	if log := f.log.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
}

func TestTheFormGivesBackWhatItCannotRead(t *testing.T) {
	f := open(t, "")
	for said, want := range map[[2]string]string{
		{"2021", "2019"}: "before the year it began", {"soon", ""}: "write a year", {"", "20210"}: "write a year", {"-999", ""}: "write a year",
		{"9999", ""}: "write a year", {"٢٠٢١", ""}: "write a year", {"2021-02", ""}: "write a year",
	} {
		w := f.post("/en/check", url.Values{"from": {said[0]}, "until": {said[1]}, "worked": {"y"}, "hit": {"n"}})
		page := w.Body.String()
		if w.Code != 400 || !strings.Contains(page, want) {
			t.Errorf("%q: %d, no %q", said, w.Code, want)
		}
		for _, kept := range []string{`name="worked" value="y" checked`, `name="hit" value="n" checked`, `name="from" value="` + said[0] + `"`} {
			if !strings.Contains(page, kept) {
				t.Errorf("%q: lost %s", said, kept)
			}
		}
	}
}

// TestHostileForms sends what no form of ours sends: each is answered calmly, and nothing of it comes back as markup.
func TestHostileForms(t *testing.T) {
	f := open(t, "")
	many := url.Values{}
	for i := range 10_000 {
		many.Set(fmt.Sprint("f", i), "y")
	}
	for name, c := range map[string]struct {
		form url.Values
		code int
		want string
	}{
		"unknown ids":     {url.Values{"<script>": {"y"}, "us.1589": {"y"}, "__proto__": {"y"}, "worked": {"y"}}, 200, "What this may be"},
		"unknown answers": {url.Values{"worked": {"<b>maybe</b>"}, "hit": {"3"}, "minor": {"Y"}}, 200, "What this may be"},
		"doubled":         {url.Values{"worked": {"y", "n", "y"}}, 200, "What this may be"},
		"10,000 fields":   {many, 400, "This could not be taken"},
		"far too long":    {url.Values{"worked": {strings.Repeat("y", 1<<20)}}, 413, "This was too long to take"},
		"markup as years": {url.Values{"from": {`"><script>alert(1)</script>`}}, 400, "write a year"},
	} {
		w := f.post("/en/check", c.form)
		page := w.Body.String()
		if w.Code != c.code || !strings.Contains(page, c.want) {
			t.Errorf("%s: %d, no %q in\n%.2000s", name, w.Code, c.want, page)
		}
		if strings.Contains(page, "<script>alert") || strings.Contains(page, "<b>maybe") {
			t.Errorf("%s: comes back as markup", name)
		}
		exitFirst(t, name, page)
	}
	if w := f.do("POST", "/en/check", url.Values{"worked": {"y"}}, "Sec-Fetch-Site", "cross-site"); w.Code != 403 {
		t.Errorf("from another site: %d", w.Code)
	}
	for _, path := range []string{"/en/check?worked=y", "/en/check?from=<script>alert(1)</script>", "/en/check/sheet?x=1", "/en/check/form?worked=y"} {
		w := f.get(path)
		if w.Code != 200 || strings.Contains(w.Body.String(), "alert(1)") || strings.Contains(w.Body.String(), `value="y" checked`) {
			t.Errorf("%s: %d, or something of it is taken", path, w.Code)
		}
	}
	if log := f.log.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
}

// TestAnswersGoIntoTheTalkByChoice follows the form to the talk: the words stand in its box, and nothing is sent.
func TestAnswersGoIntoTheTalkByChoice(t *testing.T) {
	f := open(t, "")
	page := checkAnswered(f, "worked", "y", "made_to_work", "y", "hit", "n", "minor", "y")
	text := ""
	walk(t, page, func(n *html.Node) {
		if attr(n, "name") == "text" {
			text = attr(n, "value")
		}
	})
	for _, want := range []string{"These are my answers.", "Did you do any work for them? Yes", "Were you under 18 when this happened? Yes"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
	if strings.Contains(text, "Did anyone hit you") {
		t.Error("a no is taken along")
	}
	w := f.post("/en/check/talk", url.Values{"text": {text + "\n<b>more</b>"}})
	if w.Code != 200 || !strings.Contains(w.Body.String(), "&lt;b&gt;more&lt;/b&gt;</textarea>") || !strings.Contains(w.Body.String(), `action="/en/talk"`) {
		t.Errorf("%d\n%s", w.Code, w.Body)
	}
	if w.Header().Get("Content-Encoding") != "" || len(fields(t, w.Body.String())) != 4 {
		t.Error("the page with a key is compressed, or has none")
	}
	if cs, err := f.board.Queue(t.Context(), f.member()); err != nil || len(cs) != 0 {
		t.Errorf("%d conversations were opened before anything was sent (%v)", len(cs), err)
	}
	if w := f.post("/en/check/talk", url.Values{"text": {strings.Repeat("x", 9000)}}); w.Code != 200 || strings.Contains(w.Body.String(), "xxx") {
		t.Errorf("too long for a message: %d", w.Code)
	}
}

// TestTheSheetAsksAll holds the sheet and the form to the same questions, and the reading to numbers that are there.
func TestTheSheetAsksAll(t *testing.T) {
	f := open(t, "")
	sheet, form := f.get("/en/check/sheet").Body.String(), f.get("/en/check/form").Body.String()
	n := 0
	for _, b := range f.hub.checks.Asking.Blocks {
		for _, id := range b.Facts {
			n++
			q := html.EscapeString(f.hub.checks.questions[id].Text["en"])
			for name, page := range map[string]string{"sheet": sheet, "form": form} {
				if strings.Count(page, ">"+q) != 1 {
					t.Errorf("the %s asks %s %d times", name, id, strings.Count(page, ">"+q))
				}
			}
		}
	}
	if n < 30 || strings.Count(sheet, "☐") != 3*n || !strings.Contains(sheet, "How to read it") {
		t.Errorf("%d questions, %d boxes", n, strings.Count(sheet, "☐"))
	}
	for _, g := range f.hub.checks.Results.Groups {
		if head := f.hub.words.In("en").T(g.Head); g.ID != "planned" && !strings.Contains(sheet, html.EscapeString(head)) {
			t.Errorf("the sheet does not say how to read %s", g.ID)
		}
	}
}

// TestTheTablesFitTheLaw plants names that the law has not.
func TestTheTablesFitTheLaw(t *testing.T) {
	pack, err := askedLaw()
	if err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*checkLaw){
		`no "nowhere"`:       func(c *checkLaw) { c.Asking.Late = append(c.Asking.Late, "nowhere") },
		`no rule "us.0"`:     func(c *checkLaw) { c.Results.Groups[0].Rules[0] = "us.0" },
		`no group "nobody?"`: func(c *checkLaw) { c.Results.Notes[0].If[0] = "!nobody?" },
		`no "ghost"`:         func(c *checkLaw) { c.Asking.Blocks[0].Facts[0] = "ghost" },
		"not one at least":   func(c *checkLaw) { c.Asking.Every = 0 },
		"sensitivity":        func(c *checkLaw) { c.Asking.Costs = c.Asking.Costs[:2] },
	} {
		c, err := loadCheck(pack)
		if err != nil {
			t.Fatal(err)
		}
		if change(c); c.check() == nil || !strings.Contains(c.check().Error(), want) {
			t.Errorf("%s: %v", want, c.check())
		}
	}
}

// TestHardQuestionsAreNeverFirst looks at what a sector begins with.
func TestHardQuestionsAreNeverFirst(t *testing.T) {
	c, err := askedCheck()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range c.Asking.Sectors {
		if len(s.First) == 0 || c.hard(s.First[0]) {
			t.Errorf("%s begins with %q", s.ID, s.First)
		}
	}
	if !c.hard("hit") || c.hard("worked") {
		t.Error("hard is not what it should be")
	}
}

func FuzzCheckForm(f *testing.F) {
	f.Add("worked=y&from=2019&until=2021")
	f.Add("from=-1&until=99999&sex_act=y&minor=maybe&=&%00=y")
	f.Add("worked=y&worked=n&__proto__=y&from=20%F0%9F%98%8021")
	c, err := askedCheck()
	if err != nil {
		f.Fatal(err)
	}
	today := law.Date{Year: 2026, Month: 11, Day: 24}
	f.Fuzz(func(t *testing.T, body string) {
		v, _ := url.ParseQuery(body)
		sent, err := c.readCheck(v)
		if err != nil {
			return
		}
		a, wrong := c.account(sent, today)
		if wrong != "" {
			return
		}
		found, err := c.assess(a, today)
		if err != nil {
			t.Fatalf("%q: %v", body, err)
		}
		if _, err := json.Marshal(c.Results.conclude(a, found)); err != nil {
			t.Fatal(err)
		}
	})
}
