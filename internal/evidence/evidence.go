// Package evidence holds what Amparo publishes as fact: definitions, myths with their answers, figures, how a
// person's status is used against them, and what protects. Each claim is a record in our own words, in
// English and Spanish, with its sources, what it counts, its year, its caveat and the day it was looked at.
//
// [Load] reads records and refuses what is malformed; [Book.Check] says what is wrong with them on a day.
// [Claim.Chart] and [Claim.CSV] show the points of a figure. Nothing here fetches anything.
package evidence

import (
	"embed"
	"io/fs"
	"sync"
)

// A Text is words by language tag (BCP 47).
type Text map[string]string

// In gives the words in a language, or in English where there are none.
func (t Text) In(lang string) string {
	if s, ok := t[lang]; ok {
		return s
	}
	return t["en"]
}

// A Kind is the group in which a claim is shown.
type Kind string

const (
	Definition Kind = "definition" // what smuggling and trafficking are, and how they differ
	Link       Kind = "link"       // how migration and trafficking meet
	Myth       Kind = "myth"       // said often, and wrong: it has an answer
	Weapon     Kind = "weapon"     // how status is used against a person
	Protects   Kind = "protects"   // what makes it rarer or less harmful
	Figure     Kind = "figure"     // a number or an extent
)

// Kinds lists all in the order in which they are shown.
var Kinds = []Kind{Definition, Link, Myth, Figure, Weapon, Protects}

// What a claim's standing may be.
const (
	Firm     = "firm"
	Doubtful = "doubtful" // published because it is repeated, and shown as doubtful with the reason
)

// What a claim's mark may be.
const (
	Read    = "S" // read in a stored copy of the source
	General = "G" // general knowledge: nobody has laid it beside the source yet
)

// A Claim is one record. Points, Unit and Whole are of a figure that can be drawn or tabled.
type Claim struct {
	ID    string `yaml:"id"` // neutral, since it stands in an address: c and digits
	Kind  Kind   `yaml:"kind"`
	Topic Text   `yaml:"topic"` // a few words: what a row of the distinction compares, which weapon
	Claim Text   `yaml:"claim"`

	Answer      Text `yaml:"answer"`      // of a myth
	Smuggling   Text `yaml:"smuggling"`   // of a definition: the two sides
	Trafficking Text `yaml:"trafficking"` //

	Counts  Text   `yaml:"counts"`  // what is counted, and where
	Year    int    `yaml:"year"`    // that it is about
	Undated Text   `yaml:"undated"` // why no year is known
	From    Date   `yaml:"from"`    // of what holds by law: first and last day
	Until   Date   `yaml:"until"`
	Caveat  Text   `yaml:"caveat"`
	Sources []Cite `yaml:"sources"`

	Standing string `yaml:"standing"`
	Why      Text   `yaml:"why"` // it is doubtful
	Mark     string `yaml:"mark"`
	Checked  Date   `yaml:"checked"`   // when it was last looked at
	ReviewBy Date   `yaml:"review_by"` // and is to be looked at again
	Review   string `yaml:"review"`    // the person who reviewed it; empty is nobody
	// SupersededBy is the id of the newer claim: an old figure stays, dated.
	SupersededBy string `yaml:"superseded_by"`

	Unit   Text    `yaml:"unit"`  // words with {n} where the number stands: "{n}%"
	Whole  float64 `yaml:"whole"` // what the points add up to, where they are parts of something
	Points []Point `yaml:"points"`

	file string
	path string // in the file: $.claims[3]
}

// A Point is one number of a figure.
type Point struct {
	Label Text    `yaml:"label"`
	Value float64 `yaml:"value"`
	Is    string  `yaml:"is"`     // about, over, or nothing for exact
	Ours  bool    `yaml:"worked"` // worked out by us from the others, not said by the source
}

// A Cite is a place in a source.
type Cite struct {
	Of     string  `yaml:"of"` // id of the source
	At     Text    `yaml:"at"` // page or section
	Source *Source `yaml:"-"`  // nil where there is no such source
}

// A Source is what a claim rests on.
type Source struct {
	ID        string `yaml:"id"`
	Title     string `yaml:"title"` // as printed; empty where we do not know it
	Lang      string `yaml:"lang"`  // of the title
	What      Text   `yaml:"what"`  // what it is, in our words
	Author    string `yaml:"author"`
	Publisher Text   `yaml:"publisher"`
	Year      int    `yaml:"year"` // of publication; 0 where it is not known
	URL       string `yaml:"url"`  // official; empty where none is certain

	file string
	path string
}

// Named says whether anybody answers for the source.
func (s Source) Named() bool { return s.Author != "" || len(s.Publisher) > 0 }

// A Book is a set of claims with their sources, in the order of their files.
type Book struct {
	Claims  []Claim
	Sources []*Source
	lines   map[string]map[string]int // by file and path in it
}

// Find gives a claim by its id.
func (b *Book) Find(id string) (Claim, bool) {
	for _, c := range b.Claims {
		if c.ID == id {
			return c, true
		}
	}
	return Claim{}, false
}

// Of lists the claims of a kind, in order.
func (b *Book) Of(k Kind) (out []Claim) {
	for _, c := range b.Claims {
		if c.Kind == k {
			out = append(out, c)
		}
	}
	return out
}

//go:embed records/*.yaml
var shipped embed.FS

// Shipped is the book that the program carries. It is read once.
var Shipped = sync.OnceValues(func() (*Book, error) {
	dir, err := fs.Sub(shipped, "records")
	if err != nil {
		return nil, err
	}
	return Load(dir)
})
