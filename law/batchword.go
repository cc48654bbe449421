package law

import (
	"bytes"
	"encoding/binary"
	mathbits "math/bits"
)

// space passes over what may stand between words of one line.
func (r *scan) space() {
	for r.i < len(r.line) {
		switch r.line[r.i] {
		case ' ', '\t', '\r':
			r.i++
		default:
			return
		}
	}
}

// end reports whether nothing is left of the line.
func (r *scan) end() bool {
	r.space()
	return r.i == len(r.line)
}

// peek gives the next letter that is no space, or 0.
func (r *scan) peek() byte {
	r.space()
	if r.i == len(r.line) {
		return 0
	}
	return r.line[r.i]
}

// take passes over one letter that must stand here.
func (r *scan) take(c byte) bool {
	if r.peek() != c {
		return false
	}
	r.i++
	return true
}

// member steps to the n-th member of a group of fields and gives its key; there is no more at the closing brace.
// Keys that stand in the usual order are known by sight.
func (r *scan) member(n int, usual ...order) (key []byte, more, ok bool) {
	if r.peek() == '}' {
		r.i++
		return nil, false, true
	}
	if n > 0 && !r.take(',') {
		return nil, true, false
	}
	r.space()
	if n < len(usual) && bytes.HasPrefix(r.line[r.i:], usual[n].text) {
		r.i += len(usual[n].text)
		return usual[n].key, true, true
	}
	key, ok = r.word()
	return key, true, ok && r.take(':')
}

// An order is a key, and its text up to the value.
type order struct{ key, text []byte }

// factOrder is how most programs write a fact.
var factOrder = func() (all []order) {
	for _, key := range []string{"question", "answer", "grade", "source"} {
		all = append(all, order{[]byte(key), []byte(`"` + key + `":`)})
	}
	return all
}()

// list reads a list, of each of whose members item reads one.
func (r *scan) list(item func(*scan) bool) bool {
	if !r.take('[') {
		return false
	}
	for n := 0; ; n++ {
		if r.peek() == ']' {
			r.i++
			return true
		}
		if n > 0 && !r.take(',') || !item(r) {
			return false
		}
	}
}

// The classes of bytes inside quotation marks.
const (
	plain = iota
	mark  // the end of the word
	escape
	lead    // the first of two bytes of a letter that may be a control character
	bracket // the ordinary reader takes it for depth, wherever it stands
	refused
)

var classOf = func() (of [256]uint8) {
	for c := range 0x20 {
		of[c] = refused
	}
	of[0x7f], of['"'], of['\\'], of[0xc2], of['['], of['{'] = refused, mark, escape, lead, bracket, bracket
	return of
}()

// maxOpened leaves the ordinary reader's bound on depth far away: outside words, a journey opens six.
const maxOpened = maxDepth - 8

// word reads a string without escapes.
func (r *scan) word() ([]byte, bool) {
	if !r.take('"') {
		return nil, false
	}
	first := r.i
	for {
		r.i += run(r.line[r.i:])
		switch {
		case r.i == len(r.line) || r.line[r.i] == '\\':
			return nil, false
		case r.line[r.i] == '"':
			r.i++
			return r.line[first : r.i-1], true
		case !r.odd():
			return nil, false
		}
	}
}

// run gives the length of a run of plain letters, many seen at a time; what comes after may yet be plain.
func run(line []byte) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(line); i += 8 {
		x := binary.LittleEndian.Uint64(line[i:])
		// A byte that becomes nothing borrows, which sets its top bit; so does one below a space. The lowest
		// found is right: what is wrong stands above it.
		marks, brackets, escapes := x^ones*'"', (x|ones*0x20)^ones*'{', x^ones*'\\'
		found := ((marks-ones)&^marks | (brackets-ones)&^brackets | (escapes-ones)&^escapes | (x-ones*0x20)&^x | (x + ones) | x) & tops
		if found != 0 {
			return i + mathbits.TrailingZeros64(found)/8
		}
	}
	for i < len(line) && classOf[line[i]] == plain {
		i++
	}
	return i
}

// name reads a word in which something stands, without spaces about it.
func (r *scan) name() ([]byte, bool) {
	word, ok := r.word()
	return word, ok && len(word) > 0 && len(bytes.TrimSpace(word)) == len(word)
}

// text passes over words that mean nothing here.
func (r *scan) text() bool {
	if !r.take('"') {
		return false
	}
	for {
		r.i += run(r.line[r.i:])
		switch {
		case r.i == len(r.line):
			return false
		case r.line[r.i] == '"':
			r.i++
			return true
		case !r.odd():
			return false
		}
	}
}

// odd passes over what is not the end of a word, unless that were a control character.
func (r *scan) odd() bool {
	rest := r.line[r.i:]
	class := classOf[rest[0]]
	switch {
	case class == plain:
		r.i++
		return true
	case class == bracket:
		r.opened++
		r.i++
		return r.opened < maxOpened
	case class == lead && len(rest) > 1 && rest[1] >= 0xa0:
		r.i += 2
		return true
	case class != escape || len(rest) < 6:
		return false
	}
	switch rest[1] {
	case '"', '\\', '/', 'n', 't':
		r.i += 2
		return true
	case 'u':
		n := 0
		for _, c := range rest[2:6] {
			switch {
			case c >= '0' && c <= '9':
				n = n<<4 | int(c-'0')
			case c|0x20 >= 'a' && c|0x20 <= 'f':
				n = n<<4 | int(c|0x20-'a'+10)
			default:
				return false
			}
		}
		r.i += 6
		return n >= 0xa0 || n >= 0x20 && n < 0x7f
	}
	return false
}

// date reads a day, a month or a year.
func (r *scan) date() (d Date, ok bool) {
	word, ok := r.word()
	if !ok {
		return d, false
	}
	word, d.About = bytes.CutPrefix(word, []byte("about "))
	switch len(word) {
	case 10:
		d.Day, ok = digits(word[8:], ok && word[7] == '-')
		fallthrough
	case 7:
		d.Month, ok = digits(word[5:7], ok && word[4] == '-')
		fallthrough
	case 4:
		d.Year, ok = digits(word[:4], ok)
	default:
		return d, false
	}
	switch {
	case !ok || d.Year == 0 || len(word) > 4 && (d.Month < 1 || d.Month > 12):
		return d, false
	case len(word) == 10 && (d.Day < 1 || dayNumber(d.Year, d.Month, d.Day) >= dayNumber(d.Year, d.Month+1, 1)):
		return d, false
	}
	return d, true
}

func digits(word []byte, before bool) (n int, ok bool) {
	for _, c := range word {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, before
}
