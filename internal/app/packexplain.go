package app

import (
	"context"
	"fmt"
	"io"
	"strings"

	"amparo/law"
	"amparo/packs"
)

// PackExplainCmd is amparo pack explain.
type PackExplainCmd struct {
	ID   string `arg:"" help:"A rule or an element, such as us.1589 or us.1589/means."`
	Pack string `help:"Name or folder (./mine) of the pack; the part of the id before its first dot if left out."`
	Lang string `default:"en" help:"Language of the words: ${default}, or es."`
}

// Run shows the rule or element as an outline.
func (c *PackExplainCmd) Run(ctx context.Context, p *Program) error {
	name := c.Pack
	if name == "" {
		name, _, _ = strings.Cut(c.ID, ".")
	}
	pack, files, err := openPack(name)
	if err != nil {
		return err
	}
	rule, parts, ok := pack.Anatomy(c.ID)
	if !ok {
		return fmt.Errorf("the pack %q has no rule or element %q", pack.ID, c.ID)
	}
	w := p.Stdout
	fmt.Fprintf(w, "%s: %s (%s)\n%s, about the %s, judged by the %s\n", rule.ID, rule.Title.In(c.Lang), rule.Cite, rule.Kind, rule.Scope, rule.Dates.By)
	if from, until := rule.Dates.From, rule.Dates.Until; !from.IsZero() || !until.IsZero() {
		fmt.Fprintf(w, "law %s\n", inForce(from, until))
	}
	fmt.Fprintln(w)
	for _, e := range parts {
		outline(w, pack, e, c.Lang, 0)
	}
	if c.ID == rule.ID {
		return nil
	}
	cases, err := pack.Cases(files.fs, files.dir)
	if err != nil {
		return err
	}
	names, err := pack.Needs(cases, c.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nNoticed, if it were left out, by %d:\n", len(names))
	for _, name := range names {
		fmt.Fprintf(w, "  %s\n", name)
	}
	return nil
}

// joins says how an element rests on those below it.
var joins = map[string]string{"all": "all of:", "any": "any of:", "not": "not:", "some episode": "in some episode:"}

func outline(w io.Writer, pack *law.Pack, e law.Element, lang string, depth int) {
	pad := strings.Repeat("  ", depth)
	fmt.Fprintf(w, "%s- %s\n%s  %s, %s [%s]\n", pad, e.Text.In(lang), pad, e.ID, e.Cite, e.Mark)
	if note := e.Note.In(lang); note != "" {
		fmt.Fprintf(w, "%s  note: %s\n", pad, note)
	}
	if e.Condition != "" {
		fmt.Fprintf(w, "%s  when %s\n", pad, e.Condition)
		for _, id := range e.Missing {
			q, _ := pack.Question(id)
			fmt.Fprintf(w, "%s    %s: %s\n", pad, id, q.Text.In(lang))
		}
	}
	if e.Rule != "" {
		fmt.Fprintf(w, "%s  see %s\n", pad, e.Rule)
	}
	if len(e.Children) > 0 {
		join := joins[e.Op]
		if join == "" {
			join = e.Op + " of:"
		}
		fmt.Fprintf(w, "%s  %s\n", pad, join)
	}
	for _, child := range e.Children {
		outline(w, pack, child, lang, depth+1)
	}
	for _, x := range e.Unless {
		fmt.Fprintf(w, "%s  unless (then %s):\n", pad, x.Gives)
		outline(w, pack, x, lang, depth+1)
	}
}

// PackDiffCmd is amparo pack diff.
type PackDiffCmd struct {
	From string `arg:"" help:"Name or folder (./mine) of the pack as it was."`
	To   string `arg:"" help:"Name or folder of the pack as it is now."`
	Lang string `default:"en" help:"Language of the words: ${default}, or es."`
	JSON bool   `name:"json" help:"Write the whole difference as JSON."`
}

// Run compares the packs, and the decided cases of either under both.
func (c *PackDiffCmd) Run(ctx context.Context, p *Program) error {
	from, was, err := openPack(c.From)
	if err != nil {
		return err
	}
	to, now, err := openPack(c.To)
	if err != nil {
		return err
	}
	cases, err := from.Cases(was.fs, was.dir)
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		if cases, err = to.Cases(now.fs, now.dir); err != nil {
			return err
		}
	}
	if len(cases) == 0 { // a folder without cases of its own is tried on those that packs share
		if cases, err = to.Cases(packs.FS, "."); err != nil {
			return err
		}
	}
	d, err := law.Compare(from, to, cases)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(p.Stdout, d)
	}
	tell(p.Stdout, to, from, d, c.Lang)
	return nil
}

// tell says a difference in words.
func tell(w io.Writer, pack, before *law.Pack, d law.Diff, lang string) {
	fmt.Fprintf(w, "from %s to %s\n", d.From, d.To)
	if len(d.Rules) == 0 {
		fmt.Fprintln(w, "nothing has changed")
	}
	for _, r := range d.Rules {
		fmt.Fprintf(w, "\n%s: %s\n", r.Rule, r.Title.In(lang))
		switch {
		case r.Added:
			fmt.Fprintln(w, "  a new rule")
		case r.Gone:
			fmt.Fprintln(w, "  a rule no more")
		}
		if r.Dates != nil {
			fmt.Fprintf(w, "  was law %s; now %s\n", stretch(r.Dates[0]), stretch(r.Dates[1]))
		}
		for _, list := range []struct {
			say string
			ids []string
		}{{"new element", r.Came}, {"element no more", r.Went}, {"said otherwise", r.Reworded}, {"met otherwise", r.Changed}, {"it rests on a changed rule", r.Through}} {
			for _, id := range list.ids {
				fmt.Fprintf(w, "  %s: %s\n", list.say, id)
			}
		}
		for _, list := range []struct {
			say string
			in  [][]law.Term
		}{{"now met, and not before, when", r.Gained}, {"no more met, as it was before, when", r.Lost}} {
			for _, terms := range list.in {
				fmt.Fprintf(w, "  %s\n", list.say)
				for _, t := range terms {
					fmt.Fprintf(w, "    %s\n", turn(pack, before, t, lang))
				}
			}
		}
		if r.More {
			fmt.Fprintln(w, "  and in more ways than are listed here")
		}
	}
	if len(d.Cases) > 0 {
		fmt.Fprintln(w, "\nit touches")
	}
	for _, c := range d.Cases {
		name := c.Case
		if c.Variant != "" {
			name += ", variant " + c.Variant
		}
		fmt.Fprintf(w, "  %s: %s %s was %s, is %s\n", name, c.Rule, c.Episode, c.Status, c.Now)
	}
}

func stretch(s law.Stretch) string {
	if s.From.IsZero() && s.Until.IsZero() {
		return "always"
	}
	return inForce(s.From, s.Until)
}

func turn(pack, before *law.Pack, t law.Term, lang string) string {
	answer := map[bool]string{true: "Yes", false: "No"}[t.Yes]
	switch {
	case t.Law != nil:
		return fmt.Sprintf("the law %s was in force: %s", stretch(*t.Law), answer)
	case t.Some != nil:
		return fmt.Sprintf("in some episode: %s: %s", strings.Join(t.Some, ", "), answer)
	}
	q, ok := pack.Question(t.Question)
	if !ok {
		q, _ = before.Question(t.Question)
	}
	return fmt.Sprintf("%s %s", q.Text.In(lang), answer)
}
