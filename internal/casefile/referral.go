package casefile

import (
	"slices"

	"amparo/internal/fault"
)

// A Referral says which service the person was put in touch with, what was told to it, and that the
// person agreed.
type Referral struct {
	Service string   `json:"service"` // its id in the directory
	Name    string   `json:"name"`    // as it was then
	Shared  []string `json:"shared"`  // which of Shareable was told; empty when the person goes by themselves
	On      string   `json:"on"`      // day, 2006-01-02
	Consent Consent  `json:"consent"`
}

// A Consent says what the person agreed to, in their own scope.
type Consent struct {
	Given   bool     `json:"given"`
	Fields  []string `json:"fields"`  // what may be told, of Shareable
	Purpose string   `json:"purpose"` // what for, in words
	Until   string   `json:"until"`   // last day on which it holds, 2006-01-02
	How     string   `json:"how"`     // of ConsentWays
}

// Shareable are the things about a person that a referral may tell.
var Shareable = []string{"work-name", "language", "contact", "need", "journey"}

// ConsentWays are the ways in which consent is given.
var ConsentWays = []string{"written", "spoken", "chat"}

// Kind is KindReferral.
func (Referral) Kind() Kind { return KindReferral }

// Check refuses a referral without consent, and one that tells more than was agreed to.
func (r Referral) Check() error {
	if err := line("service", r.Service, true); err != nil {
		return err
	}
	if err := line("name", r.Name, true); err != nil {
		return err
	}
	c := r.Consent
	if !c.Given {
		return fault.Field("consent", "the person has not agreed")
	}
	for _, f := range c.Fields {
		if !slices.Contains(Shareable, f) {
			return fault.Field("fields", "no such field")
		}
	}
	for _, f := range r.Shared {
		if !slices.Contains(c.Fields, f) {
			return fault.Field("shared", "more than the person agreed to")
		}
	}
	if err := line("purpose", c.Purpose, true); err != nil {
		return err
	}
	if !slices.Contains(ConsentWays, c.How) {
		return fault.Field("how", "how consent was given is not said")
	}
	if err := Day("on", r.On); err != nil {
		return err
	}
	if err := Day("until", c.Until); err != nil {
		return err
	}
	if c.Until < r.On {
		return fault.Field("until", "consent has ended before the referral")
	}
	return nil
}

// A Note is free text by a member.
type Note struct {
	Text string `json:"text"`
}

// Kind is KindNote.
func (Note) Kind() Kind { return KindNote }

// Check asks for some text, at most MaxText bytes.
func (n Note) Check() error {
	if n.Text == "" {
		return fault.Field("text", "empty")
	}
	return text("text", n.Text, MaxText)
}
