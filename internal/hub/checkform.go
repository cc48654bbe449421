package hub

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/locale"
	"amparo/law"
)

// A formPage is the core questions in one form, for those without scripts who choose that.
type formPage struct {
	page
	Wrong       string // the key of what could not be read; empty at first
	From, Until string
	Blocks      []formBlock
}

type formBlock struct {
	Head string
	Hard bool // a hard question is in it
	Open bool
	Asks []formAsk
}

type formAsk struct {
	ID, Help string // keys of its words
	Said     string // y, n or nothing
	Number   int    // on the sheet
}

// A sheetPage is the core questions to be answered on paper, and how to read them.
type sheetPage struct {
	page
	Blocks  []formBlock
	Reads   []sheetRead
	Protect []endProtect
	Numbers []number
	Date    string
}

// A sheetRead says which numbers on the sheet are signs of a group.
type sheetRead struct {
	checkGroup
	Signs, With string
	Laws        string
}

// maxFields is far more than the form has.
const maxFields = 500

// A checkSent is what was sent of a form.
type checkSent struct {
	from, until string
	said        map[string]string
}

// readCheck reads a form. What it does not ask is passed over.
func (c *checkLaw) readCheck(v url.Values) (f checkSent, err error) {
	if len(v) > maxFields {
		return checkSent{}, fault.Field("form", "%d fields", len(v))
	}
	f = checkSent{strings.TrimSpace(v.Get("from")), strings.TrimSpace(v.Get("until")), map[string]string{}}
	for _, b := range c.Asking.Blocks {
		for _, id := range b.Facts {
			if s := v.Get(id); s == "y" || s == "n" {
				f.said[id] = s
			}
		}
	}
	return f, nil
}

// account is what a form tells. wrong is the key of what is amiss with its years.
func (c *checkLaw) account(f checkSent, today law.Date) (a account, wrong string) {
	a = account{person: map[string]law.Answer{}, parts: []map[string]law.Answer{{}}}
	var span law.Span
	for text, date := range map[string]*law.Date{f.from: &span.From, f.until: &span.Until} {
		if text == "" {
			continue
		}
		year, err := strconv.Atoi(text)
		if err != nil || len(text) != 4 || year < 1900 || year > today.Year {
			return a, "check.when.wrong"
		}
		date.Year = year
	}
	if f.from == f.until {
		span.Until = span.From
	}
	if !span.From.IsZero() && !span.Until.IsZero() && span.Until.Year < span.From.Year {
		return a, "check.when.order"
	}
	a.when = []law.Span{span}
	for id, s := range f.said {
		into := a.parts[0]
		if c.questions[id].Scope == "person" {
			into = a.person
		}
		into[id] = map[string]law.Answer{"y": law.Yes, "n": law.No}[s]
	}
	return a, ""
}

func (h *Hub) newForm(say locale.Say, f checkSent, wrong string) formPage {
	p := formPage{page: h.newPage(say, "/check/form"), Wrong: wrong, From: f.from, Until: f.until, Blocks: h.checks.blocks(f)}
	p.Style = h.assets.at("check.css")
	return p
}

// blocks are the core questions, numbered as on the sheet, with what was said.
func (c *checkLaw) blocks(f checkSent) (out []formBlock) {
	n := 0
	for i, b := range c.Asking.Blocks {
		block := formBlock{Head: b.Head, Open: i == 0}
		for _, id := range b.Facts {
			n++
			ask := formAsk{ID: id, Said: f.said[id], Number: n}
			if len(c.questions[id].Help) > 0 {
				ask.Help = id + ".help"
			}
			block.Hard = block.Hard || c.hard(id)
			block.Open = block.Open || ask.Said != ""
			block.Asks = append(block.Asks, ask)
		}
		out = append(out, block)
	}
	return out
}

func (h *Hub) checkForm(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	return h.show(w, http.StatusOK, "check-form.html", h.newForm(say, checkSent{}, ""))
}

// checked answers a form and forgets it. What was answered stands in no address and in no log, and the page is not
// compressed: its length tells nothing of what was found beyond that length.
func (h *Hub) checked(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	secret(w)
	if err := readForm(r); err != nil {
		return err
	}
	f, err := h.checks.readCheck(r.PostForm)
	if err != nil {
		return err
	}
	today := law.DateOf(time.Now())
	a, wrong := h.checks.account(f, today)
	if wrong != "" {
		return h.show(w, http.StatusBadRequest, "check-form.html", h.newForm(say, f, wrong))
	}
	found, err := h.checks.assess(a, today)
	if err != nil {
		return fmt.Errorf("self-check: %w", err)
	}
	return h.show(w, http.StatusOK, "check-result.html", h.ending(say, a, h.checks.Results.conclude(a, found)))
}

// checkTalk opens the talk with words in its box, nothing of which is sent yet.
func (h *Hub) checkTalk(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	secret(w)
	if err := readForm(r); err != nil {
		return err
	}
	p := h.newTalk(r, say, chat.Help, newCarry())
	if text := textOf(r); checkText(text) == nil {
		p.Text = text
	}
	return h.show(w, http.StatusOK, "talk.html", p)
}

func (h *Hub) checkSheet(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	c := h.checks
	p := sheetPage{page: h.newPage(say, "/check/sheet"), Blocks: c.blocks(checkSent{}), Numbers: h.numbers(say), Date: lawRead}
	p.Style = h.assets.at("check.css")
	numbers := func(ids []string) string {
		var out []string
		for _, b := range p.Blocks {
			for _, a := range b.Asks {
				if slices.Contains(ids, a.ID) {
					out = append(out, fmt.Sprint(a.Number))
				}
			}
		}
		return strings.Join(out, ", ")
	}
	for _, g := range c.Results.Groups {
		read := sheetRead{checkGroup: g, Signs: numbers(g.Signs), With: numbers(g.With)}
		if read.Signs == "" || len(g.With) > 0 && read.With == "" {
			continue // the sheet does not ask of it
		}
		read.Laws = c.cite(g.Rules[0])
		p.Reads = append(p.Reads, read)
	}
	for _, x := range c.Results.Protect {
		p.Protect = append(p.Protect, endProtect{x, c.cite(x.Rule)})
	}
	return h.show(w, http.StatusOK, "check-sheet.html", p)
}
