package peers

import (
	"encoding/json"
	"math/bits"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"amparo/law"
)

// told is what is known of an operation in one lane.
type told struct{ yes, no bool }

// A scene is what the lanes are given: what is known of each atom, and which lanes are episodes of a journey.
type scene struct {
	given    func(a atom, lane int) told
	episodes uint64
	complete bool
}

// run reads the format to the letter: what is known of each operation, in each of 64 lanes.
func run(p Program, s scene) [][Lanes]told {
	values := make([][Lanes]told, len(p.Ops))
	for at, op := range p.Ops {
		for lane := range Lanes {
			values[at][lane] = s.op(op, lane, values)
		}
	}
	return values
}

func (s scene) op(op []int, lane int, values [][Lanes]told) told {
	args := op[1:]
	count := func(args []int) (yes, no int) {
		for _, a := range args {
			if values[a][lane].yes {
				yes++
			}
			if values[a][lane].no {
				no++
			}
		}
		return yes, no
	}
	switch op[0] {
	case opFact, opDate:
		return s.given(atom{op[0], args[0]}, lane)
	case opAll:
		yes, no := count(args)
		return told{yes == len(args), no > 0}
	case opAny:
		yes, no := count(args)
		return told{yes > 0, no == len(args)}
	case opNot:
		return told{values[args[0]][lane].no, values[args[0]][lane].yes}
	case opAtLeast:
		yes, no := count(args[1:])
		return told{yes >= args[0], no >= len(args)-1-args[0]+1}
	case opIf:
		x, h, l := values[args[0]][lane], values[args[1]][lane], values[args[2]][lane]
		return told{
			x.yes && h.yes || x.no && l.yes || h.yes && l.yes,
			x.yes && h.no || x.no && l.no || h.no && l.no,
		}
	}
	some := told{no: s.complete} // of opSome
	for e := range Lanes {
		if s.episodes>>e&1 == 1 {
			some.yes = some.yes || values[args[0]][e].yes
			some.no = some.no && values[args[0]][e].no
		}
	}
	return some
}

// The planes are what the format says, lane by lane, with conflicts in the facts, the law in force or not or
// unknown, and some of the lanes episodes of one journey.
func checkFormat(t failer, p Program, planes *law.Planes, seed uint64) (conflicts int) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	given := map[atom][2]uint64{}
	draw := func(a atom, conflicts bool) (yes, no uint64) {
		yes, no = random.Uint64(), random.Uint64()
		if !conflicts {
			no &^= yes
		}
		given[a] = [2]uint64{yes, no}
		return yes, no
	}
	planes.Clear()
	for f := range p.Facts {
		yes, no := draw(atom{opFact, f}, random.IntN(4) == 0)
		planes.Fact(f, yes, no)
	}
	for d := range p.Dates {
		in, out := draw(atom{opDate, d}, false)
		planes.Date(d, in, out)
	}
	s := scene{
		given:    func(a atom, lane int) told { return told{given[a][0]>>lane&1 == 1, given[a][1]>>lane&1 == 1} },
		episodes: random.Uint64() & random.Uint64() & random.Uint64() & random.Uint64(), complete: random.IntN(2) == 1,
	}
	planes.Episodes(s.episodes, s.complete)
	planes.Run()
	for at, want := range run(p, s) {
		yes, no := planes.Op(at)
		conflicts += bits.OnesCount64(yes & no)
		for lane := range Lanes {
			if got := (told{yes>>lane&1 == 1, no>>lane&1 == 1}); got != want[lane] {
				t.Fatalf("operation %d %v, lane %d: the planes say %v, the format %v", at, p.Ops[at], lane, got, want[lane])
			}
		}
	}
	return conflicts
}

func TestPlanesOfPacksFollowTheFormat(t *testing.T) {
	eachPack(t, func(t *testing.T, pack *law.Pack, p Program) {
		planes, conflicts := pack.Planes(), 0
		for seed := range uint64(8) {
			conflicts += checkFormat(t, p, planes, seed)
		}
		if conflicts == 0 {
			t.Error("no conflict came of conflicting facts")
		}
	})
}

// The same of drawn programs, with operations that no pack may have: not exact ones, and such as look through
// episodes wherever they stand.
func TestPlanesOfDrawnProgramsFollowTheFormat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := programs().Draw(t, "program")
		for range rapid.IntRange(0, 2).Draw(t, "some") {
			p.Ops = append(p.Ops, []int{opSome, rapid.IntRange(0, len(p.Ops)-1).Draw(t, "of")}, drawOp(t, p))
		}
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var program law.Program
		if err := json.Unmarshal(text, &program); err != nil {
			t.Fatal(err)
		}
		planes, err := program.Planes()
		if err != nil {
			t.Fatal(err)
		}
		checkFormat(t, p, planes, rapid.Uint64().Draw(t, "seed"))
	})
}
