// Package house looks at the source of Amparo from outside and says whether it still has the
// shape it promises: rooms on floors, imports that only go down, a hub that cannot open what it
// keeps, dependencies that are listed, files that stay small, pages that fetch from nobody else.
//
// Each check is a function over values that returns what is wrong as readable lines, so that a
// test can feed it a planted breach. Nothing imports this package but its own drawing command.
package house

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Module is the import path that every room's path is relative to.
const Module = "amparo"

// A Floor is one level of the house. Rooms are import paths below Module; a package belongs to
// the room whose path is its own or a parent of it.
type Floor struct {
	Level float64
	Rooms []string
}

// Floors is the plan, highest first. Imports go from a higher floor to a lower one, never
// between two rooms of one floor. The order of rooms is that of the picture: hub left, desk right.
var Floors = []Floor{
	{8, []string{"internal/house"}}, // stands outside and looks in
	{7, []string{"cmd/amparo"}},
	{6, []string{"internal/app"}},
	{5, []string{"internal/hub", "internal/desk"}},
	{4, []string{"internal/store", "internal/channel", "internal/bus", "internal/line"}},
	{3, []string{"internal/switchboard", "packs", "internal/casework"}},
	{2.5, []string{"internal/keyring"}}, // docs/decisions/0001
	{2, []string{"internal/vault", "internal/chat", "internal/staff", "law", "internal/suggest", "internal/evidence", "internal/guide", "internal/directory", "internal/release", "internal/casefile"}},
	{1, []string{"internal/asset", "internal/seal", "internal/id", "internal/fault", "internal/locale"}},
}

// Number writes the floor's level as people say it: 2½ rather than 2.5.
func (f Floor) Number() string { return strings.Replace(fmt.Sprint(f.Level), ".5", "½", 1) }

// A Package is one Go package as `go list` sees it, without its tests.
type Package struct {
	ImportPath string
	Imports    []string
}

// ForTests says whether a package is a helper of tests, by its name: storetest, desktest.
func (p Package) ForTests() bool { return strings.HasSuffix(p.ImportPath, "test") }

// Helped lists each product package that imports a helper of tests.
func Helped(all []Package) (wrong []string) {
	for _, p := range all {
		for _, i := range p.Imports {
			if !p.ForTests() && strings.HasPrefix(i, Module+"/") && (Package{ImportPath: i}).ForTests() {
				wrong = append(wrong, fmt.Sprintf("%s is no test and imports %s", p.ImportPath, i))
			}
		}
	}
	return wrong
}

// Packages lists the packages of the module that lies in root. It fails when the go command
// does, or when it finds none.
func Packages(root string) ([]Package, error) {
	found, err := list(root, "./...")
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("go list found no package in %s", root)
	}
	all := make([]Package, len(found))
	for i, p := range found {
		all[i] = Package{p.ImportPath, p.Imports}
	}
	return all, nil
}

// Root is the folder of the module that the working directory is in.
func Root() (string, error) {
	out, err := goCommand("", "env", "GOMOD")
	if err != nil {
		return "", err
	}
	mod := strings.TrimSpace(string(out))
	if filepath.Base(mod) != "go.mod" {
		return "", fmt.Errorf("not inside a Go module")
	}
	return filepath.Dir(mod), nil
}

// Room gives the room that an import path belongs to and the room's floor; ok is false when the
// path is not of this module or the plan has no such room.
func Room(importPath string) (room string, level float64, ok bool) {
	path, own := strings.CutPrefix(importPath, Module+"/")
	if !own {
		return "", 0, false
	}
	for _, f := range Floors {
		for _, r := range f.Rooms {
			if within(path, r) {
				return r, f.Level, true
			}
		}
	}
	return "", 0, false
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

// listed is what we ask `go list` about a package.
type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
	Module                             *struct {
		Path, Dir string
		Main      bool
	}
}

// foreign says whether a package is of another module: neither of the one that was asked about, nor of this
// house, on which a module nested in it rests.
func (p listed) foreign() bool { return p.Module != nil && !p.Module.Main && p.Module.Path != Module }

// list asks `go list`, which tells the shape of a package even when it does not compile (-e):
// that it does is for the compiler to say.
func list(root string, args ...string) ([]listed, error) {
	out, err := goCommand(root, append([]string{"list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports,Module"}, args...)...)
	if err != nil {
		return nil, err
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		all = append(all, p)
	}
}

func goCommand(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, stderr.Bytes())
	}
	return out, nil
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
