package hub

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"amparo/internal/fault"
	"amparo/internal/locale"
	"amparo/law"
)

type trainingPage struct {
	page
	Exercises []exerciseLink
	Data      exerciseData
}

type exerciseLink struct {
	To    string
	Title string
	Steps int
}

// builtIn are the numbers of the exercises.
func builtIn(*Hub) []string { return numbersTo(func(b *workbook) int { return len(b.exercises) }) }

// readyOnes are the numbers of the decided cases.
func readyOnes(*Hub) []string { return numbersTo(func(b *workbook) int { return len(b.ready) }) }

func numbersTo(count func(*workbook) int) (out []string) {
	book, err := workLaw()
	if err != nil {
		return nil
	}
	for i := range count(book) {
		out = append(out, strconv.Itoa(i+1))
	}
	return out
}

func (h *Hub) training(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	book, err := workLaw()
	if err != nil {
		return err
	}
	p := trainingPage{page: h.workPage(say, "/work/training"), Data: dataFor(say, exerciseWords)}
	p.Script = h.assets.at("work.js")
	for _, x := range book.exercises {
		p.Exercises = append(p.Exercises, exerciseLink{"/work/training/" + x.ID, x.Title.In(say.Tag), len(x.Steps)})
	}
	return h.show(w, http.StatusOK, "work-training.html", p)
}

type exercisePage struct {
	page
	N     string
	Title string
	Steps []stepView
	Case  decidedCase
	Held  string
	Found []ruleView
	Data  exerciseData
}

// exerciseData is what the script of a page works with.
type exerciseData struct {
	Exercise *exercise         `json:"exercise,omitempty"`
	Law      *lawFor           `json:"law,omitempty"`
	Words    map[string]string `json:"words"`
	Lang     string            `json:"lang"`
}

func dataFor(say locale.Say, words []string) exerciseData {
	return exerciseData{Words: wordsFor(say, words), Lang: say.Tag}
}

// A stepView is a step as it reads without a script: each choice can be opened.
type stepView struct {
	N, Of  int
	Say    string
	Told   []toldView
	Ask    []choiceView
	Act    *judgementView
	Screen *judgementView
}

type toldView struct{ Text, Where, Says string }

type choiceView struct {
	Text    string
	Answer  string // yes, no, unknown; empty where nobody should ask so
	Wrong   string
	Costly  bool
	Changes []partView
}

type judgementView struct {
	locale.Say
	judgement
}

// A ruleShown is one rule, shown as what it is.
type ruleShown struct {
	locale.Say
	ruleView
	Kind string // rule or screen
}

// Shown gives rules to the template that draws one.
func (v judgementView) Shown(kind string) (out []ruleShown) {
	rules := v.Rules
	if kind == "screen" {
		rules = v.Screens
	}
	for _, r := range rules {
		out = append(out, ruleShown{v.Say, r, kind})
	}
	return out
}

func (h *Hub) exercise(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	book, err := workLaw()
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil || n < 1 || n > len(book.exercises) || strconv.Itoa(n) != r.PathValue("n") {
		return fault.New(fault.Unknown, "no such exercise")
	}
	return h.showExercise(w, book, n-1, say)
}

func exerciseStory(i int) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, say locale.Say) error {
		book, err := workLaw()
		if err != nil {
			return err
		}
		return h.showExercise(w, book, i, say)
	}
}

func (h *Hub) showExercise(w http.ResponseWriter, book *workbook, i int, say locale.Say) error {
	x := book.exercises[i]
	p := exercisePage{page: h.workPage(say, "/work/training/"+x.ID), N: x.ID, Title: x.Title.In(say.Tag), Case: x.Case, Held: x.Held.In(say.Tag)}
	p.Script = h.assets.at("work.js")
	for k := range x.Steps {
		s, err := book.step(x, k, say)
		if err != nil {
			return err
		}
		p.Steps = append(p.Steps, s)
	}
	p.Found = book.holding(x, say)
	law := book.lawOf(x, say.Tag)
	p.Data = dataFor(say, exerciseWords)
	p.Data.Exercise, p.Data.Law = &x, &law
	return h.show(w, http.StatusOK, "work-exercise.html", p)
}

// toldQuestions are those that an exercise tells or offers.
func toldQuestions(x exercise) (out []string) {
	for _, s := range x.Steps {
		for _, f := range s.Tell {
			out = append(out, f.Question)
		}
		for _, c := range s.Ask {
			out = append(out, c.Question)
		}
	}
	return out
}

// step is one step as it reads without a script, judged over what was told so far and all that could be asked.
func (b *workbook) step(x exercise, k int, say locale.Say) (v stepView, err error) {
	s := x.Steps[k]
	v = stepView{N: k + 1, Of: len(x.Steps), Say: s.Say.In(say.Tag)}
	for _, f := range s.Tell {
		q, _ := b.pack.Question(f.Question)
		told := toldView{Text: q.Text.In(say.Tag), Says: say.T("work.ex." + string(f.Answer))}
		if len(x.Episodes) > 1 {
			told.Where = x.label(f.Of, say)
		}
		v.Told = append(v.Told, told)
	}
	whole := x.whole(k)
	facts := x.facts(k, false)
	if k > 0 {
		facts = union(x.facts(k-1, true), facts)
	}
	now, err := x.judge(b.pack, say.Tag, facts, whole)
	if err != nil {
		return v, err
	}
	for _, c := range s.Ask {
		view := choiceView{Text: c.Text.In(say.Tag), Wrong: c.Wrong}
		if c.Wrong == "" {
			q, _ := b.pack.Question(c.Question)
			view.Text, view.Answer, view.Costly = q.Text.In(say.Tag), string(c.Answer), q.Sensitivity >= costly
			if c.Answer != law.Unknown {
				then, err := x.judge(b.pack, say.Tag, union(facts, []toldFact{{c.Of, c.Question, c.Answer}}), whole)
				if err != nil {
					return v, err
				}
				view.Changes = x.changes(now, then, say.Tag)
			}
		}
		v.Ask = append(v.Ask, view)
	}
	if s.Act {
		v.Act = &judgementView{say, now}
	}
	if s.Protect {
		v.Screen = &judgementView{say, now}
	}
	return v, nil
}

func union(a, b []toldFact) []toldFact {
	out := slices.Clone(a)
	for _, f := range b {
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

func (x exercise) label(of string, say locale.Say) string {
	for _, e := range x.Episodes {
		if e.ID == of {
			return e.Label.In(say.Tag)
		}
	}
	return say.T("work.ex.person")
}

// holding is what was held of each rule.
func (b *workbook) holding(x exercise, say locale.Say) (out []ruleView) {
	for _, h := range x.Holding {
		of := h.Episode
		if of == "" {
			of = ofPerson
		}
		r, _, _ := b.pack.Anatomy(h.Rule)
		out = append(out, ruleView{Rule: h.Rule, Title: r.Title.In(say.Tag), Cite: r.Cite, Episode: x.label(of, say), State: ruleStates[h.Status]})
	}
	return out
}

// lawFile is all that a script needs to judge an exercise from a file.
func (h *Hub) lawFile(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	book, err := workLaw()
	if err != nil {
		return err
	}
	return sendJSON(w, book.wholeLaw(say.Tag))
}

func sendJSON(w http.ResponseWriter, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	if _, err = w.Write(data); err != nil {
		return errWritten
	}
	return nil
}
