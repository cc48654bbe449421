package main

import (
	"fmt"

	"amparo/law"
	"amparo/packs"
)

// assessment is the cell of one decided case laid beside the whole pack: all findings with their trees and
// minimal reasons, what is open and what to ask next. It takes the case nearest to three episodes and 25 facts.
func assessment(pack *law.Pack, name string) (*cell, error) {
	cases, err := pack.Cases(packs.FS, name)
	if err != nil {
		return nil, err
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("pack %s has no decided cases", name)
	}
	best, far := law.Case{}, 0
	for i, c := range cases {
		episodes, facts := size(c.Journey)
		if d := 10*distance(episodes, 3) + distance(facts, 25); i == 0 || d < far {
			best, far = c, d
		}
	}
	episodes, facts := size(best.Journey)
	options := best.Options()
	return &cell{
		peer: fmt.Sprintf("Pack.Assess of %s, %d episodes, %d facts", best.Title, episodes, facts), each: 1,
		run: func() error {
			_, err := pack.Assess(best.Journey, options)
			return err
		},
	}, nil
}

func size(j law.Journey) (episodes, facts int) {
	facts = len(j.Person)
	for _, e := range j.Episodes {
		facts += len(e.Facts)
	}
	return len(j.Episodes), facts
}

func distance(a, b int) int { return max(a-b, b-a) }
