package house

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// A Use is what the source itself says about its dependencies.
type Use struct {
	Direct   map[string]bool   // modules and packages that our own code names: must be listed
	Present  map[string]bool   // everything that go.mod and package.json require: may be listed
	Shipped  map[string]bool   // modules that end up in the program, at any depth
	Licences map[string]string // by Licence, for each that lies on this machine; "" when unknown
	Versions map[string]string // of what go.mod requires
}

// Used reads what the module in root uses, beside the house itself. It asks the go command, which may
// download modules.
func Used(root string) (Use, error) {
	use := Use{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]string{}, map[string]string{}}
	if err := use.addModules(root); err != nil {
		return use, err
	}
	return use, use.addPackages(root)
}

func (use *Use) addModules(root string) error {
	shipped, err := list(root, "-deps", "./cmd/...")
	if err != nil {
		return err
	}
	for _, p := range shipped {
		if p.foreign() {
			use.Shipped[p.Module.Path] = true
		}
	}
	all, err := list(root, "-deps", "-test", "./...", "tool")
	if err != nil {
		return err
	}
	moduleOf := map[string]string{}
	for _, p := range all {
		if p.foreign() {
			moduleOf[p.ImportPath] = p.Module.Path
			if _, seen := use.Licences[p.Module.Path]; !seen {
				use.Licences[p.Module.Path] = LicenceIn(p.Module.Dir)
			}
		}
	}
	for _, p := range all {
		if p.Module == nil || !p.Module.Main {
			continue
		}
		for _, imp := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if m := moduleOf[imp]; m != "" {
				use.Direct[m] = true
			}
		}
	}
	out, err := goCommand(root, "mod", "edit", "-json")
	if err != nil {
		return err
	}
	var mod struct {
		Require []struct{ Path, Version string }
		Tool    []struct{ Path string }
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		return fmt.Errorf("go.mod: %w", err)
	}
	for _, r := range mod.Require {
		if r.Path == Module {
			continue
		}
		use.Present[r.Path], use.Versions[r.Path] = true, r.Version
		for _, tool := range mod.Tool {
			if within(tool.Path, r.Path) {
				use.Direct[r.Path] = true
			}
		}
	}
	return nil
}

// addPackages reads package.json; a licence is known only when the package is installed.
func (use *Use) addPackages(root string) error {
	text, err := os.ReadFile(filepath.Join(root, "package.json"))
	if err != nil {
		return err
	}
	var npm struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal(text, &npm); err != nil {
		return fmt.Errorf("package.json: %w", err)
	}
	for _, group := range []map[string]string{npm.Dependencies, npm.DevDependencies} {
		for name := range group {
			use.Direct[name], use.Present[name] = true, true
			if dir := filepath.Join(root, "node_modules", name); exists(dir) {
				use.Licences[name] = packageLicence(dir)
			}
		}
	}
	return nil
}

// packageLicence is LicenceIn, or, for a package that is published without a licence file, what its package.json
// declares. A licence file that is there and not known is never overruled.
func packageLicence(dir string) string {
	for _, pattern := range licenceFiles {
		if found, _ := filepath.Glob(filepath.Join(dir, pattern)); len(found) > 0 {
			return LicenceIn(dir)
		}
	}
	var npm struct{ License string }
	text, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil || json.Unmarshal(text, &npm) != nil {
		return ""
	}
	return npm.License
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
