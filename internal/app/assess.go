package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"amparo/law"
	"amparo/packs"
)

// maxJourney bounds what is read; the law refuses far less with a better word.
const maxJourney = 4 << 20

// AssessCmd is amparo assess.
type AssessCmd struct {
	File     string `arg:"" help:"A journey in YAML or JSON, or a decided case (.txtar); - reads standard input."`
	Pack     string `default:"us" help:"The body of law: a name that pack list shows, or a folder (./mine)."`
	AsOf     string `placeholder:"YYYY-MM-DD" help:"The day to assess by; today if left out."`
	Variant  string `placeholder:"NAME" help:"Of a decided case: the variant of this name instead of the case."`
	Standard string `default:"any-credible-evidence" enum:"suspicion,reasonable-grounds,any-credible-evidence,preponderance,beyond-reasonable-doubt" help:"The standard of proof: ${enum}."`
	JSON     bool   `name:"json" xor:"form" help:"Write the whole assessment as JSON."`
	BulkFlags
}

// Run assesses as of today, unless the command line names a day.
func (c *AssessCmd) Run(ctx context.Context, p *Program) error { return c.assess(ctx, p, time.Now()) }

func (c *AssessCmd) assess(ctx context.Context, p *Program, now time.Time) error {
	asOf := law.DateOf(now)
	if c.AsOf != "" {
		var err error
		if asOf, err = law.ParseDate(c.AsOf); err != nil {
			return fmt.Errorf("--as-of: %w", err)
		}
	}
	o := law.Options{AsOf: asOf, Standard: law.Standard(c.Standard)}
	switch {
	case c.Bulk:
		return c.bulk(ctx, p, o)
	case c.Against != "" || c.Quiet:
		return errors.New("--against and --quiet go with --bulk")
	}
	pack, _, err := openPack(c.Pack)
	if err != nil {
		return err
	}
	name, data, err := c.read(p)
	if err != nil {
		return err
	}
	journey, err := c.journey(pack, name, data)
	if err != nil {
		return err
	}
	a, err := pack.Assess(journey, o)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(p.Stdout, a)
	}
	_, err = io.WriteString(p.Stdout, sheet(pack, journey, a))
	return err
}

// journey reads a journey, or that of a decided case or of one of its variants.
func (c *AssessCmd) journey(pack *law.Pack, name string, data []byte) (law.Journey, error) {
	if c.Variant == "" {
		return pack.ParseJourney(name, data)
	}
	decided, err := pack.ParseCase(name, data)
	if err != nil {
		return law.Journey{}, err
	}
	var names []string
	for _, v := range decided.Variants {
		if v.Variant == c.Variant {
			return v.Journey, nil
		}
		names = append(names, v.Variant)
	}
	return law.Journey{}, fmt.Errorf("%s: no variant %q; there are: %s", name, c.Variant, strings.Join(names, ", "))
}

func (c *AssessCmd) read(p *Program) (name string, data []byte, err error) {
	name, from := "standard input", p.Stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return "", nil, err
		}
		defer f.Close()
		name, from = c.File, f
	}
	data, err = io.ReadAll(io.LimitReader(from, maxJourney))
	return name, data, err
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// sheet is the assessment for a reader at a terminal.
func sheet(pack *law.Pack, j law.Journey, a law.Assessment) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, version %s (%s)\nas of %s, standard of proof: %s\n",
		pack.Title.In("en"), a.Version, pack.Reviewed, a.AsOf, a.Standard)
	for i, e := range j.Episodes {
		fmt.Fprintf(&b, "\nEpisode %d: %s\n", i+1, heading(e))
		section(&b, pack, a, e.ID)
	}
	b.WriteString("\nThe person\n")
	section(&b, pack, a, "")
	b.WriteString("\nAsk next\n")
	if len(a.Next) == 0 {
		b.WriteString("  Nothing: no answer could change a finding.\n")
	}
	for i, ask := range a.Next[:min(5, len(a.Next))] {
		about := "the person"
		if ask.Episode != "" {
			about = ask.Episode
		}
		fmt.Fprintf(&b, "  %d. %s (%s; bears on %d, cost of asking %d of 5)\n", i+1, ask.Text.In("en"), about, ask.Turns, ask.Cost)
	}
	b.WriteString("\nThis is not legal advice. It lays facts beside elements; a lawyer must judge.\n")
	return b.String()
}

