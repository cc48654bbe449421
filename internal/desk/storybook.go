package desk

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/release"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// A story is one screen in one state, from invented things alone: for eyes and for tests.
type story struct {
	Screen, State string
	Role          staff.Role // of who looks; empty for nobody
	Path          string     // that the page is at
	show          func(d *desk, r *http.Request, v visit) (name string, data any, err error)
}

type storybookPage struct {
	page
	Stories []story
}

// storyTime is when all stories happen.
var storyTime = time.Date(2026, 3, 2, 15, 4, 0, 0, time.UTC)

// flash is what a story shows of the form before it.
func (s story) flash() flash {
	switch s.State {
	case "refused":
		return flash{Kind: fault.Invalid, Field: "consent", Form: url.Values{"purpose": {"a bed tonight"}, "shared": {"need"}}}
	case "saved":
		return flash{Done: "saved"}
	}
	return flash{}
}

func (d *desk) storybook(w http.ResponseWriter, r *http.Request, v visit) error {
	return d.show(w, http.StatusOK, "storybook.html", storybookPage{d.newPage(r, visit{say: v.say}), stories})
}

// story renders one story with the desk's own code over invented things.
func (d *desk) story(w http.ResponseWriter, r *http.Request, v visit) error {
	if !d.words.Has(r.PathValue("lang")) {
		return d.nowhere(w, r, v)
	}
	for _, s := range stories {
		if s.Screen != r.PathValue("screen") || s.State != r.PathValue("state") {
			continue
		}
		at := *d
		at.Now, at.zone = func() time.Time { return storyTime }, time.UTC
		who := visit{say: d.words.In(r.PathValue("lang"))}
		if s.Role != "" {
			who.sitting = &sitting{Session: &casework.Session{Me: staff.Member{ID: storyMe, Handle: "ana", Role: s.Role}}, ctx: context.Background(),
				lang: who.say.Tag, drafts: map[id.Conversation]string{}, flashes: map[string]flash{s.Path: s.flash()}, clashes: map[string]clash{}}
		}
		req := r.Clone(r.Context())
		req.URL = &url.URL{Path: s.Path}
		for _, name := range []string{"episode", "clash"} {
			req.SetPathValue(name, "")
		}
		name, data, err := s.show(&at, req, who)
		if err != nil {
			return err
		}
		return d.show(w, http.StatusOK, name, data)
	}
	return d.nowhere(w, r, v)
}

// Invented ids, each of the right length and plainly nobody's.
const (
	storyMe   = id.Member("aaaaaaaaaaaaaaaaaaaaaaaaaa")
	storyTalk = id.Conversation("bbbbbbbbbbbbbbbbbbbbbbbbbb")
	storyCase = id.Case("cccccccccccccccccccccccccc")
	storyOne  = id.Part("dddddddddddddddddddddddddd")
	storyTwo  = id.Part("eeeeeeeeeeeeeeeeeeeeeeeeee")
)

// conversation is one of the queue.
func conversation(c string, lang string, state chat.State, waited time.Duration) chat.Conversation {
	return chat.Conversation{ID: id.Conversation(c + string(storyTalk[len(c):])), Door: chat.Help, Lang: lang, SealedBy: chat.ByBrowser, State: state,
		Since: storyTime.Add(-waited), Lease: storyTime.Add(4 * time.Minute), Visitor: 2}
}

func talkOf(state chat.State) casework.Talk {
	said := func(seq uint64, from seal.Direction, text string) casework.Line {
		return casework.Line{ID: "m", Seq: seq, From: from, Text: text, At: storyTime.Add(time.Duration(seq) * time.Minute), Fate: casework.Opened}
	}
	c := conversation("b", "es", state, time.Hour)
	c.Member, c.Seq = storyMe, 3
	return casework.Talk{Conversation: c, Lines: []casework.Line{
		said(1, seal.FromVisitor, "Hola. Me trajeron a trabajar en una granja y no me dejan ir."),
		said(2, seal.FromTeam, "Gracias por escribir. ¿Puede escribir ahora sin peligro?"),
		said(3, seal.FromVisitor, "Sí, por un rato.\n<b>No es negrita</b>"),
	}}
}

func answered(grade string, questions ...string) (fs casefile.Facts) {
	for _, q := range questions {
		fs = append(fs, casefile.Fact{Question: q, Answer: casefile.Yes, Grade: grade})
	}
	return fs
}

