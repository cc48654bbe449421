package hub

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"amparo/internal/locale"
	"amparo/law"
)

// checkArea is the private self-check. With scripts it runs on the device and asks nobody; without, there is a sheet to
// print, and a form that is answered and forgotten. The form wants a server, so it is where the talk is.
var checkArea = area{
	screens: []screen{
		{path: "/check", kind: checkKind, catalogue: "check", show: (*Hub).check},
		{path: "/check/sheet", catalogue: "check", show: (*Hub).checkSheet},
		{path: "/check/form", kind: chatKind, catalogue: "check", show: (*Hub).checkForm},
		{path: "/check", kind: post, catalogue: "check", show: (*Hub).checked},
		{path: "/check/talk", kind: post, catalogue: "check", show: (*Hub).checkTalk},
	},
	stories: checkStories,
	types: map[string]any{"check.html": checkPage{}, "check-end": endPage{}, "check-result.html": endPage{}, "check-form.html": formPage{},
		"check-sheet.html": sheetPage{}},
}

// lawRead is the day on which the texts of the law were looked at.
const lawRead = "2026-11-24"

// A checkPage is where the script asks. What it shows in each state lies in the page as templates.
type checkPage struct {
	page
	Law, Texts string // addresses of the law and of the questions
	Sectors    []sector
	Words      map[string]any // what the script says
	End        endPage
	Chat       talkPage // what the page becomes when the answers are taken into the talk
}

// checkWords are the keys that the script says; those with a number are given in each form.
var checkWords = []string{"check.wait", "check.yes", "check.no", "check.unsure", "check.keep", "check.progress.none",
	"check.answers.you", "check.answers.change", "check.answers.years", "check.answers.unknown", "check.answers.now",
	"check.carry.intro", "check.carry.them", "check.carry.more"}

func (h *Hub) newCheck(r *http.Request, say locale.Say) checkPage {
	p := checkPage{page: h.newPage(say, "/check"), Law: h.assets.at("check-law.json"), Texts: h.assets.at(textsName(say.Tag)),
		Sectors: h.checks.Asking.Sectors, End: h.newEnd(say, "/check"), Words: map[string]any{}}
	p.Style, p.Script = h.assets.at("check.css"), h.assets.at("check.js")
	for _, k := range checkWords {
		p.Words[k] = say.Line(k)
	}
	p.Words["check.part"] = say.Line("check.part", "N", 7) // the script puts the number in its place
	progress := map[string]string{}
	for _, n := range []int{1, 2, 3, 5, 7, 11, 21, 22, 101, 111} {
		progress[fmt.Sprint(n)] = say.Line("check.progress", "N", n)
	}
	p.Words["check.progress"] = progress
	p.End.All = true
	for _, g := range h.checks.Results.Groups {
		p.End.Groups = append(p.End.Groups, endGroup{checkGroup: g})
	}
	p.End.Notes = h.checks.Results.Notes
	for _, x := range h.checks.Results.Protect {
		p.End.Protect = append(p.End.Protect, endProtect{x, h.checks.cite(x.Rule)})
	}
	if p.Carries() {
		p.Chat = h.newTalk(r, say, doorOf(r), nil)
		p.Chat.Action = "/" + say.Tag + "/check/talk"
	}
	return p
}

// Carries says whether the page can become the talk: not where no server of ours answers, nor within a partner's page,
// where it has no origin and nothing could be sent.
func (p checkPage) Carries() bool { return p.Talk == "" && !p.Framed() }

func (h *Hub) check(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	return h.show(w, http.StatusOK, "check.html", h.newCheck(r, say))
}

// An endPage says what answers may mean. With All it holds everything that could be said, for the script to choose from.
type endPage struct {
	page
	All          bool
	Notes        []remark
	Groups       []endGroup
	Protect      []endProtect
	Numbers      []number
	Find, Rights string // addresses, where there are such screens
	Date         string
	Text         string // the answers in words, for the talk
}

type endGroup struct {
	checkGroup
	Yes  bool // it fits; else partly
	Told []saidAnswer
	Open []string
	Laws string
}

// A saidAnswer is a question and the key of the answer to it.
type saidAnswer struct{ ID, Said string }

type endProtect struct {
	protect
	Law string
}

func (h *Hub) newEnd(say locale.Say, path string) endPage {
	p := endPage{page: h.newPage(say, path), Numbers: h.numbers(say), Date: lawRead, Find: h.maybe(say, "/find"), Rights: h.maybe(say, "/rights")}
	p.Style = h.assets.at("check.css")
	return p
}

// maybe is where a screen is, or nothing if there is none.
func (h *Hub) maybe(say locale.Say, path string) string {
	to, _ := h.newPage(say, "/").To(path)
	return to
}

