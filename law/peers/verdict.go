package peers

// A Verdict is what is known of a rule: nothing yet, that it holds, or that it cannot.
type Verdict uint8

// The verdicts. A peer that knows no unknown says Yes or No whatever is missing.
const (
	Open Verdict = iota
	Yes
	No
)

func (v Verdict) String() string { return [...]string{"open", "yes", "no"}[v] }

func verdict(yes bool) Verdict {
	if yes {
		return Yes
	}
	return No
}

// Answers are the facts of one journey by question, each true or false; what is unknown is missing.
type Answers = map[string]any

// A Peer answers all questions about one journey at a time. It is not safe for two goroutines.
type Peer interface {
	// Prepare brings answers into the form that the peer likes best. The answers must not change after.
	Prepare(Answers) (any, error)
	// Answer sets a verdict for each question.
	Answer(prepared any, verdicts []Verdict) error
}
