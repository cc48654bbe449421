package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// An option is looked for on the command line, then in the environment, then in the file of --config,
// then its default stands.

// environment gives options from variables: AMPARO_HUB_LISTEN is --listen of the command hub.
type environment func(string) string

// Validate accepts all: other programs' variables are none of ours.
func (environment) Validate(*kong.Application) error { return nil }

// Resolve gives the value for a flag of the command that is run.
func (e environment) Resolve(_ *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
	names := []string{"amparo"}
	if n := parent.Node(); n != nil && n.Type == kong.CommandNode {
		names = append(names, n.Name)
	}
	name := strings.ToUpper(strings.ReplaceAll(strings.Join(append(names, flag.Name), "_"), "-", "_"))
	if v := e(name); v != "" {
		return v, nil
	}
	return nil, nil
}

// configFile reads a YAML file of options: top-level keys are flag names without dashes, or a command's
// name with its flags below it. What the environment says goes before it.
func configFile(e environment) kong.ConfigurationLoader {
	return func(r io.Reader) (kong.Resolver, error) {
		name := "configuration"
		if f, ok := r.(interface{ Name() string }); ok {
			name = f.Name()
		}
		data, err := io.ReadAll(io.LimitReader(r, 1<<20))
		if err != nil {
			return nil, err
		}
		var options map[string]any
		if err := yaml.Unmarshal(data, &options); err != nil {
			return nil, fmt.Errorf("%s: %s", name, yaml.FormatError(err, false, true))
		}
		return file{name, options, e}, nil
	}
}

// file gives options from a configuration file.
type file struct {
	name    string
	options map[string]any
	env     environment
}

// Validate refuses keys that no flag has: a misspelt option must not be silently left out.
func (f file) Validate(app *kong.Application) error {
	commands := map[string]*kong.Node{}
	for _, n := range app.Children {
		commands[n.Name] = n
	}
	for key, v := range f.options {
		if n, ok := commands[key]; ok {
			section, ok := v.(map[string]any)
			if !ok {
				return fmt.Errorf("%s: %s: options are expected below it", f.name, key)
			}
			for k := range section {
				if !hasFlag(n, k) {
					return fmt.Errorf("%s: %s: %s: no such option", f.name, key, k)
				}
			}
		} else if !hasFlag(app.Node, key) {
			return fmt.Errorf("%s: %s: no such option or command", f.name, key)
		}
	}
	return nil
}

func hasFlag(n *kong.Node, name string) bool {
	for _, f := range n.Flags {
		if f.Name == name {
			return true
		}
	}
	return false
}

// Resolve gives the value for a flag of the command that is run.
func (f file) Resolve(ctx *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
	if v, err := f.env.Resolve(ctx, parent, flag); v != nil || err != nil {
		return nil, err
	}
	options := f.options
	if n := parent.Node(); n != nil && n.Type == kong.CommandNode {
		section, ok := options[n.Name].(map[string]any)
		if !ok {
			return nil, nil
		}
		options = section
	}
	switch v := options[flag.Name].(type) {
	case nil:
		return nil, nil
	case []any:
		parts := make([]string, len(v))
		for i, p := range v {
			parts[i] = fmt.Sprint(p)
		}
		return strings.Join(parts, ","), nil
	default:
		return fmt.Sprint(v), nil
	}
}
