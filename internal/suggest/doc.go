// Package suggest reads a free-text account and proposes answers to questions of the law's vocabulary, each with
// the words of the account that it rests on. It saves a trained member from hunting through a long account; it
// decides nothing. No proposal is a fact until a member has read the words in their place and accepted it.
//
//	reader, err := suggest.New(ids)            // once; ids are those of the questions that the packs in use ask
//	for _, p := range reader.Read(text, "") {  // beside a conversation, for each message or for the whole of it
//		show(p.Question, p.Answer, text[p.Start:p.End], p.Band, p.Notes)
//	}
//
// # How it reads
//
// It matches patterns of words, written by hand and kept as data in lexicon/. Then it looks at the words around a
// match. Denied ("he never hit me") it proposes the opposite answer, or nothing where a denial says little. Feared,
// planned, threatened, asked or made conditional ("I am afraid he will hit me") it proposes nothing; nor of what
// the teller did ("I hit him"). Told by another ("my friend says that he hit her"), or about another person, it says
// so in a [Note]. Nothing is logged, kept or sent; the same text always gives the same proposals.
//
// There is no trained model: the labelled accounts at hand have no licence and name people, and weights learnt
// from them would be a copy of a kind.
//
// # What it is not
//
// It does not understand. It misses what is said in words it does not know, in other languages, in irony, in code,
// over several sentences ("Did he lock the door?" "Every night."), or not at all: silence means nothing and must
// never be shown as "no". It cannot tell who "they" are, in which episode a thing happened, or whether it is true;
// in an account told by somebody else it cannot tell the person from those who did it. Proposals must not rank
// people, open or close a case, or be counted.
//
// Nobody but their authors has read the lexicons ([Reader.Languages] tells), and no speaker has reviewed the
// Spanish one.
//
// # What was measured
//
// On 46 summaries of US court cases that the authors did not read, proposals mapped to the labels people had given
// agree with them by a micro-F1 of 0.66 for acts, 0.77 for means and 0.83 for purposes, beside 0.54, 0.77 and 0.81
// for plain keywords: better for acts, no better for the others (`make bench-suggest`, November 2026). Then one of
// the authors read a random 130 of their proposals in place: the text bore out 74 of 80 that are [Plain] and 42 of
// 50 that are [Hinted]. All those people were found to be trafficked, none tells it in their own words, hardly
// anything is denied, and what was missed was not counted. On accounts as a hotline hears them, and in Spanish,
// nothing has been measured.
package suggest

// A Proposal is one answer that the account may give to one question, for a trained member to accept or reject.
type Proposal struct {
	Question string // id of the vocabulary, such as "papers_taken"
	Answer   string // "yes" or "no"
	// Start and End are byte offsets: text[Start:End] is what the proposal rests on. Both lie between runes.
	Start, End int
	Rule       string // what fired: language, question and pattern, such as "en/locked: {was} ..1 locked"
	Band       Band   // how directly the words say it
	Notes      []Note // what else must be weighed; may be empty
}

// A Band says in words how directly the matched words answer the question. It is set by hand for each pattern, and
// tells about words, not about the person: it is no probability.
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
