package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"amparo/internal/casework"
	"amparo/internal/suggest"
)

// offerOf finds the card of the proposal that quotes the words given.
func offerOf(b *browser, quoted string) *html.Node {
	b.t.Helper()
	n := find(b.doc, func(n *html.Node) bool {
		m := find(n, func(e *html.Node) bool { return e.Data == "mark" })
		return n.Data == "li" && strings.HasPrefix(attr(n, "id"), "p-") && m != nil && text(m) == quoted
	})
	if n == nil {
		b.t.Fatalf("%s shows no proposal on %q: %s", b.at.Path, quoted, text(b.doc))
	}
	return n
}

// decide sends the form of the proposal that quotes the words given.
func (b *browser) decide(quoted, do string, choice url.Values) {
	b.t.Helper()
	form := find(offerOf(b, quoted), func(n *html.Node) bool { return n.Data == "form" })
	values := url.Values{"do": {do}}
	each(form, func(n *html.Node) {
		switch {
		case n.Data == "input":
			values.Set(attr(n, "name"), attr(n, "value"))
		case n.Data == "select":
			if o := find(n, func(o *html.Node) bool { return has(o, "selected") }); o != nil {
				values.Set(attr(n, "name"), attr(o, "value"))
			}
		}
	})
	for name, v := range choice {
		values[name] = v
	}
	b.post(attr(form, "action"), values)
	if b.status != http.StatusOK {
		b.t.Fatalf("%s on %q: %d", do, quoted, b.status)
	}
}

// episode adds an episode and gives its id.
func (b *browser) episode(base, label string) string {
	b.t.Helper()
	b.get(base).submit(base+"/episodes", url.Values{"label": {label}, "when": {""}, "actors": {""}})
	return b.at.Path[strings.LastIndex(b.at.Path, "/")+1:]
}

func TestSuggestionsAreDecidedOneByOne(t *testing.T) {
	s := serve(t)
	b := s.member("ana")
	base := opened(t, s, b, "Hola. El patrón me quitó el pasaporte. <b>negrita</b>", "Mi hermana dice que la encerraban con llave. A mí nunca me pegó.", "Tengo 16 años.")
	at := base + "/suggest"
	b.get(base)
	link := find(b.doc, func(n *html.Node) bool { return n.Data == "a" && attr(n, "href") == at })
	if link == nil || text(link) != "What might these words tell?" {
		t.Fatal("the conversation beside the case leads to no proposals")
	}
	b.get(at).sees("a word list for Español that nobody has reviewed", "You decide, one by one", "Nothing is accepted by itself.",
		"What is not listed may still have happened.", "not what the team replied", "The journey has no episode",
		"take, keep, hide or destroy your passport", "<b>negrita</b>", "told by another", "said plainly", "message 2")
	if strings.Contains(b.page, "<b>negrita</b>") {
		t.Error("the person's words are not escaped")
	}
	if find(b.doc, func(n *html.Node) bool { return strings.Contains(strings.ToLower(text(n)), "accept all") }) != nil {
		t.Error("everything can be accepted at once")
	}
	farm, house := b.episode(base, "The farm"), b.episode(base, "The house")

	b.get(at).decide("me quitó el pasaporte", "accepted", nil)
	b.sees("Choose where it belongs.")
	b.decide("me quitó el pasaporte", "accepted", url.Values{"part": {farm}})
	b.sees("Accepted. It is a fact of the case now.", "The farm: Yes said by the person answered so already")
	b.get(base).sees("The farm", "Yes Did anyone take, keep, hide or destroy your passport")
	b.get(base + "/episodes/" + farm)
	for name, want := range map[string]string{"s.papers_taken": "conversation, message 1", "g.papers_taken": "said"} {
		field := find(b.doc, func(n *html.Node) bool { return attr(n, "name") == name })
		if field.Data == "select" {
			field = find(field, func(n *html.Node) bool { return has(n, "selected") })
		}
		if attr(field, "value") != want {
			t.Errorf("%s is %q, want %q", name, attr(field, "value"), want)
		}
	}
	b.get(base + "/episodes/" + house).sees("take, keep, hide or destroy your passport") // not answered there
	if pick := find(b.doc, func(n *html.Node) bool { return attr(n, "name") == "a.papers_taken" && has(n, "checked") }); attr(pick, "value") != "" {
		t.Errorf("the other episode says %q", attr(pick, "value"))
	}

	b.get(at).decide("la encerraban", "accepted", url.Values{"part": {house}})
	b.get(base + "/episodes/" + house).sees("Were you locked in")
	grade := find(b.doc, func(n *html.Node) bool { return attr(n, "name") == "g.locked" })
	if got := attr(find(grade, func(n *html.Node) bool { return has(n, "selected") }), "value"); got != "said-by-other" {
		t.Errorf("what a sister says is graded %q", got)
	}

	b.get(at).sees("This is about the person, in every episode.")
	b.decide("Tengo 16 años", "accepted", url.Values{"part": {farm}}) // not where a form says
	b.get(base + "/person")
	if pick := find(b.doc, func(n *html.Node) bool { return attr(n, "name") == "a.minor" && has(n, "checked") }); attr(pick, "value") != "yes" {
		t.Errorf("about the person it says %q", attr(pick, "value"))
	}
}

