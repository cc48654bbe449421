package peers

import (
	"fmt"
	"strings"
)

// CEL writes the question as a CEL expression over boolean variables. What is shared inside it is said anew
// each time, or once by cel.bind.
//
// "At least" is said by cases: a sum of ones and noughts would be unknown as soon as one of its parts is.
func CEL(e *Expr, bind bool) string {
	w := celWriter{map[*Expr]string{}}
	var head, tail strings.Builder
	if bind {
		for _, s := range Shared(e) {
			if s == e {
				continue
			}
			name := fmt.Sprintf("n%d", s.ID)
			fmt.Fprintf(&head, "cel.bind(%s, %s, ", name, w.text(s))
			tail.WriteString(")")
			w.said[s] = name
		}
	}
	return head.String() + w.text(e) + tail.String()
}

type celWriter struct{ said map[*Expr]string }

func (w celWriter) text(e *Expr) string {
	if s, ok := w.said[e]; ok {
		return s
	}
	var parts []string
	for _, a := range e.Args {
		parts = append(parts, w.text(a))
	}
	s := ""
	switch e.Kind {
	case opFact:
		s = e.Fact
	case opAll:
		s = joined(parts, " && ", "true")
	case opAny:
		s = joined(parts, " || ", "false")
	case opNot:
		s = "!" + parts[0]
	case opAtLeast:
		s = cases(e.Least, parts)
	case opIf:
		s = fmt.Sprintf("(%s ? %s : %s)", parts[0], parts[1], parts[2])
	}
	w.said[e] = s
	return s
}

func joined(parts []string, by, none string) string {
	if len(parts) == 0 {
		return none
	}
	return "(" + strings.Join(parts, by) + ")"
}

// cases says "at least k of": with the first, k-1 of the others; or k of the others.
func cases(k int, parts []string) string {
	switch {
	case k == 1:
		return joined(parts, " || ", "false")
	case k == len(parts):
		return joined(parts, " && ", "true")
	}
	return fmt.Sprintf("(%s && %s || %s)", parts[0], cases(k-1, parts[1:]), cases(k, parts[1:]))
}
