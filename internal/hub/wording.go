package hub

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"amparo/internal/fault"
	"amparo/internal/locale"
	"amparo/law"
)

// wordingArea checks the words of a text about smuggling and trafficking. With scripts the text stays on the device;
// without, and only by a choice that says so, it is posted, answered, and forgotten.
var wordingArea = area{
	screens: []screen{
		{path: "/wording", catalogue: "wording", show: (*Hub).wording},
		{path: "/wording", kind: post, catalogue: "wording", show: (*Hub).wordingChecked},
	},
	stories: []story{
		{"wording", (*Hub).wording},
		{"wording-checked", wordingStory},
		{"wording-nothing", func(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
			return h.showWording(w, s, http.StatusOK, "", "wording.empty")
		}},
	},
	types: map[string]any{"wording.html": wordingPage{}, "wording-found": wordingFound{}},
}

// maxWording is the longest text that is checked, in letters.
const maxWording = 20_000

type wordingPage struct {
	page
	Text    string
	Wrong   string // what is wrong with what was sent
	Max     int
	Checked bool
	Parts   []wordingPart // the text, cut where words are marked
	Found   []wordingFound
	Told    []wordingTold
	Looked  string
	Review  string
}

// A wordingPart is a piece of the text.
type wordingPart struct {
	Text   string
	Marked bool
	Kind   string
}

// A wordingFound is a rule with the words that it marks.
type wordingFound struct {
	Words   string
	Kind    string
	Use     string
	Why     string
	Ask     []string
	Sources []string
}

// A wordingTold is what the text tells.
type wordingTold struct{ Name, Words string }

func (h *Hub) wording(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	return h.showWording(w, say, http.StatusOK, "", "")
}

// wordingChecked answers a posted text and keeps nothing of it. What is shown is not compressed: it is somebody's own.
func (h *Hub) wordingChecked(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	secret(w)
	if err := r.ParseForm(); err != nil {
		return fault.New(fault.TooLong, "no form can be read: %w", err)
	}
	text := strings.ReplaceAll(r.PostForm.Get("text"), "\r\n", "\n")
	switch {
	case r.PostForm.Get("send") == "":
		return h.showWording(w, say, http.StatusBadRequest, text, "wording.tick")
	case strings.TrimSpace(text) == "":
		return h.showWording(w, say, http.StatusBadRequest, "", "wording.empty")
	case utf8.RuneCountInString(text) > maxWording || !utf8.ValidString(text):
		return h.showWording(w, say, http.StatusRequestEntityTooLarge, "", "wording.long")
	}
	return h.showWording(w, say, http.StatusOK, text, "")
}

func wordingStory(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
	return h.showWording(w, s, http.StatusOK, s.T("wording.sample"), "")
}

// showWording shows the page: with an answer where a text is given and nothing is wrong with it.
func (h *Hub) showWording(w http.ResponseWriter, say locale.Say, status int, text, wrong string) error {
	check, err := loadWording()
	if err != nil {
		return err
	}
	p := wordingPage{page: h.newPage(say, "/wording"), Text: text, Max: maxWording, Looked: check.Looked, Review: check.Review.In(say.Tag)}
	p.Style, p.Script = h.assets.at("wording.css"), h.assets.at("wording.js")
	if wrong != "" {
		p.Wrong = p.T(wrong)
	} else if text != "" {
		p.answer(check)
	}
	return h.show(w, status, "wording.html", p)
}

// answer fills in what the check finds.
func (p *wordingPage) answer(w *wording) {
	p.Checked = true
	lang := w.language(p.Tag)
	marks, told := w.find(p.Text, lang)
	at, found := 0, map[string]int{}
	for _, m := range marks {
		p.Parts = append(p.Parts, wordingPart{Text: p.Text[at:m.start]}, wordingPart{p.Text[m.start:m.end], true, m.rule.Kind})
		at = m.end
		i, ok := found[m.rule.ID]
		if !ok {
			i = len(p.Found)
			found[m.rule.ID] = i
			r := w.inLanguage(m.rule, lang)
			p.Found = append(p.Found, wordingFound{"", p.T(wordKindKeys[r.Kind]), r.Use, r.Why, r.Ask, r.Sources})
		}
		p.Found[i].Words = addWord(p.Found[i].Words, p.Text[m.start:m.end])
	}
	p.Parts = append(p.Parts, wordingPart{Text: p.Text[at:]})
	for _, t := range told {
		p.Told = append(p.Told, wordingTold{w.Told[t.ID].In(lang), strings.Join(t.Words, ", ")})
	}
}

// addWord adds a word to a list in quotes, once.
func addWord(list, word string) string {
	quoted := "“" + word + "”"
	switch {
	case list == "":
		return quoted
	case strings.Contains(list, quoted):
		return list
	}
	return list + ", " + quoted
}

var wordKindKeys = map[string]string{"swap": "wording.kind.swap", "both": "wording.kind.both", "ask": "wording.kind.ask",
	"fits": "wording.kind.fits", "style": "wording.kind.style"}

// A pageWording is what the page's script works with; client/wordingfind.js tells its parts.
type pageWording struct {
	List       *wordList             `json:"list"`
	Order      []string              `json:"order"`
	Conditions map[string][][]string `json:"conditions"`
	Rules      []pageWordRule        `json:"rules"`
	Told       map[string]string     `json:"told"`
	Kinds      map[string]string     `json:"kinds"`
}

type pageWordRule struct {
	ID    string `json:"id"`
	Words string `json:"words"`
	When  struct {
		All  []string `json:"all"`
		None []string `json:"none"`
	} `json:"when"`
	Kind    string   `json:"kind"`
	Use     string   `json:"use"`
	Why     string   `json:"why"`
	Ask     []string `json:"ask"`
	Sources []string `json:"sources"`
}

// language is the one of the check's that serves a page.
func (w *wording) language(tag string) string {
	if w.lists[tag] == nil {
		return "en"
	}
	return tag
}

// inLanguage is a rule with its words in one language.
func (w *wording) inLanguage(r *wordRule, lang string) pageWordRule {
	out := pageWordRule{ID: r.ID, Words: r.Words, Kind: r.Kind, Use: r.Use.In(lang), Why: r.Why.In(lang), Ask: []string{}}
	out.When.All, out.When.None = append([]string{}, r.When.All...), append([]string{}, r.When.None...)
	for _, a := range r.Ask {
		out.Ask = append(out.Ask, a.In(lang))
	}
	for _, id := range r.Sources {
		s := w.Sources[id]
		out.Sources = append(out.Sources, s.Name.In(lang)+" ["+s.Mark+"]")
	}
	return out
}

// Data is the check in the page's language, for its script.
func (p wordingPage) Data() (pageWording, error) {
	w, err := loadWording()
	if err != nil {
		return pageWording{}, err
	}
	lang := w.language(p.Tag)
	out := pageWording{List: w.lists[lang], Order: w.ToldOrder, Conditions: w.Conditions, Told: names(w.Told, lang), Kinds: map[string]string{}}
	for i := range w.Rules {
		out.Rules = append(out.Rules, w.inLanguage(&w.Rules[i], lang))
	}
	for kind, key := range wordKindKeys {
		out.Kinds[kind] = p.T(key)
	}
	return out, nil
}

func names(texts map[string]law.Text, lang string) map[string]string {
	out := map[string]string{}
	for id, t := range texts {
		out[id] = t.In(lang)
	}
	return out
}

// Blank is a finding that the page's script fills in.
func (p wordingPage) Blank() wordingFound { return wordingFound{} }
