package law

import "testing"

// Every question is found by its id, and nothing by what is nearly one.
func TestLexicon(t *testing.T) {
	p, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	l := newLexicon(p)
	for i, q := range p.Questions {
		w := l.find([]byte(q.ID))
		if w == nil || w.id != q.ID || w.at != int32(p.prog.factOp[i]) || w.person != (q.Scope == "person") {
			t.Fatalf("%s: found %v", q.ID, w)
		}
		near := []string{q.ID + "s", q.ID[1:], q.ID[:len(q.ID)-1], q.ID[:1], ""}
		for k := range q.ID {
			near = append(near, q.ID[:k]+"0"+q.ID[k+1:])
		}
		for _, id := range near {
			if _, known := p.index[id]; !known && l.find([]byte(id)) != nil {
				t.Fatalf("%q was found", id)
			}
		}
	}
}
