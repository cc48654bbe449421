package diagram

// A Literal is a variable, or its negation where Positive is false.
type Literal struct {
	Variable int32
	Positive bool
}

// Cover gives an irredundant list of prime implicants whose disjunction is f: no literal of any can be left
// out, and no implicant (S. Minato, 1992). It stops at most implicants past limit, and then whole is false.
func (d *Diagrams) Cover(f Node, limit int) (implicants [][]Literal, whole bool) {
	c := coverer{Diagrams: d, limit: limit, whole: true}
	_, implicants = c.between(f, f)
	return implicants, c.whole
}

type coverer struct {
	*Diagrams
	limit, made int
	whole       bool
}

// between covers some function from low, which it must hold, to high, which it may hold; it gives the
// function and its implicants.
func (c *coverer) between(low, high Node) (Node, [][]Literal) {
	switch {
	case low == False:
		return False, nil
	case high == True:
		if c.made++; c.made > c.limit {
			c.whole = false
		}
		return True, [][]Literal{nil}
	case !c.whole:
		return False, nil
	}
	v := min(c.nodes[low].variable, c.nodes[high].variable)
	lowNo, lowYes := c.cofactors(low, v)
	highNo, highYes := c.cofactors(high, v)
	fNo, no := c.between(c.And(lowNo, c.Not(highYes)), highNo)
	fYes, yes := c.between(c.And(lowYes, c.Not(highNo)), highYes)
	rest := c.Or(c.And(lowNo, c.Not(fNo)), c.And(lowYes, c.Not(fYes)))
	fRest, out := c.between(rest, c.And(highNo, highYes))
	for _, side := range []struct {
		implicants [][]Literal
		positive   bool
	}{{no, false}, {yes, true}} {
		for _, implicant := range side.implicants {
			out = append(out, append([]Literal{{v, side.positive}}, implicant...))
		}
	}
	return c.Or(fRest, c.Make(v, fNo, fYes)), out
}

// Implied reports whether f is true wherever the literals, ordered by variable, are.
func (d *Diagrams) Implied(f Node, literals []Literal) bool {
	d.begin()
	return d.implied(f, literals)
}

func (d *Diagrams) implied(f Node, literals []Literal) bool {
	for f > True {
		if d.seen[f] == d.walk {
			return true // or else the walk would have ended there
		}
		d.seen[f] = d.walk
		c := d.nodes[f]
		for len(literals) > 0 && literals[0].Variable < c.variable {
			literals = literals[1:]
		}
		if len(literals) == 0 || literals[0].Variable != c.variable {
			if !d.implied(c.low, literals) {
				return false
			}
			f = c.high
			continue
		}
		if f = c.low; literals[0].Positive {
			f = c.high
		}
	}
	return f == True
}
