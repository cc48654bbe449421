package desk

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/id"
	"amparo/internal/switchboard"
	"amparo/law"
	"amparo/packs"
)

// answerAll answers questions of the open card with yes.
func (b *browser) answerAll(yes ...string) {
	b.t.Helper()
	path := b.at.Path
	for _, n := range factForms(b) {
		mine := url.Values{}
		each(n, func(e *html.Node) {
			name := attr(e, "name")
			if q, ok := strings.CutPrefix(name, "a."); ok && slices.Contains(yes, q) {
				mine.Set(name, "yes")
			}
			if strings.HasPrefix(name, "w.") || has(e, "checked") && !mine.Has(name) {
				mine.Set(name, attr(e, "value"))
			}
		})
		b.post(path+"/facts", mine)
	}
	b.get(path)
}

// toldOfFarm is what most packs call the act, a means and a purpose of forced labour.
var toldOfFarm = []string{"recruited", "transported", "harbored", "obtained", "worked", "made_to_work", "meant_to_make_work", "could_not_stop",
	"threatened_hurt", "lied", "wanted_use", "travelled", "meant_from_the_start", "planned_hold"}

// The desk works under every body of law: a case is kept, laid beside it, every finding has its page and its
// JSON, and the coded row is filled.
func TestEveryPackAtTheDesk(t *testing.T) {
	if len(packs.Names()) < 4 {
		t.Fatalf("packs: %v", packs.Names())
	}
	for _, name := range packs.Names() {
		t.Run(name, func(t *testing.T) {
			pack, err := packs.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			s := serve(t, func(c *Config) { c.Pack = pack })
			b := s.member("ana")
			base := opened(t, s, b, "Hola")
			b.get(base).submit(base+"/episodes", url.Values{"label": {"The farm"}, "when": {"since March 2016"}, "actors": {"the boss"}})
			b.answerAll(toldOfFarm...)
			b.sees("Exploiting: established")
			if strings.Contains(b.page, "[group.") || strings.Contains(b.page, "[section.") {
				t.Error("words are missing")
			}
			var links []string
			each(b.doc, func(n *html.Node) {
				if to := attr(n, "href"); strings.HasPrefix(to, base+"/findings/") {
					links = append(links, to)
				}
			})
			if want := len(pack.Rules()); len(links) != want {
				t.Errorf("one episode: %d findings, %d rules", len(links), want)
			}
			for _, to := range links {
				if b.get(to); b.status != http.StatusOK || strings.Contains(b.page, "[reasons.") {
					t.Errorf("%s: %d", to, b.status)
				}
				b.sees("Elements, with citations", "decides nothing about the person")
			}
			b.get(base + "/close")
			field := find(b.doc, func(n *html.Node) bool { return attr(n, "name") == "TypeOfExploitation" })
			if got := attr(find(field, func(n *html.Node) bool { return has(n, "selected") }), "value"); got != "ForcedLabour" {
				t.Errorf("the type of exploitation is filled with %q", got)
			}
		})
	}
}

func TestStoriesUnderEveryPack(t *testing.T) {
	for _, name := range packs.Names() {
		h := storybookDesk(t, name).routes()
		for _, s := range stories {
			if s.Screen != "case" && s.Screen != "closing" {
				continue
			}
			for _, lang := range []string{"en", "es"} {
				body := rendered(t, h, "/storybook/"+lang+"/"+s.Screen+"/"+s.State)
				for _, key := range missingWords.FindAllString(body, -1) {
					t.Errorf("%s, %s %s in %s: words are missing: %s", name, s.Screen, s.State, lang, key)
				}
			}
		}
	}
}

