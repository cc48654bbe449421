package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"amparo/internal/release"
)

// ReleaseCmd makes numbers that may be published.
type ReleaseCmd struct {
	Table TableCmd `cmd:"" help:"Count coded rows by two or three fields, with small counts withheld."`
}

// TableCmd is amparo release table.
type TableCmd struct {
	Rows      string   `required:"" xor:"source" placeholder:"FILE" help:"Coded rows, one JSON object in each line; - reads them from standard input."`
	Hub       string   `required:"" xor:"source" placeholder:"URL" help:"Count the rows that this hub keeps, as --member; the passphrase is asked for, or read from standard input."`
	Publish   bool     `help:"With --hub: enter the table in the hub's ledger of what was published, if nothing published before tells too much beside it."`
	By        []string `required:"" placeholder:"FIELD,FIELD" help:"Two or three fields to count by, such as gender,typeOfExploitation."`
	Format    string   `enum:"text,html,csv,svg" default:"text" help:"${enum}"`
	Threshold int      `default:"10" help:"Withhold counts under this."`
	Out       string   `placeholder:"FILE" help:"Write here rather than to standard output."`
	Lang      string   `enum:"en,es" default:"en" help:"Language of the table: ${enum}. CSV holds codes, and English notes."`
	Date      string   `placeholder:"YYYY-MM-DD" help:"Day of the release; today if left out."`
	Ledger    string   `placeholder:"FILE" help:"What was published before. A table that would tell too much beside it is refused; one that goes out is added."`
	Member    string   `placeholder:"HANDLE" help:"Who releases the table."`
}

// Run makes the table.
func (c *TableCmd) Run(ctx context.Context, p *Program) error {
	if c.Hub != "" {
		return c.fromHub(ctx, p)
	}
	if c.Publish {
		return errors.New("--publish needs --hub: a file of rows has --ledger")
	}
	rows, err := c.rows(p)
	if err != nil {
		return err
	}
	return c.release(p, rows, time.Now())
}

// rows reads the rows that the command line names.
func (c *TableCmd) rows(p *Program) ([]release.Row, error) {
	if c.Rows == "-" {
		return release.ReadRows("standard input", p.Stdin)
	}
	f, err := os.Open(c.Rows)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return release.ReadRows(c.Rows, f)
}

// release makes a table of rows, wherever they came from, and writes it in the form that was asked for. The ledger
// is written first: better that it names a table which then failed to go out than the other way about.
func (c *TableCmd) release(p *Program, rows []release.Row, now time.Time) error {
	on, err := c.day(now)
	if err != nil {
		return err
	}
	if c.Ledger != "" && c.Member == "" {
		return errors.New("--ledger needs --member: say who releases the table")
	}
	t, err := release.Make(rows, c.By, release.Options{Threshold: c.Threshold, On: on})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := c.write(&out, t); err != nil {
		return err
	}
	if c.Ledger != "" {
		if err := record(c.Ledger, t, c.Member); err != nil {
			return err
		}
	}
	return c.deliver(p, &out)
}

// day is the day of the release.
func (c *TableCmd) day(now time.Time) (time.Time, error) {
	if c.Date == "" {
		return now.UTC(), nil
	}
	on, err := time.Parse(time.DateOnly, c.Date)
	if err != nil {
		return on, fmt.Errorf("--date %q: want a day as 2006-01-02", c.Date)
	}
	return on, nil
}

func (c *TableCmd) deliver(p *Program, out *bytes.Buffer) error {
	if c.Out == "" {
		_, err := out.WriteTo(p.Stdout)
		return err
	}
	return os.WriteFile(c.Out, out.Bytes(), 0o644)
}

func (c *TableCmd) write(w io.Writer, t release.Table) error {
	switch c.Format {
	case "html":
		return t.Page(w, c.Lang)
	case "csv":
		return t.CSV(w)
	case "svg":
		return t.SVG(w, c.Lang)
	}
	return t.View(c.Lang).Text(w)
}

// record adds a table to the ledger in a file, which it makes if there is none, and replaces as a whole.
func record(name string, t release.Table, member string) error {
	var l release.Ledger
	switch data, err := os.ReadFile(name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	default:
		if err := json.Unmarshal(data, &l); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	l, err := l.Add(t, member)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	data, err := json.MarshalIndent(l, "", "\t")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".ledger-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing is there any more once it was renamed
	_, err = f.Write(append(data, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
