// The command bench prints how long the law engine and its peers take for the same rules and the same answers,
// after checking that they agree.
//
// usage, in law/peers: go run ./bench [-pack us] [-rounds 25] [-ms 12]
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"amparo/law/peers"
	"amparo/packs"
)

func main() {
	name := flag.String("pack", "us", "the pack whose rules are compared")
	rounds := flag.Int("rounds", 25, "how often each is timed, in turn; the median is told")
	ms := flag.Int("ms", 12, "milliseconds that a round gives to each, at least")
	flag.Parse()
	if err := compare(os.Stdout, *name, *rounds, *ms); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// journeys is how many are drawn: four words of lanes.
const journeys = 4 * peers.Lanes

// shares are how much is known of what is asked.
var shares = []float64{1, .6}

func compare(w io.Writer, name string, rounds, ms int) error {
	pack, err := packs.Load(name)
	if err != nil {
		return err
	}
	program, err := peers.ReadValue(pack.Program())
	if err != nil {
		return err
	}
	_, left := program.Questions()
	questions, err := peers.Shown(pack, program)
	if err != nil {
		return err
	}
	node, err := peers.Start(".")
	if err != nil {
		return err
	}
	defer node.Close()
	if err := node.Load(questions); err != nil {
		return err
	}
	fmt.Fprintf(w, "pack %s %s: %d rules about an episode, %d operations, %d facts; the law in force.\n",
		program.Pack, program.Version, len(questions), len(program.Ops), len(program.Facts))
	fmt.Fprintln(w, "the others are given the rules as the pack shows them to people, not our operations.")
	fmt.Fprintf(w, "left out: %d rules about the person. %d journeys drawn for each share, seed fixed.\n", len(left), journeys)

	field := field{pack: pack, program: program, questions: questions, node: node, ms: ms}
	var cells []*cell
	for _, share := range shares {
		drawn := peers.DrawAnswers(program.Facts, journeys, share, .5, 1)
		made, err := field.cells(w, share, drawn)
		if err != nil {
			return err
		}
		cells = append(cells, made...)
	}
	whole, err := assessment(pack, name)
	if err != nil {
		return err
	}
	if err := race(append(cells, whole), rounds, ms); err != nil {
		return err
	}
	table(w, cells, rounds)
	targets(w, cells, whole)
	for _, c := range cells {
		if c.wrong > 0 {
			return fmt.Errorf("%s said otherwise than the law engine %d times", c.peer, c.wrong)
		}
	}
	return nil
}
