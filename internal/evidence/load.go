package evidence

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Bounds on one file: the parser's work grows with the square of its length, and more where brackets nest.
const (
	maxBytes = 32 << 10
	maxDepth = 20
)

// A file is one YAML file of records.
type file struct {
	All     shared    `yaml:"all"`
	Sources []*Source `yaml:"sources"`
	Claims  []Claim   `yaml:"claims"`
}

// shared is what the claims of a file have in common, unless one says otherwise.
type shared struct {
	Kind     Kind   `yaml:"kind"`
	Standing string `yaml:"standing"`
	Mark     string `yaml:"mark"`
	Checked  Date   `yaml:"checked"`
	ReviewBy Date   `yaml:"review_by"`
	Review   string `yaml:"review"`
	Sources  []Cite `yaml:"sources"`
}

// Load reads every .yaml file at the root of fsys, in the order of their names. An error names the file, the
// line and the field; a field that a record does not have is one.
func Load(fsys fs.FS) (*Book, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, errors.New("no .yaml file of records is there")
	}
	b := &Book{lines: map[string]map[string]int{}}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		f, lines, err := parse(name, data)
		if err != nil {
			return nil, err
		}
		b.lines[name] = lines
		b.Sources = append(b.Sources, f.Sources...)
		b.Claims = append(b.Claims, f.Claims...)
	}
	if len(b.Claims) == 0 {
		return nil, fmt.Errorf("%s: no claims", strings.Join(names, ", "))
	}
	for i := range b.Claims {
		for j := range b.Claims[i].Sources {
			c := &b.Claims[i].Sources[j]
			if at := slices.IndexFunc(b.Sources, func(s *Source) bool { return s.ID == c.Of }); at >= 0 {
				c.Source = b.Sources[at]
			}
		}
	}
	return b, nil
}

// parse reads one file, and gives the line of each path in it.
func parse(name string, data []byte) (file, map[string]int, error) {
	fail := func(line int, field, what string) (file, map[string]int, error) {
		return file{}, nil, errors.New(Problem{File: name, Line: line, Field: field, What: what}.String())
	}
	switch {
	case len(data) > maxBytes:
		return fail(1, "", fmt.Sprintf("%d bytes; at most %d in one file", len(data), maxBytes))
	case !utf8.Valid(data):
		return fail(1, "", "not UTF-8 text")
	}
	for i, text := range strings.Split(string(data), "\n") {
		if strings.Count(text, "[")+strings.Count(text, "{")-strings.Count(text, "]")-strings.Count(text, "}") > maxDepth {
			return fail(i+1, "", "nested too deep")
		}
	}
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		at, what := told(err)
		return fail(at.line, "", what)
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		return fail(1, "", "want one document, with claims or sources")
	}
	found := places{at: map[string]place{}}
	ast.Walk(&found, tree.Docs[0].Body)
	if found.odd != nil {
		return fail(where(found.odd).line, field(found.odd.GetPath()), "anchors, aliases, merges and tags are not read here")
	}
	var f file
	if err := yaml.NodeToValue(tree.Docs[0].Body, &f, yaml.Strict()); err != nil {
		at, what := told(err)
		return fail(at.line, field(found.path(at)), what)
	}
	lines := map[string]int{}
	for path, at := range found.at {
		lines[path] = at.line
	}
	for i, s := range f.Sources {
		path := fmt.Sprintf("$.sources[%d]", i)
		if s == nil {
			return fail(lines[path], field(path), "empty")
		}
		s.file, s.path = name, path
	}
	for i := range f.Claims {
		c := &f.Claims[i]
		c.file, c.path = name, fmt.Sprintf("$.claims[%d]", i)
		c.share(f.All)
	}
	return f, lines, nil
}

// share takes over what the file says for all of its claims.
func (c *Claim) share(all shared) {
	take(&c.Kind, all.Kind)
	take(&c.Standing, all.Standing)
	take(&c.Mark, all.Mark)
	take(&c.Checked, all.Checked)
	take(&c.ReviewBy, all.ReviewBy)
	take(&c.Review, all.Review)
	if c.Sources == nil {
		c.Sources = slices.Clone(all.Sources)
	}
}

func take[T comparable](to *T, from T) {
	var zero T
	if *to == zero {
		*to = from
	}
}

// A place is where something stands in a file, from 1.
type place struct{ line, column int }

func (p place) before(q place) bool {
	return p.line < q.line || p.line == q.line && p.column < q.column
}

// told gives the place and the words of an error of the YAML library.
func told(err error) (at place, what string) {
	if e, ok := errors.AsType[yaml.Error](err); ok {
		what = e.GetMessage()
		if t := e.GetToken(); t != nil && t.Position != nil {
			at = place{t.Position.Line, t.Position.Column}
		}
	} else {
		what, _, _ = strings.Cut(err.Error(), "\n")
	}
	if e, ok := errors.AsType[*yaml.TypeError](err); ok {
		want := map[reflect.Kind]string{reflect.Int: "a whole number", reflect.Float64: "a number", reflect.String: "words", reflect.Bool: "true or false"}
		what = "want " + cmp.Or(want[e.DstType.Kind()], "fields or a list, as the record has them")
	}
	at.line = max(1, at.line)
	return at, what
}

// places notes where each path of a file stands.
type places struct {
	at  map[string]place
	odd ast.Node // the first of a kind that is not read
}

// Visit is called for each node; the first of a path is the one that counts.
func (p *places) Visit(n ast.Node) ast.Visitor {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode, *ast.MappingKeyNode:
		if p.odd == nil {
			p.odd = n
		}
	}
	if _, ok := p.at[n.GetPath()]; !ok {
		p.at[n.GetPath()] = where(n)
	}
	return p
}

// path is what stands at a place, or begins last before it.
func (p *places) path(at place) (best string) {
	for path, here := range p.at {
		switch then := p.at[best]; {
		case at.before(here):
		case best == "", then.before(here), then == here && (len(path) > len(best) || len(path) == len(best) && path > best):
			best = path
		}
	}
	return best
}

// where is the place of a node; that of a pair is where its key begins.
func where(n ast.Node) place {
	if pair, ok := n.(*ast.MappingValueNode); ok && pair.Key != nil {
		n = pair.Key
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return place{max(1, t.Position.Line), t.Position.Column}
	}
	return place{1, 1}
}

// field is a path as people read it: claims[3].year.
func field(path string) string { return strings.TrimPrefix(strings.TrimPrefix(path, "$"), ".") }
