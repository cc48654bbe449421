// Package guide holds what a person may want to know of their rights: one page for each situation, the ways
// to stay that the law has for people who were harmed, and what happens in a call. Every statement is data, in
// English and Spanish, with where it comes from, its mark, the day it was looked at, and who has reviewed it.
//
// It is of United States federal law. It gives no advice: a statement says what the law says, in plain words.
package guide

import (
	"embed"
	"io/fs"
	"sync"
)

// Languages are those in which every text must be.
var Languages = []string{"en", "es"}

// A Text is words by language tag.
type Text map[string]string

// In gives the words in a language, or in English where there are none.
func (t Text) In(lang string) string {
	if s, ok := t[lang]; ok {
		return s
	}
	return t["en"]
}

// What a mark may be.
const (
	Read    = "S" // read in a stored copy of the source
	General = "G" // general knowledge, for a lawyer to check
)

// Nobody is the review of what nobody has reviewed.
const Nobody = "nobody"

// Sources that are no law and no page: advice from practice, and what everybody knows.
const (
	Practice = "practice"
	Common   = "general"
)

// A Source is where a text comes from.
type Source struct {
	Cite   string `yaml:"cite"`   // the law or the page, Practice or Common
	Mark   string `yaml:"mark"`   // Read or General
	Looked string `yaml:"looked"` // the day on which somebody last looked, 2006-01-02
	Review string `yaml:"review"` // Nobody, or a name and a day
}

// A Statement is one or a few sentences that stand together.
type Statement struct {
	Say    Text `yaml:"say"`
	Source `yaml:",inline"`
	Rule   string `yaml:"rule"`  // the rule of a law pack that says the same: us.1592
	Value  string `yaml:"value"` // of that rule, the parameter whose value the words hold: minimum-wage
}

// A Part is one kind of statements of a page.
type Part struct {
	Kind       string      `yaml:"kind"` // one of PartKinds
	Statements []Statement `yaml:"statements"`
}

// PartKinds are the kinds of parts. Those of law need a citation in each statement.
var PartKinds = map[string]struct{ Law bool }{
	"law": {true}, "who": {true}, "gives": {true}, "asks": {true}, "care": {true}, "report": {true},
	"do": {}, "keep": {}, "steps": {}, "stop": {},
}

// A Page is one situation, one way to stay, or one thing to know before.
type Page struct {
	ID      string   `yaml:"id"`   // neutral, since it stands in an address: r and digits
	Kind    string   `yaml:"kind"` // one of PageKinds
	Title   Text     `yaml:"title"`
	Lead    Text     `yaml:"lead"`
	Parts   []Part   `yaml:"parts"`
	Offices []string `yaml:"offices"` // where to complain or ask, by id
	See     []string `yaml:"see"`     // other pages, by id
}

// PageKinds are the kinds of pages, in the order in which they are listed.
var PageKinds = []string{"situation", "stay", "call"}

// An Office is an agency or a line that takes complaints or gives help.
type Office struct {
	ID     string `yaml:"id"`
	Name   Text   `yaml:"name"`
	Does   Text   `yaml:"does"`
	Tel    string `yaml:"tel"`  // as it is shown and dialled; empty where none was found
	Text   string `yaml:"text"` // the number for text messages
	Site   string `yaml:"site"` // to be read, not linked
	Source `yaml:",inline"`
}

// A Guide is all pages and offices.
type Guide struct {
	Pages   []Page
	Offices []Office
}

// Page finds a page by its id.
func (g *Guide) Page(id string) (Page, bool) {
	for _, p := range g.Pages {
		if p.ID == id {
			return p, true
		}
	}
	return Page{}, false
}

// Office finds an office by its id.
func (g *Guide) Office(id string) (Office, bool) {
	for _, o := range g.Offices {
		if o.ID == id {
			return o, true
		}
	}
	return Office{}, false
}

//go:embed pages/*.yaml
var pages embed.FS

// Shipped is the guide that Amparo carries.
var Shipped = sync.OnceValues(func() (*Guide, error) {
	sub, err := fs.Sub(pages, "pages")
	if err != nil {
		return nil, err
	}
	return Load(sub)
})