func TestFindingPage(t *testing.T) {
	s := serve(t)
	ana, ben, noa := s.member("ana"), s.member("ben"), s.member("noa")
	base := opened(t, s, ana, "Hola")
	ana.get(base).submit(base+"/episodes", url.Values{"label": {"The farm"}, "when": {"since March 2016"}})
	farm := strings.TrimPrefix(ana.at.Path, base+"/episodes/")
	ana.answerAll("worked", "made_to_work", "meant_to_make_work", "obtained", "threatened_hurt")
	ana.get(base).sees("It would be made out if: Yes Did you have no way to stop working or to leave?") // involuntary servitude
	at := base + "/findings/us.1589/" + farm
	ana.answerAllAt(base+"/episodes/"+farm, "threatened_law")
	ana.get(at).sees("Forced labor", "Why: 2 minimal reasons", "Every one of them rests on:", "Beside that, on one of these:",
		"What would have to be taken back", "It follows from:", "Force, physical restraint, or threats of them", "This finding as JSON", "decides nothing")
	if !strings.Contains(ana.page, "<title>Amparo desk</title>") {
		t.Error("the title tells of what")
	}
	tree := find(ana.doc, func(n *html.Node) bool {
		return n.Data == "details" && strings.Contains(text(n), "Force itself") && !has(n, "open")
	})
	if tree != nil {
		t.Error("the tree is not open")
	}

	look := func() (n int) {
		err := s.Board.Store.Read(t.Context(), func(tx switchboard.Tx) error {
			events, err := tx.Events(0)
			for _, e := range events {
				if e.Did == "look-at-case" {
					n++
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := look()
	res, err := ana.client.Get(s.URL + at + "/json")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var got struct {
		Pack    string
		Finding struct {
			Rule, Status string
			Tree         law.Element
		}
		Reasons law.Reasons
	}
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil || res.Header.Get("Content-Type") != "application/json; charset=utf-8" ||
		res.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%v: %v", err, res.Header)
	}
	if got.Pack != "us" || got.Finding.Rule != "us.1589" || got.Finding.Status != "established" || len(got.Finding.Tree.Children) == 0 ||
		len(got.Reasons.Why) != 2 || len(got.Reasons.Undo) == 0 {
		t.Errorf("the JSON has %s %s, %d reasons", got.Finding.Rule, got.Finding.Status, len(got.Reasons.Why))
	}
	if n := look() - before; n != 1 {
		t.Errorf("the JSON was read once, and %d looks recorded", n)
	}

	// What is not there and what is not theirs look alike, page and JSON.
	gone := ana.get(base + "/findings/us.none/" + farm).page
	if ana.status != http.StatusNotFound {
		t.Errorf("a rule that is not there: %d", ana.status)
	}
	for _, path := range []string{base + "/findings/us.1589/" + string(id.New[id.Part]()), base + "/findings/us.1589/person", base + "/findings/us.none/" + farm + "/json"} {
		if ana.get(path); ana.status != http.StatusNotFound || neutral(ana.page, ana.at.Path) != neutral(gone, base+"/findings/us.none/"+farm) {
			t.Errorf("%s: %d", path, ana.status)
		}
	}
	for who, b := range map[string]*browser{"ana": ana, "ben": ben, "noa": noa} {
		for _, end := range []string{"", "/json"} {
			b.get("/cases/" + string(id.New[id.Case]()) + "/findings/us.1589/" + farm + end)
			none, status := neutral(b.page, b.at.Path), b.status
			if who == "ana" {
				continue
			}
			if b.get(at + end); b.status != http.StatusNotFound || status != b.status || neutral(b.page, b.at.Path) != none {
				t.Errorf("%s at a finding that is not theirs: %d; at none: %d", who, b.status, status)
			}
		}
	}
	sol := s.member("sol")
	if sol.get(at); sol.at.Path != "/cases" {
		t.Errorf("oversight without a reason: %s", sol.at.Path)
	}
}

// neutral is a page without its own address.
func neutral(page, path string) string { return strings.ReplaceAll(page, path, "") }

func (b *browser) answerAllAt(path string, yes ...string) {
	b.t.Helper()
	b.get(path).answerAll(yes...)
}

// What each kind of law adds to the page is there, in the words and the places meant for it.
func TestAssessmentTellsEachKindApart(t *testing.T) {
	h := storybookDesk(t, "us").routes()
	for state, want := range map[string][]string{
		"case/labor": {"Wrongs of work", "By themselves they say nothing about trafficking", "Wrong of work: established", "It would be made out if:", "the signs are there",
			"They prompt questions and decide nothing", "Fees, terms and limits", "Answers that this law does not ask for", "asked_long_ago"},
		"case/uk":             {"Law from 2010-04-06 until 2015-07-31, that day not included.", "Defences of the person", "Only a court decides"},
		"case/un":             {"The signs would be there if:", "Papers taken, kept or made up."},
		"finding/unless":      {"Unless, and then it is not met:", "A prisoner was hired out to private hands"},
		"finding/until":       {"Law from 2010-04-06 until 2015-07-31, that day not included.", "It would be made out if:"},
		"finding/person":      {"How long it lasts:", "four years", "from 2006-01-05", "INA 214(o)(7)", "check with a lawyer", "see that finding"},
		"finding/conflict":    {"Why: 1 minimal reason", "Why not: 1 minimal reason", "the boss"},
		"finding/ruled-out":   {"Were that found untrue, no reason against it would be left."},
		"finding/indicator":   {"They prompt questions and decide nothing", "the signs are there"},
		"finding/open":        {"No set of the answers told so far makes it out or rules it out."},
		"finding/established": {"Why: 6 minimal reasons", "Every one of them rests on:", "Any one of these answers:", "All answers of one of these sets:"},
	} {
		body := html.UnescapeString(rendered(t, h, "/storybook/en/"+state))
		for _, words := range want {
			if !strings.Contains(body, words) {
				t.Errorf("%s does not say %q", state, words)
			}
		}
		if state == "case/un" && strings.Contains(body, "Indicator: established") {
			t.Error("an indicator is told as a finding of law")
		}
	}
}

// Wrongs of work, defences and papers are chips of their own where they are made out; indicators and screens
// are none, and neither colours the strip.
func TestChipsAndStrip(t *testing.T) {
	d := storybookDesk(t, "us")
	c := &casework.Case{}
	e := casework.Kept[casefile.Episode]{ID: "a"}
	e.Doc.Label = "The farm"
	e.Doc.Facts = append(answered("said", "worked", "below_minimum", "hit", "badly_hurt", "happened_in_us"), casefile.Fact{Question: "made_to_work", Answer: casefile.No, Grade: "said"})
	c.Episodes = append(c.Episodes, e)
	a, err := casework.Assess(d.Pack, c, storyTime)
	if err != nil {
		t.Fatal(err)
	}
	signs := slices.ContainsFunc(a.Findings, func(f law.Finding) bool { return f.Kind == "indicator" && f.Status == law.Established })
	if !signs {
		t.Fatal("no indicator is there to be left out")
	}
	var got []string
	for _, c := range chips(d.words.In("en"), a, "a") {
		got = append(got, c.Kind+" "+c.Status)
	}
	if want := "smuggling open, trafficking open, labor established"; strings.Join(got, ", ") != want {
		t.Errorf("chips: %v, want %s", got, want)
	}
	strip := d.strip(visit{say: d.words.In("en")}, c, a)
	if b := strip.Boxes[0]; b.MovingKey() != "open" || b.TakingKey() != "open" {
		t.Errorf("the strip shows moving %s, exploiting %s", b.MovingKey(), b.TakingKey())
	}
}
