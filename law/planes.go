package law

import mathbits "math/bits"

// planes holds what is known of each operation in many lanes at once: bit i of t says that it is known true in
// lane i, bit i of f that it is known false. A lane is a scene: one group of actors in one episode, or the
// person. There are words of 64 lanes each; the values of one operation lie together.
type planes struct {
	words int
	t, f  []uint64
}

// size makes room for the values of n operations in so many lanes, all unknown.
func (p *planes) size(n, lanes int) {
	p.words = (lanes + 63) / 64
	if need := n * p.words; cap(p.t) < need {
		p.t, p.f = make([]uint64, need), make([]uint64, need)
	} else {
		p.t, p.f = p.t[:need], p.f[:need]
		clear(p.t)
		clear(p.f)
	}
}

// A scope says which lanes opSome looks over.
type scope struct {
	episodes []uint64 // the lanes that are episodes
	complete bool     // no episode is missing
}

// run evaluates the operations of cone in Kleene's logic on two bits. Facts and dates are given.
func (p *planes) run(ops []op, cone []int, s scope) {
	if p.words == 1 {
		p.runWord(ops, cone, s)
		return
	}
	for _, at := range cone {
		o := &ops[at]
		for w := range p.words {
			p.gate(o, at, w, s)
		}
		if o.kind == opSome {
			p.some(o, at, s)
		}
	}
}

// runWord is run for at most 64 lanes, which is nearly every journey.
func (p *planes) runWord(ops []op, cone []int, s scope) {
	t, f := p.t, p.f[:len(p.t)] // so that one look at a bound serves both
	for _, at := range cone {
		o := &ops[at]
		switch o.kind {
		case opAll:
			yes, no := ^uint64(0), uint64(0)
			for _, a := range o.args {
				yes, no = yes&t[a], no|f[a]
			}
			t[at], f[at] = yes, no
		case opAny:
			yes, no := uint64(0), ^uint64(0)
			for _, a := range o.args {
				yes, no = yes|t[a], no&f[a]
			}
			t[at], f[at] = yes, no
		case opNot:
			t[at], f[at] = f[o.args[0]], t[o.args[0]]
		case opSome:
			p.some(o, at, s)
		default:
			p.gate(o, at, 0, s)
		}
	}
}

// gate evaluates one operation in one word of lanes.
func (p *planes) gate(o *op, at, word int, s scope) {
	i := at*p.words + word
	arg := func(k int) (t, f uint64) {
		j := o.args[k]*p.words + word
		return p.t[j], p.f[j]
	}
	switch o.kind {
	case opAll, opAny:
		yes, no := ^uint64(0), uint64(0)
		for k := range o.args {
			t, f := arg(k)
			if o.kind == opAny {
				t, f = f, t
			}
			yes, no = yes&t, no|f
		}
		if o.kind == opAny {
			yes, no = no, yes
		}
		p.t[i], p.f[i] = yes, no
	case opNot:
		p.f[i], p.t[i] = arg(0)
	case opAtLeast:
		p.t[i] = p.count(o, word, o.n, p.t)
		p.f[i] = p.count(o, word, len(o.args)-o.n+1, p.f)
	case opIf:
		x, notX := arg(0)
		ht, hf := arg(1)
		lt, lf := arg(2)
		p.t[i] = x&ht | notX&lt | ht&lt
		p.f[i] = x&hf | notX&lf | hf&lf
	}
}

// count gives the lanes in which at least k of the arguments stand in the plane.
func (p *planes) count(o *op, word, k int, plane []uint64) uint64 {
	// Counters of the lanes, one bit plane for each binary digit; they count down from k to "reached".
	var digits [32]uint64
	width := mathbits.Len(uint(k))
	reached := uint64(0)
	for d := range width {
		if k>>d&1 == 1 {
			digits[d] = ^uint64(0)
		}
	}
	for _, a := range o.args {
		borrow := plane[a*p.words+word] &^ reached
		for d := 0; d < width && borrow != 0; d++ {
			digits[d], borrow = digits[d]^borrow, borrow&^digits[d]
		}
		left := uint64(0)
		for d := range width {
			left |= digits[d]
		}
		reached |= ^left
	}
	return reached
}

// some evaluates opSome: for every lane alike, from the lanes that are episodes.
func (p *planes) some(o *op, at int, s scope) {
	a := o.args[0] * p.words
	var yes, no uint64
	if s.complete {
		no = ^uint64(0)
	}
	for w, lanes := range s.episodes {
		if p.t[a+w]&lanes != 0 {
			yes = ^uint64(0)
		}
		if p.f[a+w]&lanes != lanes {
			no = 0
		}
	}
	for w := range p.words {
		p.t[at*p.words+w], p.f[at*p.words+w] = yes, no
	}
}

// in gives the value of an operation over a set of lanes, as some group of actors among them: true if it is in
// one, false if it is in all.
func (p *planes) in(at int, lanes []uint64) (b bits) {
	b = isFalse
	for w, mask := range lanes {
		if p.t[at*p.words+w]&mask != 0 {
			b |= isTrue
		}
		if p.f[at*p.words+w]&mask != mask {
			b &^= isFalse
		}
	}
	return b
}

// bits is a value as two bits: known true, known false. None is unknown, both is conflict.
type bits uint8

const (
	isTrue  bits = 1
	isFalse bits = 2
)

func (b bits) value() Value {
	return [...]Value{NotYet, True, False, Clashes}[b]
}
