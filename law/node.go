package law

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Limits on what a reader takes, so that a hostile file costs little. The YAML parser's work grows with
// the square of some inputs; at this size its worst is two or three seconds.
const (
	maxBytes = 256 << 10
	maxDepth = 32
)

// A SyntaxError says where a file is wrong, and in which field.
type SyntaxError struct {
	File         string
	Line, Column int    // from 1; 0 where the whole file is meant
	Field        string // dotted path, such as "episodes[1].facts[0].answer"; may be empty
	Message      string
}

func (e *SyntaxError) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	b.WriteString(": ")
	if e.Field != "" {
		b.WriteString(e.Field + ": ")
	}
	b.WriteString(e.Message)
	return b.String()
}

type nodeKind string

const (
	scalarNode nodeKind = "a single value"
	listNode   nodeKind = "a list"
	mapNode    nodeKind = "a group of fields"
)

// A node is YAML or JSON with its place kept.
type node struct {
	file      string
	line, col int
	field     string // path from the root
	kind      nodeKind
	null      bool
	value     string // of a scalar
	keys      []*node
	items     []*node // values of a map, or members of a list
}

func (n *node) errorf(format string, args ...any) error {
	return &SyntaxError{n.file, n.line, n.col, n.field, fmt.Sprintf(format, args...)}
}

// child names the path of a member of n.
func (n *node) child(key string) string {
	if n.field == "" {
		return key
	}
	return n.field + "." + key
}

// parseNode reads YAML, or JSON where the first letter is a brace. Lines count from line+1.
func parseNode(file string, data []byte, line int) (*node, error) {
	whole := &node{file: file}
	switch {
	case len(data) > maxBytes:
		return nil, whole.errorf("too big: %d bytes, at most %d", len(data), maxBytes)
	case !utf8.Valid(data):
		return nil, whole.errorf("not UTF-8 text")
	case bytes.ContainsRune(data, 0):
		return nil, whole.errorf("holds a zero byte")
	}
	if err := checkDepth(whole, data, line); err != nil {
		return nil, err
	}
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '{' {
		return parseJSON(file, data, line)
	}
	return parseYAML(file, data, line)
}

// checkDepth refuses what nests so deep that a parser would labour over it, before any parser sees it.
func checkDepth(whole *node, data []byte, line int) error {
	depth := 0
	for i, text := range bytes.Split(data, []byte("\n")) {
		dashes := 0
		inner := bytes.TrimLeft(text, " ")
		if len(text)-len(inner) > 4*maxDepth {
			dashes = maxDepth + 1
		}
		for ; bytes.HasPrefix(inner, []byte("- ")) || bytes.HasPrefix(inner, []byte("? ")); dashes++ {
			inner = bytes.TrimLeft(inner[2:], " ")
		}
		for _, c := range text {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
			if depth > maxDepth || dashes > maxDepth {
				return &SyntaxError{whole.file, line + i + 1, 1, "", "nested too deep"}
			}
		}
	}
	return nil
}

func parseYAML(file string, data []byte, line int) (*node, error) {
	at := func(t *token.Token) *node {
		n := &node{file: file, line: line + 1, col: 1}
		if t != nil && t.Position != nil {
			n.line, n.col = line+t.Position.Line, t.Position.Column
		}
		return n
	}
	parsed, err := parser.ParseBytes(data, 0)
	if err != nil {
		if e, ok := errors.AsType[yaml.Error](err); ok {
			return nil, at(e.GetToken()).errorf("%s", e.GetMessage())
		}
		return nil, at(nil).errorf("%s", strings.SplitN(err.Error(), "\n", 2)[0])
	}
	var root *node
	for _, doc := range parsed.Docs {
		if doc.Body == nil {
			continue
		}
		next, err := fromYAML(doc.Body, "", at)
		if err != nil {
			return nil, err
		}
		if root != nil {
			return nil, next.errorf("a second document: only one is read")
		}
		root = next
	}
	if root == nil {
		return nil, at(nil).errorf("empty")
	}
	return root, nil
}

