package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"amparo/law"
)

// beside lays the lines of chunks beside one body of law, or beside two to find what differs. It serves one
// worker.
type beside struct {
	batches []*law.Batch
	changes *law.Changes // nil beside one
	places  []place
}

// A place is where a line went.
type place struct {
	line  int
	at    [2]int // in each batch
	wrong *law.SyntaxError
}

func newBeside(packs []*law.Pack, o law.Options) (*beside, error) {
	b := &beside{}
	for _, p := range packs {
		batch, err := p.NewBatch(o)
		if err != nil {
			return nil, err
		}
		b.batches = append(b.batches, batch)
	}
	if len(b.batches) == 2 {
		b.changes = b.batches[0].Against(b.batches[1])
	}
	return b, nil
}

// head is the first line of the output.
func (b *beside) head() []byte {
	if b.changes != nil {
		return b.changes.AppendHead(nil)
	}
	return b.batches[0].AppendHead(nil)
}

// lay gives a chunk its findings.
func (b *beside) lay(file string, c *chunk) {
	start := time.Now()
	b.places = b.places[:0]
	for _, batch := range b.batches {
		batch.Reset()
	}
	line := c.first
	for rest := c.lines; len(rest) > 0; line++ {
		var text []byte
		text, rest, _ = bytes.Cut(rest, []byte("\n"))
		if len(bytes.TrimSpace(text)) > 0 {
			b.places = append(b.places, b.add(file, line, text))
		}
	}
	read := time.Now()
	for _, batch := range b.batches {
		batch.Run()
	}
	c.logic = time.Since(read)
	c.out, c.wrong, c.journeys, c.differ = c.out[:0], c.wrong[:0], 0, 0
	for _, p := range b.places {
		if p.wrong != nil {
			c.wrong = append(c.wrong, p.wrong)
			c.out = appendWrong(c.out, p)
			continue
		}
		before := len(c.out)
		if c.journeys++; b.changes == nil {
			c.out = b.batches[0].AppendJSON(c.out, p.line, p.at[0])
		} else if c.out = b.changes.AppendJSON(c.out, p.line, p.at[0], p.at[1]); len(c.out) > before {
			c.differ++
		}
	}
	c.busy = time.Since(start)
}

// add lays one line beside each body of law. What one of them cannot read counts as wrong.
func (b *beside) add(file string, line int, text []byte) place {
	p := place{line: line}
	for i, batch := range b.batches {
		err := batch.AddJSON(file, line, text)
		if err == nil {
			p.at[i] = batch.Len() - 1
			continue
		}
		wrong, ok := errors.AsType[*law.SyntaxError](err)
		if !ok {
			wrong = &law.SyntaxError{File: file, Line: line}
		}
		p.wrong = wrong.Discreet()
		if i > 0 {
			p.wrong.Message += ", by the pack of --against"
		}
		break
	}
	return p
}

// appendWrong writes a line that stands for one that could not be read.
func appendWrong(dst []byte, p place) []byte {
	words := p.wrong.Message
	if p.wrong.Field != "" {
		words = p.wrong.Field + ": " + words
	}
	quoted, _ := json.Marshal(words) // a string can always be written
	dst = strconv.AppendInt(append(dst, `{"line":`...), int64(p.line), 10)
	return append(append(append(dst, `,"error":`...), quoted...), "}\n"...)
}
