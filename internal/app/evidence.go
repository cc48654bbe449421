package app

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"amparo/internal/evidence"
)

// EvidenceCmd looks after what the public site says as fact.
type EvidenceCmd struct {
	Check EvidenceCheckCmd `cmd:"" help:"Find claims without source or year, past their review date, or with a link of the wrong shape. Asks nothing of the network."`
	List  EvidenceListCmd  `cmd:"" help:"List the claims that the site publishes."`
}

// EvidenceCheckCmd is amparo evidence check.
type EvidenceCheckCmd struct {
	Dir  string `arg:"" optional:"" help:"A folder of records; those that ship if left out."`
	At   string `placeholder:"DATE" help:"The day on which they are to hold, such as 2027-01-31; today if left out."`
	JSON bool   `name:"json" help:"Write the result as JSON."`
}

// evidenceResult is what amparo evidence check --json writes.
type evidenceResult struct {
	At       evidence.Date      `json:"at"`
	Claims   int                `json:"claims"`
	Sources  int                `json:"sources"`
	Doubtful int                `json:"doubtful"`
	Problems []evidence.Problem `json:"problems"`
}

// Run writes a line for each problem and a sum; it exits with 1 where there is one.
func (c *EvidenceCheckCmd) Run(ctx context.Context, p *Program) error {
	at := evidence.Date(c.At)
	if at == "" {
		at = evidence.DateOf(time.Now())
	}
	if !at.Valid() {
		return fmt.Errorf("--at: %q is no day such as 2026-11-24", c.At)
	}
	book, err := openEvidence(c.Dir)
	if err != nil {
		return err
	}
	r := evidenceResult{At: at, Claims: len(book.Claims), Sources: len(book.Sources), Problems: book.Check(at)}
	for _, claim := range book.Claims {
		if claim.Standing == evidence.Doubtful {
			r.Doubtful++
		}
	}
	if c.JSON {
		if r.Problems == nil {
			r.Problems = []evidence.Problem{}
		}
		err = writeJSON(p.Stdout, r)
	} else {
		for _, problem := range r.Problems {
			fmt.Fprintln(p.Stdout, problem)
		}
		_, err = fmt.Fprintf(p.Stdout, "claims: %d (%d doubtful), sources: %d, on %s: %s\n", r.Claims, r.Doubtful, r.Sources, at, problems(len(r.Problems)))
	}
	if err == nil && len(r.Problems) > 0 {
		return exitCode(1)
	}
	return err
}

func problems(n int) string {
	switch n {
	case 0:
		return "no problem"
	case 1:
		return "1 problem"
	}
	return fmt.Sprintf("%d problems", n)
}

// openEvidence reads the records in a folder, or those that ship.
func openEvidence(dir string) (*evidence.Book, error) {
	if dir == "" {
		return evidence.Shipped()
	}
	book, err := evidence.Load(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return book, nil
}

// EvidenceListCmd is amparo evidence list.
type EvidenceListCmd struct {
	Dir  string `arg:"" optional:"" help:"A folder of records; those that ship if left out."`
	Lang string `default:"en" help:"The language of the words."`
}

// Run writes a line for each claim: its id, kind, standing, when it is to be looked at again, and its words.
func (c *EvidenceListCmd) Run(ctx context.Context, p *Program) error {
	book, err := openEvidence(c.Dir)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.Stdout, 0, 0, 2, ' ', 0)
	for _, claim := range book.Claims {
		standing := claim.Standing
		if claim.SupersededBy != "" {
			standing = "see " + claim.SupersededBy
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", claim.ID, claim.Kind, standing, claim.ReviewBy, claim.Claim.In(c.Lang))
	}
	return w.Flush()
}