// ending fills in what was found.
func (h *Hub) ending(say locale.Say, a account, found checkResult) endPage {
	c, p := h.checks, h.newEnd(say, "")
	p.Text = h.summary(say, a)
	for _, g := range found.Groups {
		i := slices.IndexFunc(c.Results.Groups, func(x checkGroup) bool { return x.ID == g.ID })
		e := endGroup{checkGroup: c.Results.Groups[i], Yes: g.Fits, Open: g.Open}
		for _, id := range g.Told {
			if is, no := strings.CutPrefix(id, "!"); no {
				e.Told = append(e.Told, saidAnswer{is, "check.no"})
			} else {
				e.Told = append(e.Told, saidAnswer{id, "check.yes"})
			}
		}
		var laws []string
		for _, rule := range g.Rules {
			laws = append(laws, c.cite(rule))
		}
		e.Laws = strings.Join(laws, "; ")
		p.Groups = append(p.Groups, e)
	}
	for _, n := range c.Results.Notes {
		if slices.Contains(found.Notes, n.ID) {
			p.Notes = append(p.Notes, n)
		}
	}
	for _, x := range c.Results.Protect {
		if slices.Contains(found.Protect, x.ID) {
			p.Protect = append(p.Protect, endProtect{x, c.cite(x.Rule)})
		}
	}
	return p
}

// summary is what was answered with yes, in words to be sent if the person wants that.
func (h *Hub) summary(say locale.Say, a account) string {
	lines := []string{say.T("check.carry.intro")}
	for _, b := range h.checks.Asking.Blocks {
		for _, id := range b.Facts {
			if either(a.person[id], a.parts[0][id]) == law.Yes {
				lines = append(lines, "– "+say.T(id)+" "+say.T("check.yes"))
			}
		}
	}
	return strings.Join(lines, "\n")
}

func textsName(tag string) string { return "check-" + strings.ToLower(tag) + ".json" }

// checkAssets are the law, the same for everybody, and the questions in each language.
func (h *Hub) checkAssets() error {
	c := h.checks
	program := c.Program
	program.Elements = nil
	asked := c.Asking
	asked.Blocks = nil
	table := results{Protect: slices.Clone(c.Results.Protect)}
	for _, g := range c.Results.Groups {
		g.Head, g.Fits, g.Partly = "", "", ""
		table.Groups = append(table.Groups, g)
	}
	for _, n := range c.Results.Notes {
		n.Text = ""
		table.Notes = append(table.Notes, n)
	}
	for i := range table.Protect {
		table.Protect[i].Text = ""
	}
	asked.Sectors = slices.Clone(asked.Sectors)
	for i := range asked.Sectors {
		asked.Sectors[i].Name = ""
	}
	laws := struct {
		Program     law.Program       `json:"program"`
		Sensitivity []int             `json:"sensitivity"`
		Groups      []string          `json:"groups"`
		Asking      asking            `json:"asking"`
		Results     results           `json:"results"`
		Cites       map[string]string `json:"cites"`
	}{Program: program, Asking: asked, Results: table, Cites: map[string]string{}}
	var themes []string
	for _, id := range program.Facts {
		q := c.questions[id]
		themes = addOnce(themes, q.Group)
		laws.Sensitivity = append(laws.Sensitivity, q.Sensitivity)
		laws.Groups = append(laws.Groups, fmt.Sprint(slices.Index(themes, q.Group)))
	}
	for _, g := range c.Results.Groups {
		for _, rule := range g.Rules {
			laws.Cites[rule] = c.cite(rule)
		}
	}
	if err := h.makeAsset("check-law.json", laws); err != nil {
		return err
	}
	for _, l := range slices.Concat(h.words.Languages(), h.words.Artificial()) {
		say := h.words.In(l.Tag)
		texts := struct {
			Texts    [][]string        `json:"texts"` // of each fact: the question, and help where there is some
			Examples map[string]string `json:"examples"`
		}{Examples: map[string]string{}}
		for _, id := range program.Facts {
			text := []string{say.Line(id)}
			if len(c.questions[id].Help) > 0 {
				text = append(text, say.Line(id+".help"))
			}
			texts.Texts = append(texts.Texts, text)
		}
		for _, s := range c.Asking.Sectors {
			for _, key := range s.Examples {
				texts.Examples[key] = say.Line(key)
			}
		}
		if err := h.makeAsset(textsName(l.Tag), texts); err != nil {
			return err
		}
	}
	return nil
}

func (h *Hub) makeAsset(name string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	h.assets.set, err = h.assets.set.With(name, data)
	return err
}
