package casework

import (
	"context"
	"errors"
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/vault"
	"amparo/law"
)

// A Finding is what one rule comes to in a case, with every minimal reason.
type Finding struct {
	law.Finding
	Case       *Case
	Assessment law.Assessment
	Reasons    law.Reasons
	TooMany    bool // there are more reasons than anyone could read: Reasons is empty
}

// Finding opens a case, lays it beside a body of law as of a day, and gives what a rule comes to in one
// episode, or about the person when part is empty. It asks and records what opening the case does. A rule
// or an episode that is not there is fault.Unknown, as is a case that the member may not open.
func (s *Session) Finding(ctx context.Context, l vault.Look, pack *law.Pack, rule string, part id.Part, on time.Time) (Finding, error) {
	c, err := s.Case(ctx, l)
	if err != nil {
		return Finding{}, err
	}
	return FindingOf(c, pack, rule, part, on)
}

// FindingOf is Session.Finding for a case that is open.
func FindingOf(c *Case, pack *law.Pack, rule string, part id.Part, on time.Time) (f Finding, err error) {
	if f.Assessment, err = Assess(pack, c, on); err != nil {
		return f, err
	}
	f.Case = c
	for _, f.Finding = range f.Assessment.Findings {
		if f.Rule != rule || f.Episode != string(part) {
			continue
		}
		f.Reasons, err = f.Finding.Reasons()
		if f.TooMany = errors.Is(err, law.ErrTooMany); f.TooMany {
			f.Reasons, err = law.Reasons{}, nil
		}
		return f, err
	}
	return Finding{}, fault.New(fault.Unknown, "no such finding")
}
