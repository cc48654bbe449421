// Package app is the program as a value: configuration, wiring and subcommands.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// A Program is everything a command may touch of the world outside.
type Program struct {
	Args   []string
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Env    func(string) string
}

// FromOS is the program as the operating system started it.
func FromOS() Program {
	return Program{os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv}
}

// commands is the whole command line, one field for each subcommand. Each has a method
// Run(context.Context, *Program) error in a file of its own.
type commands struct {
	Demo     DemoCmd     `cmd:"" help:"Show the whole program with invented people: hub and desk in one process."`
	Init     InitCmd     `cmd:"" help:"Set up an empty hub: its organisation, first members and keys."`
	Hub      HubCmd      `cmd:"" help:"Run the hub: the public site, the chat and the desk API. It keeps what it cannot read."`
	Desk     DeskCmd     `cmd:"" help:"Run the desk, where the team works."`
	Doctor   DoctorCmd   `cmd:"" help:"Tell what is wrong with a set-up."`
	Assess   AssessCmd   `cmd:"" help:"Lay a journey beside the law and say which acts its facts make out."`
	Suggest  SuggestCmd  `cmd:"" help:"Propose facts that a free-text account may tell, for a trained member to accept or reject."`
	Release  ReleaseCmd  `cmd:"" help:"Make numbers that may be published."`
	Site     SiteCmd     `cmd:"" help:"List the public site's pages, or write a copy of it for another web host."`
	Evidence EvidenceCmd `cmd:"" help:"Check what the site says as fact: its claims, their sources and dates."`
	Words    WordsCmd    `cmd:"" help:"Check the words in every language, hand them to a translator, sign them."`
	Pack     PackCmd     `cmd:"" help:"Check a body of law against its decided cases."`

	Config kong.ConfigFlag `placeholder:"FILE" help:"A YAML file of options: top-level flags, or a command's name with its flags below."`
}

// An exitCode is an error that has already said what it had to.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// Main runs the command that p.Args names and gives the process's exit code: 0 done, 1 failed,
// 2 the command line was not understood.
func Main(ctx context.Context, p Program) (code int) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	var cli commands
	left := -1
	parser, err := kong.New(&cli,
		kong.Name("amparo"),
		kong.Description("Hear, tell apart, protect, learn, teach: for organisations that answer people who may be trafficked, smuggled or exploited. Any option can also stand in the environment (AMPARO_HUB_LISTEN is --listen of hub) or in a file (--config)."),
		kong.Writers(p.Stdout, p.Stderr),
		kong.Exit(func(c int) { left = c }),
		kong.UsageOnError(),
		kong.Resolvers(environment(p.Env)),
		kong.Configuration(configFile(environment(p.Env))),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&p),
	)
	if err != nil {
		fmt.Fprintln(p.Stderr, "amparo:", err)
		return 1
	}
	args, err := parser.Parse(p.Args)
	if left >= 0 {
		return left
	}
	if err != nil {
		fmt.Fprintln(p.Stderr, "amparo:", err)
		return 2
	}
	err = args.Run()
	var done exitCode
	switch {
	case err == nil:
		return 0
	case errors.As(err, &done):
		return int(done)
	}
	fmt.Fprintln(p.Stderr, "amparo:", err)
	return 1
}
