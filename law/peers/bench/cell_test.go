package main

import (
	"errors"
	"strings"
	"testing"

	"amparo/law/peers"
)

func TestVerdictsAreCounted(t *testing.T) {
	c := &cell{}
	const open, yes, no = peers.Open, peers.Yes, peers.No
	ours := [][]peers.Verdict{{yes, no, open}, {yes, open, no}}
	said := [][]peers.Verdict{{yes, open, no}, {no, open, no}}
	c.compare(said, ours)
	if c.same != 3 || c.open != 1 || c.silent != 1 || c.wrong != 1 {
		t.Errorf("same %d, open %d, silent %d, wrong %d", c.same, c.open, c.silent, c.wrong)
	}
}

func TestRaceTellsTheMiddleRound(t *testing.T) {
	c := &cell{time: func() func(int) (float64, error) {
		rounds := []float64{900, 3, 1, 4, 2}
		return func(int) (float64, error) {
			us := rounds[0]
			rounds = rounds[1:]
			return us, nil
		}
	}()}
	other := &cell{run: func() error { return nil }, each: 7}
	if err := race([]*cell{c, other}, 5, 1); err != nil {
		t.Fatal(err)
	}
	if c.median() != 3 || c.fastest() != 1 {
		t.Errorf("median %v, fastest %v", c.median(), c.fastest())
	}
	if len(other.micros) != 5 || other.fastest() <= 0 {
		t.Errorf("rounds of the other: %v", other.micros)
	}
	other.run = func() error { return errors.New("planted") }
	if err := race([]*cell{other}, 1, 1); err == nil {
		t.Error("a failing peer was timed")
	}
}

func TestTableHoldsEachToOursWithTheSameInput(t *testing.T) {
	cells := []*cell{
		{peer: "ours", form: prepared, share: 1, ours: true, micros: []float64{2}},
		{peer: "ours", form: asMap, share: 1, ours: true, micros: []float64{4}},
		{peer: opa, form: asMap, share: 1, micros: []float64{10}, same: 5, silent: 2},
	}
	var b strings.Builder
	table(&b, cells, 1)
	targets(&b, cells, &cell{peer: "one journey", micros: []float64{1500}})
	for _, want := range []string{"2.5", "5 of 7", "goal: under 1000: missed", "goal: 5000: missed"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("does not say %q:\n%s", want, b.String())
		}
	}
}
