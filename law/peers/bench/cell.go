package main

import (
	"slices"
	"time"

	"amparo/law/peers"
)

// A cell is one peer with one form of input, for one share of known facts.
type cell struct {
	peer, form string
	share      float64
	ours       bool
	// run answers all journeys once.
	run func() error
	// time is how a peer in another process is timed instead: microseconds for one journey.
	time func(ms int) (float64, error)
	each int // how many journeys one run answers

	same, open, silent, wrong int // verdicts: as ours; left open, ours settled; decided, ours open; otherwise
	micros                    []float64
}

// race times every cell in turn, round after round, so that a slow moment of the machine falls on all.
func race(cells []*cell, rounds, ms int) error {
	for round := range rounds {
		for i := range cells {
			c := cells[(i+round)%len(cells)]
			us, err := c.round(ms)
			if err != nil {
				return err
			}
			c.micros = append(c.micros, us)
		}
	}
	return nil
}

func (c *cell) round(ms int) (float64, error) {
	if c.time != nil {
		return c.time(ms)
	}
	n, start := 0, time.Now()
	for time.Since(start) < time.Duration(ms)*time.Millisecond {
		if err := c.run(); err != nil {
			return 0, err
		}
		n += c.each
	}
	return float64(time.Since(start).Nanoseconds()) / 1e3 / float64(n), nil
}

// median is the middle round.
func (c *cell) median() float64 {
	s := slices.Sorted(slices.Values(c.micros))
	return s[len(s)/2]
}

// fastest is the round that the machine disturbed least.
func (c *cell) fastest() float64 { return slices.Min(c.micros) }

// compare counts how a peer's verdicts stand to ours.
func (c *cell) compare(said, ours [][]peers.Verdict) {
	for i := range ours {
		for q, want := range ours[i] {
			switch got := said[i][q]; {
			case got == want:
				c.same++
			case got == peers.Open:
				c.open++
			case want == peers.Open:
				c.silent++
			default:
				c.wrong++
			}
		}
	}
}