func TestSuggestionAgainstAnAnswerIsAskedFor(t *testing.T) {
	s := serve(t)
	b := s.member("ana")
	base := opened(t, s, b, "Hola. El patrón me quitó el pasaporte.")
	at, farm := base+"/suggest", b.episode(base, "The farm")
	b.post(base+"/episodes/"+farm+"/facts", url.Values{"w.papers_taken": {string(casework.MarkOf(nil))}, "a.papers_taken": {"no"}, "g.papers_taken": {"said-by-other"}})
	b.get(at).sees("The farm: No said by another answered otherwise")
	b.decide("me quitó el pasaporte", "accepted", url.Values{"part": {farm}})
	b.sees("“The farm” has another answer:", "What rests on them comes out in conflict.", "a word list for Español that nobody has reviewed")
	for _, wrong := range []string{"Accepted.", "Somebody else was first"} {
		if strings.Contains(text(b.doc), wrong) {
			t.Errorf("it says %q before anybody has answered", wrong)
		}
	}
	asked := *b
	b.get(at).sees("The farm: No said by another answered otherwise") // left as it was
	*b = asked
	b.decide("me quitó el pasaporte", "accepted", nil)
	b.sees("Accepted.")
	b.get(base).sees("No Did anyone take, keep", "Yes Did anyone take, keep")
}

func TestRejectedSuggestionIsNotAskedAgain(t *testing.T) {
	s := serve(t)
	ana, ben := s.member("ana"), s.member("ben")
	base := opened(t, s, ana, "El patrón me quitó el pasaporte. Me encerraba con llave.")
	at := base + "/suggest"
	if ben.get(at); ben.status != http.StatusNotFound {
		t.Errorf("ben before he is let in: %d", ben.status)
	}
	ana.get(base + "/about")
	option := find(ana.doc, func(n *html.Node) bool { return n.Data == "option" && strings.HasPrefix(text(n), "ben") })
	ana.submit(base+"/assign", url.Values{"member": {attr(option, "value")}})
	open := func(b *browser) (out []string) {
		list := find(b.doc, func(n *html.Node) bool {
			return n.Data == "ol" && attr(n, "class") == "offers" && n.Parent.Data == "section"
		})
		if list != nil {
			each(list, func(n *html.Node) {
				if n.Data == "mark" {
					out = append(out, text(n))
				}
			})
		}
		return out
	}
	ana.get(at)
	if got := open(ana); !slices.Equal(got, []string{"me quitó el pasaporte", "Me encerraba"}) {
		t.Fatalf("proposals on %q", got)
	}
	next := attr(offerOf(ana, "Me encerraba"), "id")
	ana.decide("me quitó el pasaporte", "rejected", nil)
	ana.sees("Rejected. Your colleagues will not be asked again.")
	if ana.at.Fragment != next {
		t.Errorf("after a decision the page is at %q, want the next proposal, %q", ana.at.Fragment, next)
	}
	ben.get(at).sees("Rejected, for your colleagues too 1")
	if got := open(ben); !slices.Equal(got, []string{"Me encerraba"}) {
		t.Errorf("ben is asked about %q", got)
	}
	ben.decide("me quitó el pasaporte", "restored", nil)
	if got := open(ben); len(got) != 2 {
		t.Errorf("after it is taken back ben is asked about %q", got)
	}
	ana.get(base) // and the case has no fact of it
	if find(ana.doc, func(n *html.Node) bool { return attr(n, "class") == "mark yes" }) != nil {
		t.Error("a rejected proposal became a fact")
	}
}

func TestSuggestionsSayWhatWasNotRead(t *testing.T) {
	s := serve(t)
	b := s.member("ana")
	v := s.Visit("ar", "My boss took my passport and he does not let me leave the house.")
	talk := "/talk/" + string(v.ID)
	b.get("/queue").submit(talk+"/claim", nil)
	b.submit(talk+"/case", url.Values{"label": {"Blue door"}})
	base := b.at.Path
	b.get(base+"/suggest").sees("There is no word list for العربية.", "Nothing was read by the program", "These words look like English.")
	if strings.Contains(b.page, "<mark>") {
		t.Error("words were read without a list for their language")
	}
	b.get(base + "/suggest?list=en").sees("a word list for English that nobody has reviewed")
	offerOf(b, "took my passport")
	farm := b.episode(base, "The farm")
	b.get(base+"/suggest?list=en").decide("took my passport", "accepted", url.Values{"part": {farm}})
	b.sees("Accepted.")
	if b.at.RawQuery != "list=en" {
		t.Errorf("the list that was chosen is lost: %s", b.at)
	}
	if b.get(base + "/suggest?list=ar"); b.status != http.StatusNotFound {
		t.Errorf("no such list: %d", b.status)
	}

	b.get(base).submit(base+"/notes", url.Values{"text": {"On the phone: the boss hit her."}})
	link := find(b.doc, func(n *html.Node) bool { return strings.Contains(attr(n, "href"), "/notes/") })
	if link == nil {
		t.Fatal("a note leads to no proposals")
	}
	b.get(attr(link, "href")).sees("Read: the note by ana", "Noted by ana")
	b.decide("hit her", "accepted", url.Values{"part": {farm}})
	b.sees("Say how we know it.") // a note may rest on anything
	b.decide("hit her", "accepted", url.Values{"part": {farm}, "grade": {"said-by-other"}})
	b.sees("Accepted.")
	b.get(base + "/episodes/" + farm)
	if f := find(b.doc, func(n *html.Node) bool { return attr(n, "name") == "s.hit" }); !strings.HasPrefix(attr(f, "value"), "note by ana, 20") {
		t.Errorf("the source is %q", attr(f, "value"))
	}
}

