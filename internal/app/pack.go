package app

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"amparo/law"
	"amparo/packs"
)

// PackCmd looks after the bodies of law.
type PackCmd struct {
	Check   PackCheckCmd   `cmd:"" help:"Try packs on their decided cases; leave out each element in turn and see which cases notice."`
	List    PackListCmd    `cmd:"" help:"List the packs and their questions of law."`
	Explain PackExplainCmd `cmd:"" help:"Show a rule or an element: its words, citations, dates and questions, and the cases that need it."`
	Diff    PackDiffCmd    `cmd:"" help:"Say in words what changed from one pack to another, and which kinds of case it touches."`
	New     PackNewCmd     `cmd:"" help:"Begin a pack of your own in a new folder."`
	Program PackProgramCmd `cmd:"" help:"Write a pack's program as canonical JSON, for other evaluators such as the browser's."`
}

// PackProgramCmd is amparo pack program.
type PackProgramCmd struct {
	Pack string `arg:"" help:"Name or folder (./mine)."`
}

// Run writes the program and a line feed.
func (c *PackProgramCmd) Run(ctx context.Context, p *Program) error {
	pack, _, err := openPack(c.Pack)
	if err != nil {
		return err
	}
	data, err := pack.Program().MarshalJSON()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.Stdout, "%s\n", data)
	return err
}

// packFiles is where a pack's files are.
type packFiles struct {
	fs  fs.FS
	dir string
}

// PackCheckCmd is amparo pack check.
type PackCheckCmd struct {
	Packs []string `arg:"" optional:"" name:"pack" help:"Names or folders (./mine); all that ship if left out."`
	JSON  bool     `name:"json" help:"Write the result as JSON."`
}

// checked is the result over all packs.
type checked struct {
	Cases int `json:"cases"`
	Agree int `json:"agree"`
	Held  int `json:"held"`
	// Survivors counts the elements that no case needs and that do not say why.
	Survivors int         `json:"survivors"`
	Packs     []law.Check `json:"packs"`
}

// Run exits with 1 where a case is decided otherwise than the court did, or no case needs an element that does not say why.
func (c *PackCheckCmd) Run(ctx context.Context, p *Program) error {
	if len(c.Packs) == 0 {
		c.Packs = packs.Names()
	}
	all, ok := checked{}, true
	for _, name := range c.Packs {
		pack, files, err := openPack(name)
		if err != nil {
			return err
		}
		cases, err := pack.Cases(files.fs, files.dir)
		if err != nil {
			return err
		}
		if len(cases) == 0 {
			return fmt.Errorf("%s: no decided cases", name)
		}
		check, err := pack.Check(cases)
		if err != nil {
			return err
		}
		all.Cases, all.Agree, all.Held = all.Cases+check.Cases, all.Agree+check.Agree, all.Held+check.Held
		all.Survivors, all.Packs = all.Survivors+len(check.Survivors), append(all.Packs, check)
		ok = ok && check.OK()
		if !c.JSON {
			report(p, pack, check)
		}
	}
	if c.JSON {
		if err := writeJSON(p.Stdout, all); err != nil {
			return err
		}
	}
	if !ok {
		return exitCode(1)
	}
	return nil
}

func report(p *Program, pack *law.Pack, c law.Check) {
	fmt.Fprintf(p.Stdout, "%s %s: %d cases, %d agree (%d holdings, %d variants)\n", c.Pack, c.Version, c.Cases, c.Agree, c.Held, c.Variants)
	for _, d := range c.Differ {
		name := d.Case
		if d.Variant != "" {
			name += ", variant " + d.Variant
		}
		fmt.Fprintf(p.Stdout, "  %s: %s %s: held %s, got %s\n", name, d.Rule, d.Episode, d.Held.Status, d.Got)
		for _, line := range pack.Explain(d.Finding, "en") {
			fmt.Fprintf(p.Stdout, "    %s\n", line)
		}
	}
	fmt.Fprintf(p.Stdout, "  %d elements: %d proved needed by decided cases, %d by variants of them, %d explained\n", c.Mutants, c.Decided, c.ByVariant, c.Explained)
	fmt.Fprintf(p.Stdout, "  %d rules and elements in which an answer both helps and hurts: decided exactly\n", len(c.Tangled))
	list := func(title string, ids []string) {
		if len(ids) > 0 {
			fmt.Fprintf(p.Stdout, "  %s:\n    %s\n", title, strings.Join(ids, "\n    "))
		}
	}
	list("no case notices without these, and they do not say why", c.Survivors)
	list("a case needs these, and they say that none does", c.Stale)
}

// PackListCmd is amparo pack list.
type PackListCmd struct{}

// Run lists the packs that ship.
func (c *PackListCmd) Run(ctx context.Context, p *Program) error {
	for _, name := range packs.Names() {
		pack, err := packs.Load(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.Stdout, "%s %s: %s (%s), %d questions\n", name, pack.Version, pack.Title.In("en"), pack.Reviewed, len(pack.Questions))
		for _, r := range pack.Rules() {
			fmt.Fprintf(p.Stdout, "  %-14s %-44s %s\n", r.ID, r.Cite, r.Title.In("en"))
		}
	}
	return nil
}
