package guide

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxBytes bounds one file: the parser's work grows with the square of some inputs.
const maxBytes = 64 << 10

// A file is one YAML file. All holds what its statements and offices share unless they say otherwise.
type file struct {
	All     Source   `yaml:"all"`
	Pages   []Page   `yaml:"pages"`
	Offices []Office `yaml:"offices"`
}

// Load reads every .yaml file at the root of fsys, in the order of their names. An error names the file, the
// line and the field; a field that is not known is one.
func Load(fsys fs.FS) (*Guide, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	g, k := &Guide{}, &checker{seen: map[string]bool{}}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		f, lines, err := parse(name, data)
		if err != nil {
			return nil, err
		}
		k.file, k.lines = name, lines
		k.whole(f)
		g.Pages = append(g.Pages, f.Pages...)
		g.Offices = append(g.Offices, f.Offices...)
	}
	if len(g.Pages) == 0 {
		return nil, errors.New("no pages are there")
	}
	k.links(g)
	return g, errors.Join(k.wrong...)
}

// parse reads one file, gives each text its source, and tells the line of each path.
func parse(name string, data []byte) (f file, lines map[string]int, err error) {
	fail := func(line int, what string) (file, map[string]int, error) {
		return file{}, nil, fmt.Errorf("%s:%d: %s", name, line, what)
	}
	if len(data) > maxBytes || !utf8.Valid(data) {
		return fail(1, fmt.Sprintf("want UTF-8 text of at most %d bytes", maxBytes))
	}
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return fail(told(err))
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		return fail(1, "want one document with pages or offices")
	}
	at := places{}
	ast.Walk(at, tree.Docs[0].Body)
	if err := yaml.NodeToValue(tree.Docs[0].Body, &f, yaml.Strict()); err != nil {
		return fail(told(err))
	}
	for i := range f.Pages {
		for k, part := range f.Pages[i].Parts {
			for j := range part.Statements {
				s := &f.Pages[i].Parts[k].Statements[j]
				if !PartKinds[part.Kind].Law && s.Cite == "" {
					s.Cite = Practice
					take(&s.Mark, General)
				}
				s.share(f.All)
			}
		}
	}
	for i := range f.Offices {
		f.Offices[i].share(f.All)
	}
	return f, at, nil
}

// share takes over what the file says for all. A citation or a mark is never shared: each text has its own.
func (s *Source) share(all Source) {
	take(&s.Looked, all.Looked)
	take(&s.Review, all.Review)
}

func take(to *string, from string) {
	if *to == "" {
		*to = from
	}
}

// told gives the line and the words of an error of the YAML library.
func told(err error) (line int, what string) {
	if e, ok := errors.AsType[yaml.Error](err); ok && e.GetToken() != nil && e.GetToken().Position != nil {
		return e.GetToken().Position.Line, e.GetMessage()
	}
	what, _, _ = strings.Cut(err.Error(), "\n")
	return 1, what
}

// places is the line on which each path of a file first stands.
type places map[string]int

// Visit is called for each node.
func (p places) Visit(n ast.Node) ast.Visitor {
	if _, ok := p[n.GetPath()]; !ok {
		if t := n.GetToken(); t != nil && t.Position != nil {
			p[n.GetPath()] = t.Position.Line
		}
	}
	return p
}