// caseOf is an invented person who was moved in one episode and held to work in the next.
func caseOf() *casework.Case {
	kept := func(p id.Part, e casefile.Episode) casework.Kept[casefile.Episode] {
		return casework.Kept[casefile.Episode]{ID: p, Version: 1, By: storyMe, At: storyTime, Doc: e}
	}
	c := &casework.Case{ID: storyCase, Opened: storyTime, Standing: vault.Assigned,
		Readers: []casework.Reader{{Member: storyMe, Handle: "ana", Standing: vault.Assigned}, {Handle: "sol", Standing: vault.Oversight}}}
	c.Summary.Doc = casefile.Summary{Label: "Blue door", Spoken: "mam", Written: "es"}
	c.Person.Doc.Facts = answered("said", "minor", "noncitizen", "in_us_now", "unsure_status")
	c.Episodes = []casework.Kept[casefile.Episode]{
		kept(storyOne, casefile.Episode{Label: "The crossing", When: casefile.ParseWhen("about March 2024"), Actors: []string{"the driver"},
			Facts: answered("said", "recruited", "transported", "brought_in", "no_permission", "knew_foreign", "knew_no_permission", "encouraged", "encouraged_on_purpose", "for_gain")}),
		kept(storyTwo, casefile.Episode{Label: "The egg farm", When: casefile.ParseWhen("since April 2024"), Actors: []string{"the foreman", "the boss"},
			Facts: append(answered("seen", "harbored", "obtained", "worked", "made_to_work", "meant_to_make_work", "could_not_stop", "threatened_hurt", "isolated"),
				casefile.Fact{Question: "papers_taken", Answer: casefile.Unknown, Why: "unsafe-to-ask"},
				casefile.Fact{Question: "pay_kept", Answer: casefile.Yes, Grade: "said"},
				casefile.Fact{Question: "pay_kept", Answer: casefile.No, Grade: "said-by-other", Source: "a neighbour"})}),
	}
	c.Notes = []casework.Kept[casefile.Note]{{By: storyMe, At: storyTime, Doc: casefile.Note{Text: "Prefers to write after six."}}}
	return c
}

// caseStory makes a story of the case, changed first, with a card open.
func caseStory(state, path string, change func(*casework.Case), talk bool) story {
	s := story{Screen: "case", State: state, Role: staff.Advocate, Path: "/cases/" + string(storyCase) + path}
	s.show = func(d *desk, r *http.Request, v visit) (string, any, error) {
		c := caseOf()
		if change != nil {
			change(c)
		}
		var t *casework.Talk
		if talk {
			of := talkOf(chat.Held)
			t = &of
		}
		if part, ok := strings.CutPrefix(path, "/episodes/"); ok {
			r.SetPathValue("episode", part)
		}
		p, err := d.casePage(r, v, c, t)
		if p.Talk != nil {
			p.Talk.Live = false
		}
		return "case.html", p, err
	}
	return s
}

func loginStory(state, failed string) story {
	return story{"login", state, "", "/login", func(d *desk, r *http.Request, v visit) (string, any, error) {
		return "login.html", loginPage{page: d.newPage(r, v), Name: "ana", Failed: failed}, nil
	}}
}

func talkStory(state string, change func(*casework.Talk, *talkStatus)) story {
	return story{"talk", state, staff.Advocate, "/talk/" + string(storyTalk), func(d *desk, r *http.Request, v visit) (string, any, error) {
		t := talkOf(chat.Held)
		if state == "closed" {
			t.State = chat.Closed
		}
		if state == "empty" {
			t.Lines = nil
		}
		var none talkStatus
		change(&t, &none)
		view := d.talkView(v, t, r.URL.Path)
		view.Live = false
		view.Others = []staff.Member{{ID: "x", Handle: "ben", Role: staff.Advocate}}
		change(&t, &view.Status)
		return "talk.html", talkPage{d.newPage(r, v), view}, nil
	}}
}

