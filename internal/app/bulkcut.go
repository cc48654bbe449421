package app

import (
	"bytes"
	"io"

	"amparo/law"
)

// A cutter cuts what it reads into whole lines. It hands on what lines there are rather than wait for more, and
// keeps no more of a line that is too long than shows that it is.
type cutter struct {
	from io.Reader
	line int    // the number of the next
	rest []byte // the beginning of a line, from the chunk before
	long bool   // the line that goes on here is too long, and was handed on
}

// fill puts at least one whole line into the chunk, unless what is read ends before.
func (t *cutter) fill(c *chunk) {
	n := copy(c.buffer, t.rest)
	t.rest, c.lines, c.first, c.size, c.err = t.rest[:0], nil, t.line, 0, nil
	seen := 0 // no line ends before it
	for c.err == nil {
		if end := bytes.LastIndexByte(c.buffer[seen:n], '\n') + 1; end > 0 {
			t.cut(c, seen+end)
			t.rest = append(t.rest, c.buffer[seen+end:n]...)
			return
		}
		if seen = n; n > law.MaxLine {
			t.cut(c, law.MaxLine+1)
			t.line, t.long = t.line+1, true
			return
		}
		var got int
		got, c.err = t.from.Read(c.buffer[n:])
		c.size += got
		if n += got; t.long {
			end := bytes.IndexByte(c.buffer[:n], '\n') + 1
			t.long = end == 0
			if t.long {
				end = n
			}
			n, seen = copy(c.buffer, c.buffer[end:n]), 0
		}
	}
	if end := bytes.LastIndexByte(c.buffer[:n], '\n') + 1; c.err != io.EOF {
		n = end // a line that broke off
	}
	t.cut(c, n)
}

func (t *cutter) cut(c *chunk, n int) {
	c.lines = c.buffer[:n]
	t.line += bytes.Count(c.lines, []byte("\n"))
}
