package app

import (
	"context"
	"io"
	"runtime"
	"sync"
	"time"

	"amparo/law"
)

// A sweep lays every line of a file beside the law, on every core, and writes the findings in the file's order.
// Its memory does not grow with the file: a fixed number of chunks goes round.
type sweep struct {
	file     string
	from     io.Reader
	to       io.Writer
	complain func(error)  // of a line that cannot be read
	seen     func(*chunk) // when a chunk is done with
}

// chunkSize has room for more than the longest line that may be read.
const chunkSize = 2 * law.MaxLine

// A chunk is a stretch of whole lines on its way through.
type chunk struct {
	buffer []byte
	lines  []byte // what of the buffer is whole lines
	first  int    // the number of the first
	size   int    // how much of the file was read for it
	err    error  // why nothing follows: io.EOF, or what went wrong

	out              []byte // their findings
	wrong            []error
	journeys, differ int
	busy, logic      time.Duration
	done             chan struct{}
}

// run ends with the file, when the context does, or with the first error of reading or writing.
func (s *sweep) run(ctx context.Context, lay func() (*beside, error)) error {
	ctx, cancel := context.WithCancel(ctx)
	workers := runtime.GOMAXPROCS(0)
	free, work, order := make(chan *chunk, 2*workers), make(chan *chunk), make(chan *chunk, 2*workers)
	for range cap(free) {
		free <- &chunk{buffer: make([]byte, chunkSize), done: make(chan struct{}, 1)}
	}
	var all sync.WaitGroup
	defer all.Wait()
	defer cancel()
	for i := range workers {
		b, err := lay()
		if err == nil && i == 0 {
			err = s.write(ctx, b.head())
		}
		if err != nil {
			return err
		}
		all.Go(func() {
			for {
				select {
				case c := <-work:
					b.lay(s.file, c)
					c.done <- struct{}{}
				case <-ctx.Done():
					return
				}
			}
		})
	}
	// Not among those waited for: reading from a terminal or a pipe cannot be called off.
	go s.read(ctx, free, work, order)
	for {
		c, err := next(ctx, order)
		if err == nil {
			_, err = next(ctx, c.done)
		}
		if err == nil {
			err = s.write(ctx, c.out)
		}
		if err != nil {
			return err
		}
		for _, wrong := range c.wrong {
			s.complain(wrong)
		}
		s.seen(c)
		if c.err == io.EOF {
			return nil
		}
		if c.err != nil {
			return c.err
		}
		free <- c
	}
}

// next takes from a channel, unless the context ends first.
func next[T any](ctx context.Context, from <-chan T) (v T, err error) {
	select {
	case v = <-from:
		return v, nil
	case <-ctx.Done():
		return v, ctx.Err()
	}
}

// lastWrite is how long a write may go on when the context has ended: who reads may have stopped reading.
const lastWrite = time.Second

func (s *sweep) write(ctx context.Context, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	wrote := make(chan error, 1)
	go func() {
		_, err := s.to.Write(data)
		wrote <- err
	}()
	select {
	case err := <-wrote:
		return err
	case <-ctx.Done():
	}
	select {
	case <-wrote:
	case <-time.After(lastWrite):
	}
	return ctx.Err()
}

// read cuts the file into chunks of whole lines.
func (s *sweep) read(ctx context.Context, free <-chan *chunk, work, order chan<- *chunk) {
	cut := cutter{from: s.from, line: 1}
	for {
		c, err := next(ctx, free)
		if err != nil {
			return
		}
		cut.fill(c)
		last := c.err != nil
		for _, to := range []chan<- *chunk{order, work} {
			select {
			case to <- c:
			case <-ctx.Done():
				return
			}
		}
		if last {
			return
		}
	}
}