func servicesStory(state string, search url.Values) story {
	return story{"services", state, staff.Advocate, "/cases/" + string(storyCase) + "/services", func(d *desk, r *http.Request, v visit) (string, any, error) {
		if search.Get("service") == "first" {
			search = url.Values{"status": {"no"}}
			if len(d.Directory.Organizations) > 0 && len(d.Directory.Organizations[0].Services) > 0 {
				search.Set("service", d.Directory.Organizations[0].Services[0].ID)
			}
		}
		return "services.html", d.servicesPage(r, v, caseOf(), search), nil
	}}
}

func numbersStory(state string, change func(*numbersPage, release.Table, visit)) story {
	return story{"numbers", state, staff.Analyst, "/numbers", func(d *desk, r *http.Request, v visit) (string, any, error) {
		by := []string{"TypeOfExploitation", "amparoAct"}
		var rows []release.Row
		for i := range 90 {
			rows = append(rows, release.Row{by[0]: []string{"ForcedLabour", "ForcedLabour", "SexualExploitation"}[i%3], by[1]: []string{"trafficking", "both"}[i%2]})
		}
		t, err := release.Make(rows, by, release.Options{On: storyTime})
		p := d.numbersPage(r, v, by, release.DefaultThreshold)
		change(&p, t, v)
		return "numbers.html", p, err
	}}
}

