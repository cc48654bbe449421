package hub

import "amparo/law"

// Keys of the words for what the law says, by what it says.
var (
	shapeKeys  = map[string]string{"moving": "explain.shape.moving", "using": "explain.shape.using", "both": "explain.shape.both", "neither": "explain.shape.neither"}
	guessKeys  = map[string]string{"moving": "explain.guess.moving", "using": "explain.guess.using", "both": "explain.guess.both", "neither": "explain.guess.neither"}
	statusKeys = map[law.Status]string{law.Established: "explain.status.established", law.Open: "explain.status.open", law.RuledOut: "explain.status.out",
		law.Conflict: "explain.status.conflict", law.NotLaw: "explain.status.notlaw"}
	elementKeys = map[law.Status]string{law.Established: "explain.element.established", law.Open: "explain.element.open", law.RuledOut: "explain.element.out",
		law.Conflict: "explain.element.conflict"}
	answerKeys = map[law.Answer]string{law.Yes: "explain.answer.yes", law.No: "explain.answer.no", law.Unknown: "explain.answer.unknown"}
)

// Status, Element, Answer and Says are the words for what the law says of a rule, of an element, of a question and of all.
func (p examplePage) Status(s law.Status) string  { return p.T(statusKeys[s]) }
func (p examplePage) Element(s law.Status) string { return p.T(elementKeys[s]) }
func (p examplePage) Answer(a law.Answer) string  { return p.T(answerKeys[a]) }
func (p examplePage) Says(shape string) string    { return p.T(shapeKeys[shape]) }

// A shapeChoice is one of the four answers that a reader may guess.
type shapeChoice struct{ Value, Words, Says string }

// Shapes are the four answers.
func (p examplePage) Shapes() (out []shapeChoice) {
	for _, v := range []string{"moving", "using", "both", "neither"} {
		out = append(out, shapeChoice{v, p.T(guessKeys[v]), p.Says(v)})
	}
	return out
}

// A findingShown is a finding with the words of its page.
type findingShown struct {
	exampleRule
	Words examplePage
	First bool // of the page: its elements are shown at once
}

// Finding gives a finding the words of the page.
func (p examplePage) Finding(f exampleRule) findingShown {
	return findingShown{f, p, f.Scene == 0 && f.Rule == p.Scenes[0].Findings[0].Rule}
}

// A pageCase is what the page's script works with.
type pageCase struct {
	Law     law.Program       `json:"law"`
	Journey pageJourney       `json:"journey"`
	Words   map[string]string `json:"words"`
}

// Case is the law program, the journey and the words, for the page's script.
func (p examplePage) Case() pageCase {
	words := map[string]string{"same": p.T("explain.same"), "other": p.T("explain.other"), "found": p.T("explain.found"), "own": p.T("explain.own"),
		"which": p.T("explain.which"), "answer": p.T("explain.its.answer"), "changed": p.T("explain.changed"), "unchanged": p.T("explain.unchanged")}
	for s, key := range statusKeys {
		words["status."+string(s)] = p.T(key)
	}
	for s, key := range elementKeys {
		words["element."+string(s)] = p.T(key)
	}
	for a, bit := range exampleBits {
		words["answer."+string(rune('0'+bit))] = p.T(answerKeys[a])
	}
	c := pageCase{p.program, p.Journey, words}
	c.Law.Elements = []law.ProgramElement{}
	return c
}