// heading names an episode and says when it was, as well as it is known.
func heading(e law.Episode) string {
	s := e.ID
	if e.Label != "" {
		s += ": " + e.Label
	}
	var when []string
	if !e.When.From.IsZero() && e.When.From == e.When.Until {
		when = append(when, e.When.From.String())
	} else {
		if !e.When.From.IsZero() {
			when = append(when, "from "+e.When.From.String())
		}
		if !e.When.Until.IsZero() {
			when = append(when, "until "+e.When.Until.String())
		}
	}
	if e.When.Words != "" {
		when = append(when, e.When.Words)
	}
	if when == nil {
		when = []string{"date not known"}
	}
	return s + " (" + strings.Join(when, ", ") + ")"
}

// section lists the findings of one episode, what is established first.
func section(b *strings.Builder, pack *law.Pack, a law.Assessment, episode string) {
	for _, status := range []law.Status{law.Established, law.Conflict, law.Open, law.RuledOut, law.NotLaw} {
		for _, f := range a.Findings {
			if f.Episode != episode || f.Status != status {
				continue
			}
			fmt.Fprintf(b, "  %-12s %s\n               %s\n", strings.ToUpper(string(status)), f.Title.In("en"), f.Cite)
			details(b, pack, f)
		}
	}
}

// details says what a finding rests on, in short: the JSON has the whole tree.
func details(b *strings.Builder, pack *law.Pack, f law.Finding) {
	const pad = "               "
	if f.Status == law.Established {
		elements(b, f.Tree())
	}
	told := func(word string, facts []law.Carried) {
		for _, c := range facts {
			q, _ := pack.Question(c.Question)
			where := ""
			if f.Episode == "" && c.Episode != "" {
				where = c.Episode + ", "
			}
			fmt.Fprintf(b, "%s%s: %s %s (%s%s)\n", pad, word, q.Text.In("en"), capital(string(c.Answer)), where, c.Grade)
		}
	}
	told("why", f.Why)
	told("why not", f.WhyNot)
	for _, id := range f.Contested {
		q, _ := pack.Question(id)
		fmt.Fprintf(b, "%sanswered both yes and no: %s\n", pad, q.Text.In("en"))
	}
	for _, n := range f.Notes {
		fmt.Fprintf(b, "%snoted: %s, %s [%s]\n", pad, n.Text.In("en"), n.Cite, n.Mark)
	}
	switch {
	case f.Status == law.RuledOut: // whatever the date
	case f.Law.State == law.Straddles:
		fmt.Fprintf(b, "%sthe law changed meanwhile (%s): make two episodes of it\n", pad, inForce(f.Law.From, f.Law.Until))
	case f.Law.State == law.DateUnknown:
		fmt.Fprintf(b, "%smissing: when it happened; this is law %s\n", pad, inForce(f.Law.From, f.Law.Until))
	case f.Status == law.NotLaw:
		fmt.Fprintf(b, "%snot the law when it happened: it is law %s\n", pad, inForce(f.Law.From, f.Law.Until))
	}
	for i, id := range f.Open {
		if i == 3 && len(f.Open) > 4 {
			fmt.Fprintf(b, "%sand %d more questions\n", pad, len(f.Open)-i)
			break
		}
		q, _ := pack.Question(id)
		fmt.Fprintf(b, "%smissing: %s\n", pad, q.Text.In("en"))
	}
}

// inForce says a stretch of law; until is the first day it was law no more.
func inForce(from, until law.Date) string {
	switch {
	case until.IsZero():
		return "from " + from.String()
	case from.IsZero():
		return "until " + until.String()
	}
	return "from " + from.String() + " until " + until.String()
}

// elements lists the elements that are met, each with its citation and its mark.
func elements(b *strings.Builder, e law.Element) {
	if e.Value != law.True {
		return
	}
	if len(e.Children) == 0 || e.Op == "not" {
		fmt.Fprintf(b, "               element: %s, %s [%s]\n", e.Text.In("en"), e.Cite, e.Mark)
		return
	}
	for _, child := range e.Children {
		elements(b, child)
	}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// openPack loads a shipped pack by name, or one from a folder of the machine.
func openPack(name string) (*law.Pack, packFiles, error) {
	files := packFiles{packs.FS, name}
	if strings.ContainsAny(name, `./\`) {
		files = packFiles{packs.Beside(os.DirFS(name)), "."}
		pack, err := law.Load(files.fs, files.dir)
		return pack, files, err
	}
	pack, err := packs.Load(name)
	return pack, files, err
}
