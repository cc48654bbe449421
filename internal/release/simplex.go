package release

import "math"

// A simplex walks the corners of {x ≥ 0 : A x = b}, where A holds zeros and ones. It proposes; whoever
// uses it checks what it found in whole numbers, so rounding here can cost a release but never a person.
type simplex struct {
	rows  [][]float64 // A in terms of the basis; the last column is b
	basis []int       // the variable that each row stands for; -1 none yet
	n     int         // how many variables
}

const tiny = 1e-9

// newSimplex finds a first corner of the system; rows[i] lists the variables that sum to rhs[i].
// It is false when there is none.
func newSimplex(rows [][]int, rhs []int, n int) (*simplex, bool) {
	s := &simplex{n: n}
	cost := make([]float64, n+1)
	for i, vars := range rows {
		r := make([]float64, n+1)
		for _, v := range vars {
			r[v]++
		}
		r[n] = float64(rhs[i])
		for j := range r {
			cost[j] += r[j]
		}
		s.rows = append(s.rows, r)
		s.basis = append(s.basis, -1)
	}
	if !s.climb(cost) || cost[n] > 1e-6 {
		return nil, false
	}
	s.settle()
	return s, true
}

// settle gives each row that still has no variable one of its own, and drops a row that says nothing.
func (s *simplex) settle() {
	keep := 0
	for i := range s.rows {
		for j := 0; j < s.n && s.basis[i] < 0; j++ {
			if math.Abs(s.rows[i][j]) > tiny {
				s.pivot(i, j, nil)
			}
		}
		if s.basis[i] >= 0 {
			s.rows[keep], s.basis[keep] = s.rows[i], s.basis[i]
			keep++
		}
	}
	s.rows, s.basis = s.rows[:keep], s.basis[:keep]
}

// maximize walks to a corner where the sum of the named variables is greatest, and rounds it.
// It is false when the walk was given up.
func (s *simplex) maximize(vars []int, sign float64) ([]int, bool) {
	cost := make([]float64, s.n+1)
	for _, v := range vars {
		cost[v] = sign
	}
	for i, b := range s.basis {
		if f := cost[b]; f != 0 {
			for j, v := range s.rows[i] {
				cost[j] -= f * v
			}
			cost[b] = 0
		}
	}
	if !s.climb(cost) {
		return nil, false
	}
	x := make([]int, s.n)
	for i, b := range s.basis {
		x[b] = int(math.Round(s.rows[i][s.n]))
	}
	return x, true
}

// climb pivots while cost says that something can still rise. After many steps on the spot it turns to
// Bland's rule, which cannot go in circles; after very many it gives up.
func (s *simplex) climb(cost []float64) bool {
	still := 0
	for budget := 50 * (len(s.rows) + 50); budget > 0; budget-- {
		bland := still > 20+len(s.rows)
		enter, best := -1, tiny
		for j := 0; j < s.n; j++ {
			if cost[j] > best {
				enter, best = j, cost[j]
				if bland {
					break
				}
			}
		}
		if enter < 0 {
			return true
		}
		leave, least := -1, math.Inf(1)
		for i, r := range s.rows {
			if r[enter] <= tiny {
				continue
			}
			q := r[s.n] / r[enter]
			if q < least-tiny || q < least+tiny && s.basis[i] < s.basis[leave] {
				leave, least = i, min(q, least)
			}
		}
		if leave < 0 {
			return false
		}
		still++
		if least > tiny {
			still = 0
		}
		s.pivot(leave, enter, cost)
	}
	return false
}

// pivot makes variable j stand for row i, in all rows and in cost.
func (s *simplex) pivot(i, j int, cost []float64) {
	r := s.rows[i]
	f := r[j]
	var at []int // where the row is not zero
	for k := range r {
		if math.Abs(r[k]) <= tiny {
			r[k] = 0
			continue
		}
		r[k] /= f
		at = append(at, k)
	}
	clear := func(o []float64) {
		if g := o[j]; g != 0 {
			for _, k := range at {
				o[k] -= g * r[k]
			}
			o[j] = 0
		}
	}
	for k, o := range s.rows {
		if k != i {
			clear(o)
		}
	}
	if cost != nil {
		clear(cost)
	}
	s.basis[i] = j
}
