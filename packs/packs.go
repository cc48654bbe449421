// Package packs carries the bodies of law that Amparo ships, each with its decided cases.
package packs

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"amparo/law"
)

// FS holds one folder for each pack, and what they share: the vocabulary, the sentences of explanations and
// the decided cases.
//
//go:embed eu uk un us vocabulary cases strings.yaml
var FS embed.FS

// Names lists the packs.
func Names() (names []string) {
	heads, _ := fs.Glob(FS, "*/pack.yaml") // an embedded folder can always be read
	for _, head := range heads {
		names = append(names, path.Dir(head))
	}
	return names
}

// Beside gives the files of one pack that lies elsewhere, with what the shipped packs share beside it: the
// pack is then the folder ".".
func Beside(own fs.FS) fs.FS { return beside{own} }

type beside struct{ own fs.FS }

// Open opens the pack's own file, or else one that packs share. Decided cases are not lent: a pack is tried on
// its own.
func (b beside) Open(name string) (fs.File, error) {
	f, err := b.own.Open(name)
	if errors.Is(err, fs.ErrNotExist) && (strings.HasPrefix(name, "vocabulary") || name == "strings.yaml") {
		return FS.Open(name)
	}
	return f, err
}

// Load loads and compiles one pack by its name, such as "us".
func Load(name string) (*law.Pack, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("no pack %q; there are: %v", name, Names())
	}
	return law.Load(FS, name)
}
