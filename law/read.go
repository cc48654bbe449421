package law

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A reader takes fields out of a node, keeps the first error, and refuses what nobody asked for.
type reader struct {
	err      error
	elements int // read so far
}

// maxElements bounds the elements of a pack, for shared ones may be used by each other many times over.
const maxElements = 20000

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// fields gives the members of a map by name. Doubled and unknown names are errors; null counts as absent.
func (r *reader) fields(n *node, known ...string) map[string]*node {
	out := map[string]*node{}
	if n.kind != mapNode {
		r.fail(n.errorf("want %s, not %s", mapNode, n.kind))
		return out
	}
	for i, key := range n.keys {
		switch _, twice := out[key.value]; {
		case twice:
			r.fail(key.errorf("said twice"))
		case len(known) > 0 && !slices.Contains(known, key.value):
			r.fail(key.errorf("no such field; there are: %s", strings.Join(known, ", ")))
		case n.items[i].null:
		default:
			out[key.value] = n.items[i]
		}
	}
	return out
}

// pairs gives the members of a map in order, each with its key. Doubled keys are errors.
func (r *reader) pairs(n *node) iter.Seq2[*node, *node] {
	return func(yield func(key, value *node) bool) {
		if n == nil {
			return
		}
		r.fields(n)
		for i, key := range n.keys {
			if !yield(key, n.items[i]) {
				return
			}
		}
	}
}

func (r *reader) list(n *node) []*node {
	switch {
	case n == nil:
		return nil
	case n.kind != listNode:
		r.fail(n.errorf("want %s, not %s", listNode, n.kind))
		return nil
	}
	return n.items
}

func (r *reader) text(n *node) string {
	switch {
	case n == nil:
		return ""
	case n.kind != scalarNode || n.null:
		r.fail(n.errorf("want %s, not %s", scalarNode, n.kind))
		return ""
	}
	if strings.ContainsFunc(n.value, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }) {
		r.fail(n.errorf("holds a control character"))
	}
	return strings.TrimSpace(n.value)
}

// need is text that must be there; owner is where it should have stood.
func (r *reader) need(owner, n *node, field string) string {
	if n == nil {
		if owner.kind == mapNode {
			r.fail((&node{file: owner.file, line: owner.line, col: owner.col, field: owner.child(field)}).errorf("missing"))
		}
		return ""
	}
	s := r.text(n)
	if s == "" {
		r.fail(n.errorf("empty"))
	}
	return s
}

func (r *reader) texts(n *node) (out []string) {
	for _, item := range r.list(n) {
		out = append(out, r.need(item, item, ""))
	}
	return out
}

func (r *reader) yes(n *node) bool {
	s := r.text(n)
	if n != nil && s != "true" && s != "false" {
		r.fail(n.errorf("want true or false, not %q", s))
	}
	return s == "true"
}

func (r *reader) number(n *node, least, most int) int {
	if n == nil {
		return least
	}
	i, err := strconv.Atoi(r.text(n))
	if err != nil || i < least || i > most {
		r.fail(n.errorf("want a number from %d to %d, not %q", least, most, n.value))
	}
	return i
}

func (r *reader) date(n *node) Date {
	if n == nil {
		return Date{}
	}
	d, err := ParseDate(r.text(n))
	if err != nil {
		r.fail(n.errorf("%v", err))
	}
	return d
}

// languages reads words by language; one bare line is English.
func (r *reader) languages(n *node) Text {
	if n == nil {
		return nil
	}
	if n.kind == scalarNode {
		return Text{"en": r.text(n)}
	}
	out := Text{}
	for lang, words := range r.fields(n) {
		out[lang] = r.text(words)
	}
	return out
}

// oneOf reads a word that must be one of those allowed.
func oneOf[T ~string](r *reader, n *node, allowed ...T) T {
	word := T(r.text(n))
	if n != nil && !slices.Contains(allowed, word) {
		var words []string
		for _, w := range allowed {
			words = append(words, string(w))
		}
		r.fail(n.errorf("%q is not one of: %s", word, strings.Join(words, ", ")))
	}
	return word
}
