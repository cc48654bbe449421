// Package suggest reads a free-text account and proposes answers to questions of the law's vocabulary, each with
// the words of the account that it rests on. It saves a trained member from hunting through a long account; it
// decides nothing. No proposal is a fact until a member has read the words in their place and accepted it.
//
// # How it reads
//
// It matches patterns of words, written by hand and kept as data in lexicon/. Before it proposes, it looks at the
// words around a match: denied ("he never hit me") it proposes the opposite answer; feared, planned, threatened,
// asked or made conditional ("I am afraid he will hit me") it proposes nothing; told by another ("my friend says
// that he hit her") or about another person it says so in a [Note]. Work is linear in the length of the text, and
// the same text always gives the same proposals. Nothing is logged, kept or sent.
//
// # What it is not
//
// It does not understand. It misses what is said in words it does not know, in other languages, in irony, in code,
// across sentences ("Did he lock the door?" "Every night."), or not at all; so silence means nothing, and must never
// be shown as "no". It cannot tell who "they" are, in which episode a thing happened, or whether it is true.
// Proposals must not rank people, open or close a case, or be counted. The band of a proposal tells about its
// words, not about the person: it is no probability.
//
// Nobody but its authors has reviewed the lexicons; the Spanish one has not been read by any reviewer at all
// ([Reader.Languages] tells). How well proposals agree with labels that people gave to 46 court summaries which
// the authors did not read is measured by `make bench-suggest`; an account told to a hotline is another kind of
// text, on which nothing has been measured.
package suggest

// A Proposal is one answer that the account may give to one question, for a trained member to accept or reject.
type Proposal struct {
	Question string // id of the vocabulary, such as "papers_taken"
	Answer   string // "yes" or "no"
	// Start and End are byte offsets: text[Start:End] is what the proposal rests on. Both lie between runes.
	Start, End int
	Rule       string // what fired: language, question and number of the pattern, such as "en/papers_taken/2"
	Band       Band   // how directly the words say it
	Notes      []Note // what else must be weighed; may be empty
}

// A Band says in words how directly the matched words answer the question. It is a property of the pattern, set
// by hand; doc.go tells what was measured.
type Band string

// The bands.
const (
	Plain  Band = "said plainly"   // the words themselves answer the question
	Hinted Band = "only hinted at" // the words often go with that answer, and may mean something else
)

// A Note is a doubt about whose experience or whose word it is.
type Note string

// The notes.
const (
	Reported Note = "told by another"              // somebody else's word: "according to the neighbour"
	Other    Note = "may have happened to another" // the sentence seems to be about a person beside the teller
)
