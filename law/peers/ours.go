package peers

import (
	"encoding/json"

	"amparo/law"
)

// Lanes is how many journeys the law engine's planes take at a time.
const Lanes = 64

// Ours is the law engine beside its peers: all questions about up to 64 journeys at a time.
type Ours struct {
	planes    *law.Planes
	program   Program
	questions []Question
}

// A Batch is up to 64 journeys as planes: for each fact of the program, the lanes that know a yes and those
// that know a no.
type Batch struct{ Yes, No []uint64 }

// Findings are the lanes in which each question is known to hold, and known not to.
type Findings struct{ Yes, No []uint64 }

// NewOurs readies the bit planes of a program for questions of it, with the law in force.
func NewOurs(planes *law.Planes, p Program, questions []Question) *Ours {
	for d := range p.Dates {
		planes.Date(d, ^uint64(0), 0)
	}
	return &Ours{planes, p, questions}
}

// Planes are the law engine's bit planes for the program.
func (p Program) Planes() (*law.Planes, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	var theirs law.Program
	if err := json.Unmarshal(text, &theirs); err != nil {
		return nil, err
	}
	return theirs.Planes()
}

// NewBatch makes an empty batch.
func (o *Ours) NewBatch() Batch {
	return Batch{make([]uint64, len(o.program.Facts)), make([]uint64, len(o.program.Facts))}
}

// NewFindings makes room for the findings of a batch.
func (o *Ours) NewFindings() Findings {
	return Findings{make([]uint64, len(o.questions)), make([]uint64, len(o.questions))}
}

// Read fills the batch with answers, one journey to a lane.
func (o *Ours) Read(b Batch, journeys []Answers) {
	clear(b.Yes)
	clear(b.No)
	for lane, answers := range journeys {
		bit := uint64(1) << lane
		for f, name := range o.program.Facts {
			switch yes, known := answers[name].(bool); {
			case !known:
			case yes:
				b.Yes[f] |= bit
			default:
				b.No[f] |= bit
			}
		}
	}
}

// Answer finds everything for every lane of the batch. It sets every fact, so nothing of the last batch is left.
func (o *Ours) Answer(b Batch, to Findings) {
	for f := range b.Yes {
		o.planes.Fact(f, b.Yes[f], b.No[f])
	}
	o.planes.Run()
	for i, q := range o.questions {
		to.Yes[i], to.No[i] = o.planes.Rule(q.Index)
	}
}

// Verdict reads one question in one lane. A conflict cannot come of answers without one.
func (f Findings) Verdict(question, lane int) Verdict {
	switch bit := uint64(1) << lane; {
	case f.Yes[question]&bit != 0:
		return Yes
	case f.No[question]&bit != 0:
		return No
	}
	return Open
}
