package diagram

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

const variables = 6

// A truth is a function as its truth table: bit i is its value where variable v is bit v of i.
type truth uint64

const all truth = 1<<(1<<variables-1)<<1 - 1

func of(v int) (t truth) {
	for i := range 1 << variables {
		if i>>v&1 == 1 {
			t |= 1 << i
		}
	}
	return t
}

// functions draws a function and its truth table together.
func functions(d *Diagrams, depth int) *rapid.Generator[pair] {
	return rapid.Custom(func(t *rapid.T) pair {
		kind := rapid.IntRange(0, 6).Draw(t, "kind")
		if depth == 0 || kind == 0 {
			v := rapid.IntRange(0, variables-1).Draw(t, "variable")
			return pair{d.Var(int32(v)), of(v)}
		}
		part := functions(d, depth-1)
		a, b := part.Draw(t, "a"), part.Draw(t, "b")
		switch kind {
		case 1:
			return pair{d.And(a.node, b.node), a.truth & b.truth}
		case 2:
			return pair{d.Or(a.node, b.node), a.truth | b.truth}
		case 3:
			return pair{d.Not(a.node), all &^ a.truth}
		case 4:
			c := part.Draw(t, "c")
			return pair{d.If(a.node, b.node, c.node), a.truth&b.truth | c.truth&^a.truth}
		}
		c := part.Draw(t, "c")
		two := a.truth&b.truth | a.truth&c.truth | b.truth&c.truth
		return pair{d.AtLeast(2, []Node{a.node, b.node, c.node}), two}
	})
}

type pair struct {
	node  Node
	truth truth
}

// Equal functions are equal nodes, and others are not; a variable is in the support when it changes a value.
func TestNodesAreFunctions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := New()
		a, b := functions(d, 4).Draw(t, "a"), functions(d, 4).Draw(t, "b")
		if (a.node == b.node) != (a.truth == b.truth) {
			t.Fatalf("nodes %d, %d; tables %x, %x", a.node, b.node, a.truth, b.truth)
		}
		if (a.node == True) != (a.truth == all) || (a.node == False) != (a.truth == 0) {
			t.Fatalf("node %d, table %x", a.node, a.truth)
		}
		var support []int32
		for v := range variables {
			half := 1 << v
			if (a.truth>>half)&(all&^of(v)) != a.truth&(all&^of(v)) {
				support = append(support, int32(v))
			}
		}
		if got := d.Support(a.node); !slices.Equal(got, support) {
			t.Fatalf("support %v, want %v", got, support)
		}
		other := New()
		if got, again := other.Copy(d, a.node), other.Copy(d, a.node); got != again || len(other.Support(got)) != len(support) {
			t.Fatalf("copied as %d and %d", got, again)
		}
	})
}

// A cover is true where the function is, nowhere else; no literal and no implicant of it can be left out.
func TestCoverIsPrimeAndIrredundant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := New()
		f := functions(d, 4).Draw(t, "f")
		implicants, whole := d.Cover(f.node, 1000)
		if !whole {
			t.Fatal("not whole")
		}
		table := func(literals []Literal, skip int) truth {
			out := all
			for i, l := range literals {
				if i == skip {
					continue
				}
				if v := of(int(l.Variable)); l.Positive {
					out &= v
				} else {
					out &= all &^ v
				}
			}
			return out
		}
		union := func(skip int) (out truth) {
			for i, implicant := range implicants {
				if i != skip {
					out |= table(implicant, -1)
				}
			}
			return out
		}
		if union(-1) != f.truth {
			t.Fatalf("covers %x, want %x", union(-1), f.truth)
		}
		for i, implicant := range implicants {
			if union(i) == f.truth {
				t.Fatalf("%v is not needed among %v", implicant, implicants)
			}
			if !d.Implied(f.node, implicant) {
				t.Fatalf("%v does not imply it", implicant)
			}
			for k := range implicant {
				less := slices.Delete(slices.Clone(implicant), k, k+1)
				if table(implicant, k)&^f.truth == 0 || d.Implied(f.node, less) {
					t.Fatalf("%v can be left out of %v", implicant[k], implicant)
				}
			}
		}
		if _, whole := d.Cover(f.node, len(implicants)-1); whole && len(implicants) > 0 {
			t.Fatal("whole beyond its limit")
		}
	})
}

// What grows past the limit panics with the error that callers look for.
func TestTooBig(t *testing.T) {
	defer func() {
		if r := recover(); r != ErrTooBig {
			t.Errorf("%v", r)
		}
	}()
	d := New()
	f := False // pairs that lie far apart: two to the number of pairs
	for i := range int32(20) {
		f = d.Or(f, d.And(d.Var(i), d.Var(i+20)))
	}
	t.Errorf("%d nodes", d.Len())
}

// Diagrams that grew serve again after Reset.
func TestReset(t *testing.T) {
	d := New()
	for i := range int32(15) {
		d.Or(d.Var(i), d.And(d.Var(i+20), d.Var(i+40)))
	}
	d.Reset()
	if d.Len() != 2 || d.And(d.Var(1), d.Var(2)) != d.And(d.Var(2), d.Var(1)) {
		t.Errorf("%d nodes", d.Len())
	}
}