// stories is the storybook.
var stories = append([]story{
	loginStory("empty", ""), loginStory("failed", "login.failed"), loginStory("slow", "login.slow"), loginStory("hub", "login.hub"),
	{"error", "unknown", staff.Advocate, "/none", func(d *desk, r *http.Request, v visit) (string, any, error) {
		return "error.html", errorPage{d.newPage(r, v), "problem.unknown"}, nil
	}},
	{"queue", "empty", staff.Advocate, "/queue", func(d *desk, r *http.Request, v visit) (string, any, error) {
		return "queue.html", queuePage{page: d.newPage(r, v), Queue: d.queueView(v, casework.Queue{})}, nil
	}},
	{"queue", "busy", staff.Supervisor, "/queue", func(d *desk, r *http.Request, v visit) (string, any, error) {
		byHub := conversation("f4", "quc", chat.Waiting, 26*time.Minute)
		byHub.SealedBy, byHub.Door, byHub.Gone = chat.ByHub, chat.Tell, true
		return "queue.html", queuePage{page: d.newPage(r, v), Queue: d.queueView(v, casework.Queue{
			Waiting: []chat.Conversation{conversation("a2", "es", chat.Waiting, 3*time.Hour), byHub, conversation("k7", "en", chat.Waiting, 0)},
			Mine:    []chat.Conversation{conversation("m5", "es", chat.Held, time.Hour)},
			Others:  []chat.Conversation{conversation("p6", "en", chat.Held, 50*time.Hour)}})}, nil
	}},
	{"queue", "odd", staff.Advocate, "/queue", func(d *desk, r *http.Request, v visit) (string, any, error) {
		p := queuePage{page: d.newPage(r, v), Queue: d.queueView(v, casework.Queue{})}
		p.Odd = odd(v.say, []casework.Warning{{Sign: casework.ForgedMember}, {Sign: casework.ForgedKey}})
		return "queue.html", p, nil
	}},
	talkStory("held", func(*casework.Talk, *talkStatus) {}),
	talkStory("typing", func(_ *casework.Talk, s *talkStatus) { s.Typing = true }),
	talkStory("gone", func(_ *casework.Talk, s *talkStatus) { s.Gone = true }),
	talkStory("empty", func(*casework.Talk, *talkStatus) {}),
	talkStory("closed", func(*casework.Talk, *talkStatus) {}),
	talkStory("odd", func(t *casework.Talk, _ *talkStatus) {
		t.Lines[1].Fate, t.Lines[2].Fate = casework.Missing, casework.Unopened
		t.Warnings = []casework.Warning{{Sign: casework.MissingMessage}, {Sign: casework.UnopenedMessage}}
	}),
	{"cases", "none", staff.Advocate, "/cases", func(d *desk, r *http.Request, v visit) (string, any, error) {
		return "cases.html", casesPage{page: d.newPage(r, v), Reasons: vault.Reasons}, nil
	}},
	{"cases", "supervisor", staff.Supervisor, "/cases", func(d *desk, r *http.Request, v visit) (string, any, error) {
		return "cases.html", casesPage{page: d.newPage(r, v), Reasons: vault.Reasons, Closed: 3,
			Mine: []caseRow{{storyCase, "Blue door", "2026-02-01"}}, Team: []caseRow{{"f" + storyCase[1:], "", "2026-02-03"}}}, nil
	}},
	caseStory("new", "", func(c *casework.Case) { c.Episodes, c.Person.Doc.Facts, c.Notes = nil, nil, nil }, true),
	caseStory("journey", "", nil, true),
	caseStory("saved", "", nil, false),
	caseStory("episode", "/episodes/"+string(storyTwo), nil, true),
	caseStory("person", "/person", nil, false),
	caseStory("about", "/about", func(c *casework.Case) {
		c.Summary.Doc.Contact = casefile.Contact{Allowed: true, Channel: "this chat", Times: "weekdays after six", Until: "2026-05-01"}
	}, false),
	caseStory("odd", "", func(c *casework.Case) {
		c.Warnings = []casework.Warning{{Sign: casework.UnopenedPart}, {Sign: casework.OldReaders}}
		c.Removed = c.Episodes[:1]
		c.Episodes = c.Episodes[1:]
	}, false),
	caseStory("shut", "", func(c *casework.Case) { c.Closed, c.Standing = true, vault.Oversight }, false),
	suggestStory("proposals", "es"), suggestStory("asking", "es"), suggestStory("unknown", "es"), suggestStory("wrong", "es"), suggestStory("note", ""), suggestStory("none", "es"),
	suggestStory("no-list", "quc"), suggestStory("other-list", "en"), suggestStory("no-episode", "es"),
	{"clash", "facts", staff.Advocate, "/cases/" + string(storyCase) + "/clash/x", func(d *desk, r *http.Request, v visit) (string, any, error) {
		theirs, mine := answered("seen", "locked"), casefile.Facts{{Question: "locked", Answer: casefile.No, Grade: "said"}}
		return "clash.html", d.clashPage(r, v, clash{Facts: []casework.FactClash{{FactEdit: casework.FactEdit{Question: "locked", Now: mine},
			Theirs: casework.Kept[casefile.Facts]{At: storyTime, Doc: theirs}}}}), nil
	}},
	{"clash", "head", staff.Advocate, "/cases/" + string(storyCase) + "/clash/x", func(d *desk, r *http.Request, v visit) (string, any, error) {
		c := casework.Clash[casework.Head]{Mine: casework.Head{Label: "The farm", Actors: []string{"the foreman"}},
			Theirs: casework.Kept[casework.Head]{At: storyTime, Doc: casework.Head{Label: "The egg farm", When: casefile.ParseWhen("2024")}}}
		return "clash.html", d.clashPage(r, v, clash{Head: &c}), nil
	}},
	servicesStory("fits", url.Values{"need": {"shelter"}, "language": {"es"}, "status": {"no"}}),
	servicesStory("none", url.Values{"need": {"shelter"}, "language": {"kjb"}, "area": {"nowhere"}}),
	servicesStory("refer", url.Values{"service": {"first"}}),
	servicesStory("refused", url.Values{"service": {"first"}}),
	{"closing", "filled", staff.Advocate, "/cases/" + string(storyCase) + "/close", func(d *desk, r *http.Request, v visit) (string, any, error) {
		p, err := d.closingPage(r, v, caseOf())
		return "closing.html", p, err
	}},
	numbersStory("empty", func(*numbersPage, release.Table, visit) {}),
	numbersStory("table", func(p *numbersPage, t release.Table, v visit) {
		p.put(t)
		p.enter(v, release.Ledger{{By: string(storyMe), Hash: t.Hash(), Table: t}})
	}),
	numbersStory("refused", func(p *numbersPage, _ release.Table, _ visit) { p.Refused, p.Short = release.ErrNothing.Error(), 1 }),
	{"team", "members", staff.Supervisor, "/team", func(d *desk, r *http.Request, v visit) (string, any, error) {
		return "team.html", d.teamPage(r, v, "", ""), nil
	}},
	{"team", "made", staff.Supervisor, "/team", func(d *desk, r *http.Request, v visit) (string, any, error) {
		p := d.teamPage(r, v, "kim", "fanud-gorib-makos-pitul-zavan")
		p.Members = []staff.Member{{Handle: "ana", Role: staff.Supervisor}, {Handle: "kim", Role: staff.Advocate}}
		return "team.html", p, nil
	}},
}, findingStories...)
