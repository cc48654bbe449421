package law

import "encoding/binary"

// A lexicon finds questions by the bytes of their ids, without making strings.
type lexicon struct {
	words []lexeme
	slots []uint16 // by hash, then onward to the first free one: a place in words, from 1
	shift int
}

type lexeme struct {
	id     string
	at     int32 // the operation, or -1 where no rule rests on the answer
	person bool
}

func newLexicon(p *Pack) (l lexicon) {
	size := 2
	for 1<<size < 4*len(p.Questions) {
		size++
	}
	l.slots, l.shift = make([]uint16, 1<<size), 64-size
	for i, q := range p.Questions {
		l.words = append(l.words, lexeme{q.ID, int32(p.prog.factOp[i]), q.Scope == "person"})
		slot := l.hash([]byte(q.ID))
		for l.slots[slot] != 0 {
			slot = (slot + 1) % len(l.slots)
		}
		l.slots[slot] = uint16(len(l.words))
	}
	return l
}

// find gives nil where there is no such question.
func (l *lexicon) find(id []byte) *lexeme {
	for slot := l.hash(id); l.slots[slot] != 0; slot = (slot + 1) & (len(l.slots) - 1) {
		if w := &l.words[l.slots[slot]-1]; w.id == string(id) {
			return w
		}
	}
	return nil
}

// hash mixes the length, the first eight bytes and the last eight.
func (l *lexicon) hash(id []byte) int {
	var first, last uint64
	n := len(id)
	switch {
	case n >= 8:
		first, last = binary.LittleEndian.Uint64(id), binary.LittleEndian.Uint64(id[n-8:])
	case n >= 4:
		first, last = uint64(binary.LittleEndian.Uint32(id)), uint64(binary.LittleEndian.Uint32(id[n-4:]))
	case n >= 2:
		first, last = uint64(binary.LittleEndian.Uint16(id)), uint64(binary.LittleEndian.Uint16(id[n-2:]))
	}
	return int((first ^ (last<<27 | last>>37) ^ uint64(n)) * 0x9E3779B97F4A7C15 >> l.shift)
}
