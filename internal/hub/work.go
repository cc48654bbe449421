package hub

import (
	"net/http"
	"slices"
	"strings"

	"amparo/internal/locale"
	"amparo/law"
)

var workArea = area{
	screens: []screen{
		{path: "/work", catalogue: "work", show: (*Hub).work},
		{path: "/work/cards", catalogue: "work", show: (*Hub).cards},
		{path: "/work/interview", catalogue: "work", show: (*Hub).interviewFirst},
		{path: "/work/interview/{part}", catalogue: "work", show: (*Hub).interview, each: func(*Hub) []string { return interviewParts }},
		{path: "/work/training", catalogue: "work", show: (*Hub).training},
		{path: "/work/training/{n}", catalogue: "work", kind: "check", show: (*Hub).exercise, each: builtIn},
		{path: "/work/instructor", catalogue: "work", kind: "check", show: (*Hub).instructor},
		{path: "/work/instructor/{n}/exercise.json", catalogue: "work", kind: fileKind, show: (*Hub).readyFile, each: readyOnes},
		{path: "/work/law.json", catalogue: "work", kind: fileKind, show: (*Hub).lawFile},
	},
	stories: []story{
		{"work", (*Hub).work}, {"work-cards", (*Hub).cards}, {"work-interview", (*Hub).interviewFirst},
		{"work-interview-2", interviewStory("2")}, {"work-interview-3", interviewStory("3")},
		{"work-training", (*Hub).training}, {"work-exercise", exerciseStory(0)}, {"work-exercise-two-acts", exerciseStory(2)},
		{"work-instructor", (*Hub).instructor},
	},
	types: map[string]any{"work.html": workPage{}, "work-cards.html": cardsPage{}, "work-interview.html": interviewPage{},
		"work-training.html": trainingPage{}, "work-exercise.html": exercisePage{}, "work-instructor.html": instructorPage{},
		"work-judgement": judgementView{}, "work-rule": ruleShown{}, "work-file": page{}, "work-also": judgementView{}, "work-told": toldView{}},
}

type workPage struct{ page }

// workPage is a page of this area, with its style.
func (h *Hub) workPage(say locale.Say, path string) page {
	p := h.newPage(say, path)
	p.Style = h.assets.at("work.css")
	return p
}

func (h *Hub) work(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	return h.show(w, http.StatusOK, "work.html", workPage{h.workPage(say, "/work")})
}

func (h *Hub) interviewFirst(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	return h.interviewAt(w, interviewParts[0], say)
}

// exerciseWords are what the page of an exercise says, with a script and without.
var exerciseWords = []string{
	"work.ex.yes", "work.ex.no", "work.ex.untold", "work.ex.ask", "work.ex.asked", "work.ex.does", "work.ex.nothing",
	"work.ex.costly", "work.ex.act", "work.ex.act.is", "work.ex.protect", "work.ex.protect.what", "work.ex.also", "work.ex.person",
	"work.ex.held", "work.ex.step", "work.ex.unknown-is-not-no", "work.ex.note",
	"work.wrong.conclusion", "work.wrong.leading", "work.wrong.unsafe", "work.wrong.nothing",
	"work.act.smuggling", "work.act.trafficking", "work.act.both", "work.act.labor", "work.act.neither", "work.act.open",
	"work.state.there", "work.state.missing", "work.state.unknown", "work.state.both",
	"work.rule.established", "work.rule.open", "work.rule.ruled-out", "work.rule.conflict", "work.rule.not-law",
	"work.screen.established", "work.screen.open", "work.screen.ruled-out", "work.screen.conflict", "work.screen.not-law",
	"work.js.on", "work.js.same", "work.js.other", "work.js.look", "work.js.end", "work.js.again", "work.js.from-file",
	"work.bad", "work.bad.json", "work.bad.big", "work.bad.format", "work.bad.version", "work.bad.shape", "work.bad.question", "work.bad.rule",
	"work.bad.holding", "work.bad.choices", "work.bad.net",
}

// wordsFor gives words to a script. What a script puts in stands as {n} in them.
func wordsFor(say locale.Say, keys []string) map[string]string {
	out := map[string]string{}
	for _, k := range keys {
		out[k] = say.T(k, "N", "{n}", "Of", "{of}", "What", "{what}", "Where", "{where}")
	}
	return out
}

