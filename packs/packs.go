// Package packs carries the bodies of law that Amparo ships, each with its decided cases.
package packs

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"amparo/law"
)

// FS holds one folder for each pack.
//
//go:embed us
var FS embed.FS

// Names lists the packs.
func Names() (names []string) {
	entries, _ := fs.ReadDir(FS, ".") // an embedded folder can always be read
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Load loads and compiles one pack by its name, such as "us".
func Load(name string) (*law.Pack, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("no pack %q; there are: %v", name, Names())
	}
	return law.Load(FS, name)
}