// fromYAML turns a syntax tree into nodes. Anchors, aliases, merges, tags and complex keys are refused:
// a journey needs none, and they are what makes YAML dangerous.
func fromYAML(n ast.Node, field string, at func(*token.Token) *node) (*node, error) {
	out := at(n.GetToken())
	out.field = field
	out.kind = scalarNode
	switch n := n.(type) {
	case *ast.MappingNode:
		out.kind = mapNode
		if len(n.Values) > 0 {
			first := at(n.Values[0].Key.GetToken())
			out.line, out.col = first.line, first.col
		}
		for _, pair := range n.Values {
			if _, ok := pair.Key.(*ast.StringNode); !ok {
				if _, ok := pair.Key.(ast.ScalarNode); !ok {
					return nil, at(pair.Key.GetToken()).errorf("a key must be a plain word")
				}
			}
			key := at(pair.Key.GetToken())
			key.kind, key.value = scalarNode, yamlScalar(pair.Key)
			key.field = out.child(key.value)
			value, err := fromYAML(pair.Value, key.field, at)
			if err != nil {
				return nil, err
			}
			out.keys = append(out.keys, key)
			out.items = append(out.items, value)
		}
	case *ast.SequenceNode:
		out.kind = listNode
		for i, v := range n.Values {
			item, err := fromYAML(v, fmt.Sprintf("%s[%d]", field, i), at)
			if err != nil {
				return nil, err
			}
			out.items = append(out.items, item)
		}
	case *ast.NullNode:
		out.null = true
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode, *ast.MappingKeyNode:
		return nil, out.errorf("anchors, aliases, merges and tags are not read here")
	default:
		if _, ok := n.(ast.ScalarNode); !ok {
			return nil, out.errorf("not read here: %s", n.Type())
		}
		out.value = yamlScalar(n)
	}
	return out, nil
}

// yamlScalar is the value as written: 2013-05 and 007 stay what they are.
func yamlScalar(n any) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case ast.Node:
		return n.GetToken().Value
	}
	return ""
}

func parseJSON(file string, data []byte, line int) (*node, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	// at counts lines from where it last stood: it is asked of ever later places.
	var last, start int
	line++
	at := func(offset int64) *node {
		here := min(int(offset), len(data))
		line += bytes.Count(data[last:here], []byte("\n"))
		if i := bytes.LastIndexByte(data[last:here], '\n'); i >= 0 {
			start = last + i + 1
		}
		last = here
		return &node{file: file, line: line, col: here - start + 1, kind: scalarNode}
	}
	// next reads a token and gives the place where it starts.
	next := func() (json.Token, *node, error) {
		from := dec.InputOffset()
		for int(from) < len(data) && bytes.IndexByte([]byte(" \t\r\n,:"), data[from]) >= 0 {
			from++
		}
		t, err := dec.Token()
		n := at(from)
		if e, ok := errors.AsType[*json.SyntaxError](err); ok {
			return nil, n, n.errorf("%s", e.Error())
		}
		if err != nil {
			return nil, n, n.errorf("the text ends too soon")
		}
		return t, n, nil
	}
	var value func(field string) (*node, error)
	value = func(field string) (*node, error) {
		t, n, err := next()
		if err != nil {
			return nil, err
		}
		n.field = field
		switch t := t.(type) {
		case json.Delim:
			n.kind = map[json.Delim]nodeKind{'{': mapNode, '[': listNode}[t]
			for i := 0; dec.More(); i++ {
				path := fmt.Sprintf("%s[%d]", field, i)
				if n.kind == mapNode {
					word, key, err := next()
					if err != nil {
						return nil, err
					}
					key.value, _ = word.(string)
					path = n.child(key.value)
					key.field = path
					n.keys = append(n.keys, key)
				}
				item, err := value(path)
				if err != nil {
					return nil, err
				}
				n.items = append(n.items, item)
			}
			_, _, err = next() // the closing bracket
			return n, err
		case nil:
			n.null = true
		default:
			n.value = fmt.Sprint(t)
		}
		return n, nil
	}
	root, err := value("")
	if err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, at(dec.InputOffset()).errorf("text after the end")
	}
	return root, nil
}
