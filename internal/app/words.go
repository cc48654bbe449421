package app

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"amparo/internal/desk"
	"amparo/internal/hub"
	"amparo/internal/locale"
)

// WordsCmd looks after the words of both wings, in every language.
type WordsCmd struct {
	Check WordsCheckCmd `cmd:"" help:"Lay each catalogue beside the English one: what is missing, what cannot be shown, what a person has signed."`
	Sheet WordsSheetCmd `cmd:"" help:"Write all strings of a language as CSV, for a translator."`
	Sign  WordsSignCmd  `cmd:"" help:"Note in a checkout that a person has read strings and stands by them."`
}

// A checkout is where the words of a checkout of the source lie.
type checkout struct {
	Dir string `placeholder:"DIR" help:"A checkout of the source, or any folder that has its internal/hub/words and internal/desk/words."`
}

// wings reads the words of each wing, in a fixed order.
var wings = []struct {
	name string
	read func(fs.FS, string) (*locale.Words, error)
}{{"hub", hub.ReadWords}, {"desk", desk.ReadWords}}

// words reads those of a wing from the checkout, or those that the program was built with.
func (c checkout) words(wing int) (*locale.Words, error) {
	w := wings[wing]
	if c.Dir == "" {
		return w.read(nil, "")
	}
	dir := filepath.Join(c.Dir, "internal", w.name, "words")
	words, err := w.read(os.DirFS(dir), ".")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return words, nil
}

// WordsCheckCmd is amparo words check.
type WordsCheckCmd struct {
	checkout `embed:""`
	JSON     bool `name:"json" help:"Write the result as JSON."`
}

// A wordCheck is how the words of one wing stand.
type wordCheck struct {
	Wing       string         `json:"wing"`
	Catalogues []locale.Tally `json:"catalogues"`
	Ended      []locale.Ended `json:"ended"` // reviews that no longer fit
	Problems   []string       `json:"problems"`
}

// Run exits with 1 where a catalogue is not whole or a string cannot be shown. That nobody signed it is no failure.
func (c *WordsCheckCmd) Run(ctx context.Context, p *Program) error {
	var all []wordCheck
	keys, signed, wrong := 0, 0, 0
	for i, wing := range wings {
		w, err := c.words(i)
		if err != nil {
			return err
		}
		one := wordCheck{wing.name, w.Tallies(), w.Ended(), append([]string{}, w.Check()...)}
		for _, y := range one.Catalogues {
			keys, signed = keys+y.Keys, signed+y.Signed
		}
		wrong += len(one.Problems)
		all = append(all, one)
	}
	if c.JSON {
		if err := writeJSON(p.Stdout, all); err != nil {
			return err
		}
	} else {
		for _, one := range all {
			one.report(p)
		}
		fmt.Fprintf(p.Stdout, "%d of %d strings signed by a person; %d things wrong\n", signed, keys, wrong)
	}
	if wrong > 0 {
		return exitCode(1)
	}
	return nil
}

func (one wordCheck) report(p *Program) {
	for _, y := range one.Catalogues {
		fmt.Fprintf(p.Stdout, "%-4s %-7s %-9s %3d keys, %d missing, %d surplus, %d of %d signed\n",
			one.Wing, y.Language, y.Catalogue, y.Keys, len(y.Missing), len(y.Surplus), y.Signed, y.Keys)
	}
	for _, e := range one.Ended {
		fmt.Fprintf(p.Stdout, "  %s %s: %q no longer counts as signed by %s (%s): %s\n", one.Wing, e.Language, e.Key, e.By, e.On, e.Why)
	}
	for _, what := range one.Problems {
		fmt.Fprintf(p.Stdout, "  wrong in %s: %s\n", one.Wing, what)
	}
}

// WordsSheetCmd is amparo words sheet.
type WordsSheetCmd struct {
	checkout `embed:""`
	Tag      string `arg:"" help:"The language, such as fr or zh-Hans."`
}

// Run writes a line for each string, or for each plural form of it.
func (c *WordsSheetCmd) Run(ctx context.Context, p *Program) error {
	out := csv.NewWriter(p.Stdout)
	out.Write([]string{"wing", "catalogue", "key", "form", "English", c.Tag, "signed"})
	known := false
	for i, wing := range wings {
		w, err := c.words(i)
		if err != nil {
			return err
		}
		if !w.Has(c.Tag) {
			continue
		}
		known = true
		rows, err := w.Sheet(c.Tag)
		if err != nil {
			return err
		}
		for _, r := range rows {
			out.Write([]string{wing.name, r.Catalogue, r.Key, r.Form, r.English, r.Words, r.Signed})
		}
	}
	if !known {
		return fmt.Errorf("no wing has words in %q", c.Tag)
	}
	out.Flush()
	return out.Error()
}

// WordsSignCmd is amparo words sign.
type WordsSignCmd struct {
	Tag  string   `arg:"" help:"The language, such as fr or zh-Hans."`
	Keys []string `arg:"" name:"key" help:"The keys that were read; exit.* stands for all that begin so."`
	By   string   `required:"" placeholder:"NAME" help:"Who has read them: a name or a role. It is published with the words."`
	Wing string   `enum:"hub,desk" default:"hub" help:"Whose words: hub (the public site) or desk."`
	Dir  string   `default:"." placeholder:"DIR" help:"The checkout of the source to write into."`
}

// Run writes reviews/TAG.json anew.
func (c *WordsSignCmd) Run(ctx context.Context, p *Program) error {
	i := 0
	for wings[i].name != c.Wing {
		i++
	}
	w, err := checkout{c.Dir}.words(i)
	if err != nil {
		return err
	}
	data, n, err := w.Sign(c.Tag, c.Keys, c.By, time.Now())
	if err != nil {
		return err
	}
	file := filepath.Join(c.Dir, "internal", c.Wing, "words", "reviews", c.Tag+".json")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	if err := replaceFile(file, data); err != nil {
		return err
	}
	fmt.Fprintf(p.Stdout, "%s: %d strings signed by %s\n", file, n, strings.TrimSpace(c.By))
	return nil
}

// replaceFile writes a file so that it is there whole, as it was or as it is to be.
func replaceFile(name string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone when all went well
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
