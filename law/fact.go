package law

// A Text is the same words in several languages, keyed by BCP 47 tag ("en", "es").
type Text map[string]string

// In gives the words in lang, or in English where lang is missing.
func (t Text) In(lang string) string {
	if s := t[lang]; s != "" {
		return s
	}
	return t["en"]
}

// An Answer is what is known of one question: yes, no, or unknown.
type Answer string

const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// A Why is the reason for an unknown answer.
type Why string

const (
	NotAsked    Why = "not-asked"
	DoesNotKnow Why = "does-not-know"
	Declined    Why = "declined"
	UnsafeToAsk Why = "unsafe-to-ask"
)

// A Grade is the kind of evidence a fact rests on. A fact without one counts as said.
type Grade string

const (
	Said        Grade = "said"          // by the person
	SaidByOther Grade = "said-by-other" // by somebody else
	Seen        Grade = "seen"          // by a member of staff
	Documented  Grade = "documented"    // in a paper, a picture or a court's record
)

// A Fact is one answer to one question of a pack's vocabulary. A yes and a no on the same question may
// stand side by side: both are kept, and what rests on them comes out in conflict.
type Fact struct {
	Question string `json:"question"`
	Answer   Answer `json:"answer"`
	Why      Why    `json:"why,omitempty"`    // only with Unknown
	Grade    Grade  `json:"grade,omitempty"`  // only with Yes and No
	Source   string `json:"source,omitempty"` // where it came from, in free words
	Actor    string `json:"actor,omitempty"`  // who did it, one of the episode's actors; empty is all of them
}

// An Episode is a stretch of a journey with one set of actors and one kind of happening: the crossing,
// the stash house, the farm. Each rule is asked of each episode alone.
type Episode struct {
	ID     string   `json:"id"`
	Label  string   `json:"label,omitempty"`
	When   Span     `json:"when,omitzero"`
	Actors []string `json:"actors,omitempty"`
	Facts  []Fact   `json:"facts,omitempty"`
}

// A Journey is what happened to one person, in order.
type Journey struct {
	Person   []Fact    `json:"person,omitempty"` // facts that hold in every episode
	Episodes []Episode `json:"episodes,omitempty"`
	// Complete says that no episode is missing. Without it, that a thing happened in no episode listed
	// settles nothing.
	Complete bool `json:"complete,omitempty"`
	// LinkedActors lists groups of actors who act together. Once a fact of an episode names an actor, the
	// acts of its actors add up only where they are linked; a fact that names nobody counts for each.
	LinkedActors [][]string `json:"linked_actors,omitempty"`
	// Filed is the day on which a benefit was or will be asked for; unknown is the day of assessment.
	Filed Date `json:"filed,omitzero"`
}

// grades is how much each kind of evidence weighs, least first.
var grades = map[Grade]int{SaidByOther: 0, Said: 1, Seen: 2, Documented: 3}

// A Standard of proof says which grades of evidence count. It is a cut for ordering work, not a court's
// weighing of evidence.
type Standard string

const (
	Suspicion             Standard = "suspicion"
	ReasonableGrounds     Standard = "reasonable-grounds"
	AnyCredibleEvidence   Standard = "any-credible-evidence" // the default, and a hotline's
	Preponderance         Standard = "preponderance"
	BeyondReasonableDoubt Standard = "beyond-reasonable-doubt"
)

// standards gives the least grade that counts under each standard.
var standards = map[Standard]Grade{
	Suspicion:             SaidByOther,
	AnyCredibleEvidence:   SaidByOther,
	ReasonableGrounds:     Said,
	Preponderance:         Said,
	BeyondReasonableDoubt: Seen,
}

// counts reports whether the fact says yes or no with evidence that meets the standard.
func (s Standard) counts(f Fact) bool {
	grade := f.Grade
	if grade == "" {
		grade = Said
	}
	return f.Answer != Unknown && grades[grade] >= grades[standards[s]]
}
