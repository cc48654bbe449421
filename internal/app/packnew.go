package app

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed scaffold
var scaffold embed.FS

// PackNewCmd is amparo pack new.
type PackNewCmd struct {
	Folder string `arg:"" help:"The folder to make; its name is the pack's."`
}

var packName = regexp.MustCompile(`^[a-z][a-z0-9]{1,19}$`)

// Run writes a small pack that loads, with a case that it decides, to be written over. It writes into no folder
// that is there already.
func (c *PackNewCmd) Run(ctx context.Context, p *Program) error {
	name := filepath.Base(c.Folder)
	if !packName.MatchString(name) {
		return fmt.Errorf("%q is no name for a pack: two to twenty small letters and digits", name)
	}
	if err := os.Mkdir(c.Folder, 0o755); err != nil {
		return err
	}
	root, err := fs.Sub(scaffold, "scaffold")
	if err != nil {
		return err
	}
	err = fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == "." {
			return err
		}
		to := filepath.Join(c.Folder, filepath.FromSlash(path))
		if d.IsDir() {
			return os.Mkdir(to, 0o755)
		}
		data, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, bytes.ReplaceAll(data, []byte("NAME"), []byte(name)), 0o644)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Stdout, "%s: a pack to be written over. Next: docs/writing-law.md, and amparo pack check %s\n", c.Folder, folder(c.Folder))
	return nil
}

// folder writes a path so that it is taken for a folder, not for the name of a pack.
func folder(path string) string {
	if path = filepath.ToSlash(path); strings.Contains(path, "/") {
		return path
	}
	return "./" + path
}
