package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"amparo/internal/casework"
	"amparo/internal/desk"
	"amparo/internal/directory"
	"amparo/internal/hub"
	"amparo/internal/staff"
)

// DemoCmd shows the whole program with invented people.
type DemoCmd struct {
	Listen  string        `default:"127.0.0.1:8080" help:"Address of the public site."`
	Desk    string        `default:"127.0.0.1:8081" help:"Address of the desk."`
	Data    string        `help:"Folder to keep things in; by default a temporary one, removed at the end."`
	DB      string        `name:"db" help:"Keep things in another store instead: sqlite:PATH or postgres://…"`
	ExitURL string        `name:"exit-url" default:"https://www.weather.gov/" help:"Where Exit leads."`
	Lease   time.Duration `help:"How long a member may be silent in a conversation; 5m by default."`
	Partner []string      `help:"Origin of a web site whose pages may show the finder and the self-check; may be repeated."`
	Metrics string        `help:"A private address for metrics; none by default."`
}

// cast is who works in the demonstration.
var cast = []casework.Newcomer{
	{Handle: "ana", Role: staff.Advocate},
	{Handle: "sol", Role: staff.Supervisor},
	{Handle: "noor", Role: staff.Analyst},
}

// Run sets up an invented organisation, prints where it is and how to enter, and serves until ctx ends.
func (c *DemoCmd) Run(ctx context.Context, p *Program) (err error) {
	db, tidy, err := c.place()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tidy()) }()

	log := newLog(p.Stderr)
	services := directory.Invented()
	h, err := openHub(ctx, db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if c.Lease > 0 {
		h.board.Terms.Lease = c.Lease
	}
	founded, err := casework.Found("Casa Abierta", cast, time.Now())
	if err != nil {
		return err
	}
	if err := found(ctx, h.board, founded); err != nil {
		return fmt.Errorf("%s holds an organisation already; give the demonstration an empty --data: %w", redact(db), err)
	}
	if err := h.public(ctx, log, hub.Config{ExitURL: c.ExitURL, Numbers: numbers(services, time.Now()), Directory: services, Partners: c.Partner, Banner: true, Storybook: true}); err != nil {
		return err
	}
	public, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	private, err := net.Listen("tcp", c.Desk)
	if err != nil {
		return err
	}
	d, err := openDesk(log, address(public, ""), "us", desk.Config{Directory: services, Hosted: true, Banner: true, Storybook: true})
	if err != nil {
		return err
	}
	sites := []site{{name: "hub", listener: public, handler: h.watch}, {name: "desk", listener: private, handler: d}}
	if c.Metrics != "" {
		m, err := h.metrics(c.Metrics)
		if err != nil {
			return err
		}
		sites = append(sites, m)
		fmt.Fprintf(p.Stdout, "metrics %s\n", address(m.listener, ""))
	}
	served := make(chan error, 1)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() { served <- h.serve(ctx, log, sites...) }()
	if err := invent(ctx, h.board, address(public, ""), founded); err != nil {
		stop()
		return errors.Join(fmt.Errorf("inventing cases: %w", err), <-served)
	}
	fmt.Fprintln(p.Stdout, "Demonstration: every person, case and service here is invented.")
	fmt.Fprintf(p.Stdout, "site %s\ndesk %s\n", address(public, ""), address(private, ""))
	for _, m := range founded.Members {
		fmt.Fprintf(p.Stdout, "member %s %s %s\n", m.Member.Handle, m.Member.Role, m.Passphrase)
	}
	fmt.Fprintln(p.Stdout, "ready")
	return <-served
}

// place gives the store's address, and what tidies up after.
func (c *DemoCmd) place() (db string, tidy func() error, err error) {
	keep := func() error { return nil }
	if c.DB != "" {
		return c.DB, keep, nil
	}
	if c.Data != "" {
		if err := os.MkdirAll(c.Data, 0o700); err != nil {
			return "", nil, err
		}
		return "sqlite:" + filepath.Join(c.Data, "amparo.db"), keep, nil
	}
	dir, err := os.MkdirTemp("", "amparo-demo-")
	if err != nil {
		return "", nil, err
	}
	return "sqlite:" + filepath.Join(dir, "amparo.db"), func() error { return os.RemoveAll(dir) }, nil
}
