package app

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"amparo/internal/casework"
	"amparo/internal/fault"
	"amparo/internal/line"
)

// fromHub makes the table of the rows that a hub keeps, as the analyst who may open them.
func (c *TableCmd) fromHub(ctx context.Context, p *Program) error {
	if c.Member == "" {
		return errors.New("--hub needs --member: say who counts")
	}
	if c.Ledger != "" {
		return errors.New("--ledger is for a file of rows: the hub keeps its own, see --publish")
	}
	on, err := c.day(time.Now())
	if err != nil {
		return err
	}
	gate, err := line.New(c.Hub)
	if err != nil {
		return err
	}
	pass, err := passphrase(p)
	if err != nil {
		return err
	}
	s, err := casework.LogIn(ctx, gate, c.Member, pass)
	if err != nil {
		return inWords(err)
	}
	defer s.LogOut(context.WithoutCancel(ctx))
	t, unopened, err := s.Table(ctx, c.By, c.Threshold, on)
	if err != nil {
		return inWords(err)
	}
	if len(unopened) > 0 {
		fmt.Fprintf(p.Stderr, "amparo: %d rows could not be opened, and are not counted\n", len(unopened))
	}
	var out bytes.Buffer
	if err := c.write(&out, t); err != nil {
		return err
	}
	if c.Publish { // before the table goes out: better that the ledger names one which then failed to
		if _, err := s.Publish(ctx, c.By, c.Threshold, t.Hash(), on); err != nil {
			return inWords(err)
		}
	}
	return c.deliver(p, &out)
}

// passphrase is typed at a terminal without being shown, or is the first line of standard input.
func passphrase(p *Program) (string, error) {
	if f, ok := p.Stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(p.Stderr, "Passphrase: ")
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(p.Stderr)
		return string(b), err
	}
	typed, err := bufio.NewReader(io.LimitReader(p.Stdin, 1024)).ReadString('\n')
	if typed = strings.TrimRight(typed, "\r\n"); typed == "" {
		return "", fmt.Errorf("no passphrase on standard input: %w", err)
	}
	return typed, nil
}

// inWords says what a member at a command line may be told.
func inWords(err error) error {
	switch fault.KindOf(err) {
	case fault.Stranger:
		return errors.New("the work name or the passphrase is not right")
	case fault.Slow:
		return errors.New("too many tries: wait a minute")
	case fault.Unknown:
		return errors.New("there is no such thing, or it is not this member's")
	}
	return err
}
