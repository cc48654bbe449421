package desk

import (
	"fmt"

	"amparo/internal/casework"
	"amparo/internal/locale"
	"amparo/law"
)

// A strip is the journey on one line: for each episode whether moving and exploiting are made out. It
// is drawn as SVG in parts of a hundred, so that it needs no style of its own.
type strip struct {
	locale.Say
	Boxes []box
	Alt   string // the same in words
}

// A box is one episode on the strip.
type box struct {
	X, Width string // in percent
	Label    string
	Moving   law.Status
	Taking   law.Status // exploiting
}

func (d *desk) strip(v visit, c *casework.Case, a law.Assessment) strip {
	s := strip{Say: v.say}
	n := len(c.Episodes)
	for i, e := range c.Episodes {
		b := box{X: fmt.Sprintf("%.3f%%", 100*float64(i)/float64(n)), Width: fmt.Sprintf("%.3f%%", 100/float64(n)), Label: e.Doc.Label,
			Moving: statusOf(a, "smuggling", string(e.ID)), Taking: statusOf(a, "trafficking", string(e.ID))}
		s.Boxes = append(s.Boxes, b)
		s.Alt += v.say.T("strip.episode", "N", i+1, "Label", b.Label,
			"Moving", v.say.T("status."+statusKey(b.Moving)), "Taking", v.say.T("status."+statusKey(b.Taking))) + " "
	}
	return s
}

// statusKey is a status as part of a key of words and of a class.
func statusKey(s law.Status) string {
	switch s {
	case law.Established:
		return "established"
	case law.RuledOut:
		return "ruled-out"
	case law.Conflict:
		return "conflict"
	case law.NotLaw:
		return "not-law"
	}
	return "open"
}

// MovingKey and TakingKey are the statuses as classes.
func (b box) MovingKey() string { return statusKey(b.Moving) }

// TakingKey is Taking as a class.
func (b box) TakingKey() string { return statusKey(b.Taking) }
