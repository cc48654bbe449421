package law

// A Value is what is known of an element: the two bits known-true and known-false, in a word.
type Value string

const (
	True    Value = "yes"
	False   Value = "no"
	NotYet  Value = "unknown"
	Clashes Value = "conflict" // both: evidence for and against
)

// A Status is what a rule comes to over one episode, or over the person.
type Status string

const (
	Established Status = "established"
	Open        Status = "open"         // the facts do not settle it
	RuledOut    Status = "ruled out"    // the facts settle that an element is missing
	Conflict    Status = "conflict"     // the facts say both
	NotLaw      Status = "not in force" // the rule was not law when it happened
)

// A Mark says how an element's law was checked.
type Mark string

const (
	FromSource Mark = "S" // read in a copy of the source
	General    Mark = "G" // general knowledge: a lawyer must check it before anyone relies on it
)

// A Clock says by which day a rule's dates are judged.
type Clock string

const (
	ByAct      Clock = "act"      // when the episode happened
	ByFiling   Clock = "filing"   // when the benefit was asked for, or would be: the journey's Filed, else the day of assessment
	ByDecision Clock = "decision" // the day of assessment
)

// Options say how to assess. AsOf must be said.
type Options struct {
	// AsOf is the day of the assessment: rules about benefits are judged by it. It must be an exact day.
	AsOf Date
	// Standard is the standard of proof; empty is AnyCredibleEvidence.
	Standard Standard
}

// An Assessment is a journey laid beside a pack. As JSON it is canonical: the same journey, pack and
// options give the same bytes.
type Assessment struct {
	Pack     string    `json:"pack"`
	Version  string    `json:"version"`
	AsOf     Date      `json:"as_of"`
	Standard Standard  `json:"standard"`
	Findings []Finding `json:"findings"` // in the order of the journey, then of the pack; about the person last
	Next     []Ask     `json:"next"`     // best first
}

// A Finding is one rule over one episode, or over the person.
type Finding struct {
	Rule    string `json:"rule"`
	Kind    string `json:"kind"` // smuggling, trafficking, documents, labor, defense, indicator or screen
	Title   Text   `json:"title"`
	Cite    string `json:"cite"`
	Episode string `json:"episode,omitempty"` // empty for a rule about the person
	Status  Status `json:"status"`
	Law     InLaw  `json:"law"`
	// Why is one minimal set of facts from which it follows that the rule is met: no fact can be dropped.
	// It is given for established and conflict.
	Why []Carried `json:"why,omitempty"`
	// WhyNot is one minimal set of facts from which it follows that the rule is not met. It is given for
	// ruled out and conflict.
	WhyNot []Carried `json:"why_not,omitempty"`
	// Contested lists the questions answered both yes and no that the reasons rest on: a finding can be
	// settled by one side of contested evidence, and whoever reads it must see that.
	Contested []string `json:"contested,omitempty"`
	// Open lists the questions whose answers could still turn an open finding, in the vocabulary's order.
	// It can be empty: then only the date, or an episode not listed, is missing; see Law.
	Open []string `json:"open,omitempty"`
	// Lacks is a smallest set of answers, among those that are not known, which would make an open finding out;
	// so far as they are asked for, for a date or an episode not listed may be missing beside.
	Lacks []Lack `json:"lacks,omitempty"`
	// Notes are the rule's further lines that the facts bear out, such as an aggravation. They are no elements.
	Notes []Element `json:"notes,omitempty"`
	// Parameters are the fees, caps and days that the rule names, as they stand on the day it is judged by; all
	// of them where that day is not known.
	Parameters []Parameter `json:"parameters,omitempty"`

	about about
}

// A Lack is an answer that is not known, as it would have to be.
type Lack struct {
	Question string `json:"question"`
	Episode  string `json:"episode,omitempty"` // empty for a question about the person
	Answer   Answer `json:"answer"`
}

// A Parameter is a fee, a cap or a number of days that a rule names.
type Parameter struct {
	ID    string `json:"id"`
	Text  Text   `json:"text"`
	Value Text   `json:"value"`
	Cite  string `json:"cite"`
	Mark  Mark   `json:"mark"`
	From  Date   `json:"from,omitzero"`
	Until Date   `json:"until,omitzero"` // the first day it stood no more
}

// InLaw says which dates a rule has and how the episode, or the day of assessment, lies to them.
type InLaw struct {
	State Force `json:"state"`
	From  Date  `json:"from,omitzero"`
	Until Date  `json:"until,omitzero"` // the first day it was law no more
}

// An Element is one node of a finding's tree.
type Element struct {
	ID    string `json:"id"`
	Text  Text   `json:"text"`
	Cite  string `json:"cite,omitempty"`
	Mark  Mark   `json:"mark,omitempty"`
	Note  Text   `json:"note,omitempty"` // what a reader of this element should know
	Value Value  `json:"value"`
	// Op is "all", "any", "not", "at least N", "facts" (a condition over answers), "finding" (another rule
	// over this episode) or "some episode" (other rules over every episode).
	Op        string    `json:"op"`
	Condition string    `json:"condition,omitempty"` // of facts, in CEL
	Rule      string    `json:"rule,omitempty"`      // of finding, the other rule
	Law       Force     `json:"law,omitempty"`       // only where the element has dates of its own
	Facts     []Carried `json:"facts,omitempty"`     // of facts: the answers it rests on, for and against
	Missing   []string  `json:"missing,omitempty"`   // of facts: its questions without an answer that counts
	Children  []Element `json:"children,omitempty"`  // of some episode: the rules asked for, in each episode
	Unless    []Element `json:"unless,omitempty"`    // exceptions to it
	Gives     Answer    `json:"gives,omitempty"`     // of an exception: what it makes of that to which it is one
}

// A Carried is a fact that carries an element or a reason, and the episode it was told of.
type Carried struct {
	Episode string `json:"episode,omitempty"` // empty for a fact about the person
	Fact
}

// An Ask is a question worth asking next.
type Ask struct {
	Question string `json:"question"`
	Episode  string `json:"episode,omitempty"` // empty for a question about the person
	Text     Text   `json:"text"`
	Turns    int    `json:"turns"`   // how many open findings the answer bears on
	Settles  int    `json:"settles"` // how many of them a yes or a no alone would settle
	Cost     int    `json:"cost"`    // what asking may cost the person: the question's sensitivity
	Score    int    `json:"score"`   // what its answers bring for what asking costs; for ordering only
}
