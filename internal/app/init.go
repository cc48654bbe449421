package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"amparo/internal/bus"
	"amparo/internal/casework"
	"amparo/internal/fault"
	"amparo/internal/staff"
	"amparo/internal/store"
	"amparo/internal/switchboard"
)

// InitCmd sets up an empty hub.
type InitCmd struct {
	DB     string   `required:"" name:"db" help:"Where to keep things: sqlite:PATH or postgres://…"`
	Org    string   `required:"" help:"The organisation's name, as the public site shows it."`
	Member []string `required:"" placeholder:"HANDLE:ROLE" help:"A first member: advocate, supervisor, analyst or administrator. Give several. One supervisor at least."`
}

// Run sets the hub up and prints each member's passphrase, once.
func (c *InitCmd) Run(ctx context.Context, p *Program) error {
	var people []casework.Newcomer
	for _, m := range c.Member {
		handle, role, ok := strings.Cut(m, ":")
		if !ok {
			return fmt.Errorf("--member %q: HANDLE:ROLE is expected", m)
		}
		people = append(people, casework.Newcomer{Handle: handle, Role: staff.Role(role)})
	}
	founded, err := casework.Found(c.Org, people, time.Now())
	if err != nil {
		return err
	}
	st, err := store.Open(ctx, c.DB)
	if err != nil {
		return fmt.Errorf("%s: %w", redact(c.DB), err)
	}
	defer st.Close()
	if err := found(ctx, switchboard.New(st, &bus.Memory{}, time.Now), founded); err != nil {
		if errors.Is(err, &fault.Error{Kind: fault.Conflict}) {
			return fmt.Errorf("%s holds an organisation already; nothing was changed", redact(c.DB))
		}
		return err
	}
	for _, m := range founded.Members {
		fmt.Fprintf(p.Stdout, "member %s %s %s\n", m.Member.Handle, m.Member.Role, m.Passphrase)
	}
	fmt.Fprintln(p.Stdout, "Give each member their passphrase by hand. It is kept nowhere: whoever loses it loses what was sealed to them.")
	return nil
}

// found hands the hub its founding, without the passphrases.
func found(ctx context.Context, board *switchboard.Switchboard, f casework.Founding) error {
	out := switchboard.Founding{Org: switchboard.Org{ID: f.Org, Name: f.Name, Key: f.Keys[0]}, Keys: f.Keys, Wraps: f.Wraps}
	for _, m := range f.Members {
		out.Members = append(out.Members, m.NewMember)
	}
	return board.Found(ctx, out)
}

// redact keeps a database password out of messages.
func redact(db string) string {
	scheme, rest, ok := strings.Cut(db, "://")
	if !ok {
		return db
	}
	if _, host, ok := strings.Cut(rest, "@"); ok {
		return scheme + "://…@" + host
	}
	return db
}
