package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// configFile reads a YAML file of options: top-level keys are flag names without dashes, or a
// subcommand's name with its flags below it. Flags and environment (AMPARO_…) go before it.
func configFile(r io.Reader) (kong.Resolver, error) {
	data, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return nil, err
	}
	var options map[string]any
	if err := yaml.Unmarshal(data, &options); err != nil {
		return nil, fmt.Errorf("configuration: %s", yaml.FormatError(err, false, true))
	}
	return resolver(options), nil
}

type resolver map[string]any

// Validate refuses keys that no flag has: a misspelt option must not be silently left out.
func (o resolver) Validate(app *kong.Application) error {
	commands := map[string]*kong.Node{}
	for _, n := range app.Children {
		commands[n.Name] = n
	}
	for key, v := range o {
		if n, ok := commands[key]; ok {
			section, ok := v.(map[string]any)
			if !ok {
				return fmt.Errorf("configuration: %s: options are expected below it", key)
			}
			for k := range section {
				if !hasFlag(n, k) {
					return fmt.Errorf("configuration: %s: %s: no such option", key, k)
				}
			}
		} else if !hasFlag(app.Node, key) {
			return fmt.Errorf("configuration: %s: no such option or command", key)
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
func (o resolver) Resolve(_ *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
	options := map[string]any(o)
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
