package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"amparo/internal/bus"
	"amparo/internal/line"
	"amparo/internal/store"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// DoctorCmd tells what is wrong with a set-up.
type DoctorCmd struct {
	DB     string `name:"db" help:"The hub's store: sqlite:PATH or postgres://…"`
	Hub    string `help:"Address of a running hub, as a desk or a visitor reaches it."`
	Listen string `help:"An address that a hub or desk is to listen on."`
}

// A checkup prints findings and counts what is wrong.
type checkup struct {
	p     *Program
	wrong int
}

func (c *checkup) say(err error, format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	if err != nil {
		c.wrong++
		fmt.Fprintf(c.p.Stdout, "wrong  %s: %v\n", what, err)
		return
	}
	fmt.Fprintf(c.p.Stdout, "good   %s\n", what)
}

// Run prints a line for each thing looked at; the exit code is 1 if any is wrong.
func (c *DoctorCmd) Run(ctx context.Context, p *Program) error {
	if c.DB == "" && c.Hub == "" && c.Listen == "" {
		return fmt.Errorf("doctor: nothing to look at: give --db, --hub or --listen")
	}
	check := &checkup{p: p}
	if c.DB != "" {
		c.store(ctx, check)
	}
	if c.Listen != "" {
		l, err := net.Listen("tcp", c.Listen)
		if err == nil {
			err = l.Close()
		}
		check.say(err, "address %s can be listened on", c.Listen)
	}
	if c.Hub != "" {
		c.reach(ctx, check)
	}
	if check.wrong > 0 {
		return exitCode(1)
	}
	return nil
}

func (c *DoctorCmd) store(ctx context.Context, check *checkup) {
	problems, err := store.Examine(ctx, c.DB)
	check.say(err, "store %s can be looked at", redact(c.DB))
	for _, problem := range problems {
		check.say(errors.New(problem.Remedy), "%s", problem.What)
	}
	if err != nil || len(problems) > 0 {
		return
	}
	check.say(nil, "store is whole and durable")
	st, err := store.Open(ctx, c.DB)
	check.say(err, "store opens")
	if err != nil {
		return
	}
	defer st.Close()
	now := time.Now()
	board := switchboard.New(st, &bus.Memory{}, time.Now)
	_, queue, err := board.Org(ctx)
	check.say(err, "organisation is set up and a queue key is in force")
	if err != nil {
		return
	}
	if left := queue.Until.Sub(now); !queue.Until.IsZero() && left < 7*24*time.Hour {
		check.say(fmt.Errorf("a supervisor must turn it at the desk, or visitors cannot write"), "queue key ends in %d hours", int(left.Hours()))
	}
	err = st.Read(ctx, func(tx switchboard.Tx) error {
		members, err := tx.Members()
		if err != nil {
			return err
		}
		for _, m := range members {
			wraps, err := tx.KeyWraps(m.ID)
			if err != nil {
				return err
			}
			if len(wraps) == 0 {
				check.say(fmt.Errorf("no team key is given to them: they can open nothing"), "member %s", m.Handle)
			}
		}
		keys, err := tx.TeamKeys()
		for _, k := range keys {
			if k.Purpose == vault.ForNumbers {
				return err
			}
		}
		return fmt.Errorf("no numbers key")
	})
	check.say(err, "members and keys")
}

func (c *DoctorCmd) reach(ctx context.Context, check *checkup) {
	_, err := line.New(c.Hub)
	check.say(err, "hub address %s", c.Hub)
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	base := strings.TrimSuffix(c.Hub, "/")
	for _, page := range []string{"/healthz", "/readyz", "/en/"} {
		check.say(get(ctx, base+page), "hub answers %s", page)
	}
}

func get(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("status %s", res.Status)
	}
	for _, h := range []string{"Content-Security-Policy", "Referrer-Policy"} {
		if strings.HasSuffix(url, "/en/") && res.Header.Get(h) == "" {
			return fmt.Errorf("header %s is missing: does a proxy drop it?", h)
		}
	}
	return nil
}