func TestSuggestionsAreForWhoMayReadAndNeverWritten(t *testing.T) {
	s := serve(t)
	b := s.member("ana")
	base := opened(t, s, b, "El patrón me quitó el pasaporte canario.")
	at, farm := base+"/suggest", b.episode(base, "The farm")
	b.get(at)
	key := strings.TrimPrefix(attr(offerOf(b, "me quitó el pasaporte"), "id"), "p-")
	accept := url.Values{"do": {"accepted"}, "proposal": {key}, "part": {farm}, "grade": {"said"}}
	for _, handle := range []string{"ben", "noa", "adi"} {
		o := s.member(handle)
		for what, status := range map[string]int{"reads": o.get(at).status, "accepts": o.post(at, accept).status,
			"rejects": o.post(at, url.Values{"do": {"rejected"}, "proposal": {key}}).status} {
			if status != http.StatusNotFound {
				t.Errorf("%s %s: %d", handle, what, status)
			}
		}
	}
	sol := s.member("sol")
	if sol.get(at); sol.at.Path != "/cases" {
		t.Errorf("sol without a reason: %s", sol.at.Path)
	}
	for name, form := range map[string]url.Values{"no proposal": {"do": {"accepted"}, "proposal": {"00112233445566ff"}, "part": {farm}, "grade": {"said"}},
		"all of them": {"do": {"all"}, "proposal": {key}}} {
		if b.post(at, form); b.status != http.StatusNotFound {
			t.Errorf("%s: %d", name, b.status)
		}
	}
	b.get(base)
	if marks := find(b.doc, func(n *html.Node) bool { return attr(n, "class") == "mark yes" }); marks != nil {
		t.Errorf("the case has a fact that nobody accepted: %s", text(marks.Parent))
	}
	b.get(at)
	for name, where := range map[string]string{"the log": s.log.String(), "the address": b.at.String(), "the title": text(find(b.doc, func(n *html.Node) bool { return n.Data == "title" }))} {
		for _, canary := range []string{"pasaporte", "canario", "quit"} {
			if strings.Contains(where, canary) {
				t.Errorf("%s has %q", name, canary)
			}
		}
	}
}

// What no card of this law asks is not proposed either, though the lists know words for it.
func TestSuggestionsAskWhatTheCardsAsk(t *testing.T) {
	const account = "They forced me to marry him. He took my passport."
	questions := func(r *suggest.Reader) (out []string) {
		for _, p := range r.Read(account, "en") {
			out = append(out, p.Question)
		}
		return out
	}
	all, err := suggest.New([]string{"forced_marriage", "papers_taken"})
	if err != nil {
		t.Fatal(err)
	}
	if got := questions(all); !slices.Equal(got, []string{"forced_marriage", "papers_taken"}) {
		t.Fatalf("the account is about %q", got)
	}
	for pack, marriage := range map[string]bool{"us": false, "eu": true} {
		d := storybookDesk(t, pack)
		got := questions(d.reader)
		if slices.Contains(got, "forced_marriage") != marriage || !slices.Contains(got, "papers_taken") {
			t.Errorf("%s proposes %q", pack, got)
		}
		for _, q := range got {
			if !d.asked[q] {
				t.Errorf("%s proposes %s, which no card asks", pack, q)
			}
		}
	}
}

func TestQuoteIsCutBetweenWords(t *testing.T) {
	long := strings.Repeat("ñandús ", 100)
	for _, c := range []struct{ text, words, before, after string }{
		{"He took it.", "took", "He ", " it."},
		{"took", "took", "", ""},
		{long + "took" + long, "took", "… ñandús ", "ñandús …"},
		{strings.Repeat("ñ", 300) + "took" + strings.Repeat("ñ", 300), "took", "… ñ", "ñ …"},
	} {
		i := strings.Index(c.text, c.words)
		before, words, after := quote(c.text, i, i+len(c.words))
		if words != c.words || !strings.HasPrefix(before, c.before) || !strings.HasSuffix(after, c.after) || len(before) > around+len("… ") || len(after) > around+len(" …") {
			t.Errorf("%.20q: %q, %q, %q", c.text, before, words, after)
		}
	}
}