// A lawFor is what a script must know of the law to judge exercises: the program, and words for what it shows.
type lawFor struct {
	Program   law.Program          `json:"program"`
	Questions map[string]askedWord `json:"questions"`
	Rules     map[string]ruleWord  `json:"rules"`
}

type askedWord struct {
	Text   string `json:"text"`
	Person bool   `json:"person,omitempty"` // asked of the person, not of an episode
	Costly bool   `json:"costly,omitempty"`
}

type ruleWord struct {
	Title string        `json:"title"`
	Cite  string        `json:"cite"`
	Kind  string        `json:"kind"`
	Scope string        `json:"scope"`
	Parts []elementWord `json:"parts,omitempty"`
	Notes []elementWord `json:"notes,omitempty"`
}

type elementWord struct {
	ID    string        `json:"id"`
	Op    int           `json:"op"` // in the program
	Text  string        `json:"text"`
	Cite  string        `json:"cite"`
	Mark  law.Mark      `json:"mark"`
	Parts []elementWord `json:"parts,omitempty"`
}

// costly is the sensitivity from which on a question is to be asked only when it is needed.
const costly = 4

// wholeLaw gives a script the program, all questions and all rules.
func (b *workbook) wholeLaw(lang string) lawFor {
	var questions, rules []string
	for _, q := range b.pack.Questions {
		questions = append(questions, q.ID)
	}
	for _, r := range b.pack.Rules() {
		rules = append(rules, r.ID)
	}
	return b.lawWords(b.pack.Program(), lang, questions, rules, rules)
}

// lawOf gives a script what one exercise needs: its questions, the elements of its rules, and the titles of the
// other acts, since the facts may make them out too.
func (b *workbook) lawOf(x exercise, lang string) lawFor {
	var kept []string
	shown := slices.Concat(x.Rules, x.Screens)
	for _, r := range b.pack.Rules() {
		if slices.Contains(actKinds, r.Kind) || slices.Contains(shown, r.ID) {
			kept = append(kept, r.ID)
		}
	}
	whole := b.pack.Program()
	var ops []int
	for _, e := range whole.Elements {
		rule, _, _ := strings.Cut(e.ID, "/")
		if slices.Contains(shown, rule) {
			ops = append(ops, e.Op)
		}
	}
	program, at := cutProgram(whole, kept, toldQuestions(x), ops)
	for _, e := range whole.Elements {
		if op, ok := at[e.Op]; ok {
			e.Op = op
			program.Elements = append(program.Elements, e)
		}
	}
	for _, h := range x.Holding { // named at the end, and not judged on the page
		kept = append(kept, h.Rule)
	}
	return b.lawWords(program, lang, toldQuestions(x), kept, shown)
}

// actKinds are the kinds of rules that say what was done, rather than what it leads to.
var actKinds = []string{"smuggling", "trafficking", "documents", "labor"}

// lawWords gives a program with the words of these questions, the titles of the rules that are named, and the elements of
// those that are shown.
func (b *workbook) lawWords(program law.Program, lang string, questions, named, shown []string) lawFor {
	ops := map[string]int{}
	for _, e := range program.Elements {
		ops[e.ID] = e.Op
	}
	out := lawFor{Questions: map[string]askedWord{}, Rules: map[string]ruleWord{}}
	for _, q := range b.pack.Questions {
		if slices.Contains(questions, q.ID) {
			out.Questions[q.ID] = askedWord{q.Text.In(lang), q.Scope == "person", q.Sensitivity >= costly}
		}
	}
	var word func(e law.Element) elementWord
	word = func(e law.Element) elementWord {
		w := elementWord{ID: e.ID, Op: ops[e.ID], Text: e.Text.In(lang), Cite: e.Cite, Mark: e.Mark}
		for _, c := range inside(e) {
			w.Parts = append(w.Parts, word(c))
		}
		return w
	}
	for _, id := range named {
		r, parts, _ := b.pack.Anatomy(id)
		v := ruleWord{Title: r.Title.In(lang), Cite: r.Cite, Kind: r.Kind, Scope: r.Scope}
		if slices.Contains(shown, r.ID) {
			root := word(parts[0])
			if v.Parts = root.Parts; len(v.Parts) == 0 {
				v.Parts = []elementWord{root}
			}
			for _, n := range parts[1:] {
				v.Notes = append(v.Notes, word(n))
			}
		}
		out.Rules[r.ID] = v
	}
	program.Elements = nil
	out.Program = program
	return out
}
