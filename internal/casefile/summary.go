package casefile

import (
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
)

// A Summary is the head of a case.
type Summary struct {
	// Label is the work name that the member gives, by which the case is found again. Nobody asks for a
	// legal name.
	Label   string  `json:"label"`
	Spoken  string  `json:"spoken,omitempty"`  // the language the person speaks, BCP 47
	Written string  `json:"written,omitempty"` // the language to write in, BCP 47
	Contact Contact `json:"contact,omitzero"`
	// Conversation is the talk that the case grew from, if from one, and Key opens it: the queue key that
	// it was first sealed to is destroyed when its epoch is over.
	Conversation id.Conversation `json:"conversation,omitempty"`
	Key          []byte          `json:"key,omitempty"`
}

// A Contact is how the person may be contacted back. The zero Contact means never.
type Contact struct {
	Allowed   bool   `json:"allowed,omitempty"`
	Channel   string `json:"channel,omitempty"`   // by what: a call, a text, this chat
	Times     string `json:"times,omitempty"`     // days, hours and time zone, in words
	Voicemail bool   `json:"voicemail,omitempty"` // a message may be left
	Answers   string `json:"answers,omitempty"`   // who else may pick up, and what to say to them
	Until     string `json:"until,omitempty"`     // last day on which it holds, 2006-01-02
}

// Kind is KindSummary.
func (Summary) Kind() Kind { return KindSummary }

// Check asks for a label, and for channel, times and an end wherever contact is allowed.
func (s Summary) Check() error {
	if err := line("label", s.Label, true); err != nil {
		return err
	}
	for _, f := range []struct{ field, tag string }{{"spoken", s.Spoken}, {"written", s.Written}} {
		if len(f.tag) > 35 {
			return fault.Field(f.field, "not a language tag")
		}
	}
	if s.Conversation != "" && len(s.Key) != 32 {
		return fault.Field("key", "a conversation without its key")
	}
	return s.Contact.check()
}

func (c Contact) check() error {
	if !c.Allowed {
		return nil
	}
	if err := line("channel", c.Channel, true); err != nil {
		return err
	}
	if err := line("times", c.Times, true); err != nil {
		return err
	}
	if err := line("answers", c.Answers, false); err != nil {
		return err
	}
	return Day("until", c.Until)
}

// Day checks that s is a day such as 2026-01-31.
func Day(field, s string) error {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return fault.Field(field, "not a day as 2026-01-31")
	}
	return nil
}
