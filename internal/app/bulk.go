package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"amparo/law"
)

// BulkFlags are those of amparo assess for a whole file of journeys.
type BulkFlags struct {
	Bulk    bool   `xor:"form" help:"FILE holds many journeys: one in each line, as JSON, which may have an \"id\". Write a line of findings for each, in the same order; the first line says what the letters mean."`
	Against string `placeholder:"PACK" help:"With --bulk: a second body of law. Write only the journeys for which a finding differs, with its letter by --pack and by this."`
	Quiet   bool   `help:"With --bulk: neither progress nor a closing line on standard error; errors all the same."`
}

// How a sweep that did not come to its end leaves: as a program does that the signal stops.
const (
	stopped   = exitCode(128 + int(syscall.SIGINT))
	unwatched = exitCode(128 + int(syscall.SIGPIPE)) // nobody reads the findings any more
)

// bulk sweeps the file. It exits with 1 where some line could not be read.
func (c *AssessCmd) bulk(ctx context.Context, p *Program, o law.Options) error {
	if c.Variant != "" {
		return errors.New("--variant is of a decided case, and --bulk reads journeys")
	}
	laid, err := c.laid(o)
	if err != nil {
		return err
	}
	from, file, size := p.Stdin, "standard input", int64(0)
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		from, file = f, c.File
		if about, err := f.Stat(); err == nil && about.Mode().IsRegular() {
			size = about.Size()
		}
	}
	// A write to a closed pipe shall give an error, not end the program in the midst of a line.
	signal.Ignore(syscall.SIGPIPE)
	defer signal.Reset(syscall.SIGPIPE)

	watch := &watch{size: size, start: time.Now()}
	if terminal(p.Stderr) && !terminal(p.Stdout) && !c.Quiet {
		watch.bar = p.Stderr
	}
	s := sweep{file: file, from: from, to: p.Stdout, complain: func(err error) {
		watch.clear()
		fmt.Fprintln(p.Stderr, "amparo:", err)
	}, seen: watch.seen}
	if err = s.run(ctx, laid); err != nil {
		err = ending(ctx, err)
	}
	watch.clear()
	if !c.Quiet {
		fmt.Fprintln(p.Stderr, "amparo:", watch.closing(time.Now(), err, c.Against != ""))
	}
	if err == nil && watch.wrong > 0 {
		return exitCode(1)
	}
	return err
}

// laid gives the way each worker lays journeys beside the law.
func (c *AssessCmd) laid(o law.Options) (func() (*beside, error), error) {
	names := []string{c.Pack}
	if c.Against != "" {
		names = append(names, c.Against)
	}
	var opened []*law.Pack
	for _, name := range names {
		pack, _, err := openPack(name)
		if err != nil {
			return nil, err
		}
		opened = append(opened, pack)
	}
	_, err := newBeside(opened, o) // says now whether the options make sense
	return func() (*beside, error) { return newBeside(opened, o) }, err
}

// ending tells an end that was meant from one that was not.
func ending(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return unwatched
	case ctx.Err() != nil:
		return stopped
	}
	return err
}

func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
