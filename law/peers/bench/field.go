package main

import (
	"fmt"
	"io"

	"amparo/law"
	"amparo/law/peers"
)

// A field is what all peers are asked.
type field struct {
	pack      *law.Pack
	program   peers.Program
	questions []peers.Question
	node      *peers.Node
	ms        int
}

// The peers in Go.
const (
	celPartial = "cel-go, partial evaluation"
	celFull    = "cel-go, full evaluation"
	opa        = "OPA"
)

// The forms of input: made ready beforehand, or the map of answers that all the peers read.
const (
	prepared = "prepared"
	asMap    = "map"
)

// cells makes the cells for one share of known facts, and has every peer answer once to compare verdicts.
func (f field) cells(w io.Writer, share float64, drawn []peers.Answers) ([]*cell, error) {
	cells, verdicts := f.ours(share, drawn)
	count := map[peers.Verdict]int{}
	for _, of := range verdicts {
		for _, v := range of {
			count[v]++
		}
	}
	fmt.Fprintf(w, "%.0f%% known: %d verdicts, %d yes, %d no, %d open.\n", 100*share, journeys*len(f.questions), count[peers.Yes], count[peers.No], count[peers.Open])
	kinds := []struct {
		name string
		peer func(bind bool) (peers.Peer, error)
		ways []bool // of saying shared parts; the faster is taken
		full bool   // only with all facts known
	}{
		{celPartial, func(bind bool) (peers.Peer, error) { return peers.NewCEL(f.program.Facts, f.questions, true, bind) }, []bool{false, true}, false},
		{celFull, func(bind bool) (peers.Peer, error) { return peers.NewCEL(f.program.Facts, f.questions, false, bind) }, []bool{false, true}, true},
		{opa, func(bool) (peers.Peer, error) { return peers.NewOPA(f.questions) }, []bool{false}, false},
	}
	for _, k := range kinds {
		if k.full && share < 1 {
			continue
		}
		var best []*cell
		var times []float64
		for _, bind := range k.ways {
			peer, err := k.peer(bind)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", k.name, err)
			}
			made, err := f.peer(k.name, peer, share, drawn, verdicts)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", k.name, err)
			}
			us, err := made[0].round(20 * f.ms)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", k.name, err)
			}
			if times = append(times, us); us <= times[0] {
				best = made
			}
		}
		if len(times) == 2 {
			fmt.Fprintf(w, "  %s: shared parts said anew %.1f µs, bound by cel.bind %.1f µs; the faster is taken.\n", k.name, times[0], times[1])
		}
		cells = append(cells, best...)
	}
	for _, name := range []string{peers.JSONLogicName, peers.RulesEngineName} {
		c := &cell{peer: name + " (Node)", form: asMap, share: share, time: func(ms int) (float64, error) { return f.node.Time(name, drawn, ms) }}
		said, err := f.node.Answer(name, drawn)
		if err != nil {
			return nil, err
		}
		c.compare(said, verdicts)
		cells = append(cells, c)
	}
	return cells, nil
}

// ours are the cells of the law engine, and its verdicts, to which the others are held.
func (f field) ours(share float64, drawn []peers.Answers) (cells []*cell, verdicts [][]peers.Verdict) {
	engine := peers.NewOurs(f.pack, f.program, f.questions)
	findings := engine.NewFindings()
	var batches []peers.Batch
	for at := 0; at < len(drawn); at += peers.Lanes {
		b := engine.NewBatch()
		engine.Read(b, drawn[at:at+peers.Lanes])
		engine.Answer(b, findings)
		for lane := range peers.Lanes {
			of := make([]peers.Verdict, len(f.questions))
			for q := range of {
				of[q] = findings.Verdict(q, lane)
			}
			verdicts = append(verdicts, of)
		}
		batches = append(batches, b)
	}
	scratch := engine.NewBatch()
	run := func(width int, read bool) func() error {
		return func() error {
			for at := 0; at < len(drawn); at += width {
				b := batches[at/peers.Lanes]
				if read {
					b = scratch
					engine.Read(b, drawn[at:at+width])
				}
				engine.Answer(b, findings)
			}
			return nil
		}
	}
	for _, width := range []int{peers.Lanes, 1} {
		name := map[int]string{peers.Lanes: "amparo/law, 64 at a time", 1: "amparo/law, one at a time"}[width]
		for _, form := range []string{prepared, asMap} {
			c := &cell{peer: name, form: form, share: share, ours: width == peers.Lanes,
				run: run(width, form == asMap), each: len(drawn)}
			c.compare(verdicts, verdicts)
			cells = append(cells, c)
		}
	}
	return cells, verdicts
}

// peer are the cells of one that answers a journey at a time: from prepared input, and from the map.
func (f field) peer(name string, peer peers.Peer, share float64, drawn []peers.Answers, ours [][]peers.Verdict) ([]*cell, error) {
	ready := make([]any, len(drawn))
	said := make([][]peers.Verdict, len(drawn))
	for i, answers := range drawn {
		var err error
		if ready[i], err = peer.Prepare(answers); err != nil {
			return nil, err
		}
		said[i] = make([]peers.Verdict, len(f.questions))
		if err := peer.Answer(ready[i], said[i]); err != nil {
			return nil, err
		}
	}
	verdicts := make([]peers.Verdict, len(f.questions))
	fromReady := func() error {
		for _, r := range ready {
			if err := peer.Answer(r, verdicts); err != nil {
				return err
			}
		}
		return nil
	}
	fromMap := func() error {
		for _, answers := range drawn {
			r, err := peer.Prepare(answers)
			if err == nil {
				err = peer.Answer(r, verdicts)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	cells := []*cell{
		{peer: name, form: prepared, share: share, run: fromReady, each: len(drawn)},
		{peer: name, form: asMap, share: share, run: fromMap, each: len(drawn)},
	}
	for _, c := range cells {
		c.compare(said, ours)
	}
	return cells, nil
}
