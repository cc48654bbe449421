// Package asset serves the files that pages refer to: each under an address that holds a digest of its
// content, compressed once.
package asset

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// Prefix is where assets live on a site.
const Prefix = "/assets/"

// types are content types by ending: ours, not the machine's.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json; charset=utf-8",
	".txt": "text/plain; charset=utf-8",
}

// look is the visual language that both wings share (docs/design.md): colours, steps, sizes.
//
//go:embed look.css
var look []byte

// importLook at the head of a style sheet stands for it.
var importLook = []byte("@import \"look.css\";\n")

// A Set is the assets of one site.
type Set struct {
	addresses map[string]string
	files     map[string]file // by the last part of the address
}

type file struct {
	contentType string
	forms       map[string][]byte // by content coding (RFC 9110); "" is plain
}

// Load reads and compresses the named files. A style sheet that begins by importing look.css gets it put in. It takes
// a while: do it once. Licence texts (.txt) keep their names, since the files that they go with point to them.
func Load(fsys fs.FS, names ...string) (Set, error) {
	s := Set{map[string]string{}, map[string]file{}}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return Set{}, err
		}
		if err := s.add(name, data); err != nil {
			return Set{}, err
		}
	}
	return s, nil
}

// With is the set and one file more, such as one that the program made itself. The set stays as it was.
func (s Set) With(name string, data []byte) (Set, error) {
	s = Set{maps.Clone(s.addresses), maps.Clone(s.files)}
	err := s.add(name, data)
	return s, err
}

func (s Set) add(name string, data []byte) error {
	if rest, ok := bytes.CutPrefix(data, importLook); ok {
		data = slices.Concat(look, rest)
	}
	base := path.Base(name)
	stem, ext, _ := strings.Cut(base, ".")
	kind, ok := types[path.Ext(base)]
	if !ok {
		return fmt.Errorf("%s: no content type is known for it", name)
	}
	last := base
	if path.Ext(base) != ".txt" {
		sum := sha256.Sum256(data)
		last = stem + "." + hex.EncodeToString(sum[:6]) + "." + ext
	}
	s.addresses[base] = Prefix + last
	s.files[last] = file{kind, formsOf(data)}
	return nil
}

// squeezed are the forms of what was compressed before, by digest: made files are alike from one set to the next.
var squeezed sync.Map

func formsOf(data []byte) map[string][]byte {
	sum := sha256.Sum256(data)
	if forms, ok := squeezed.Load(sum); ok {
		return forms.(map[string][]byte)
	}
	forms := map[string][]byte{"": data, "br": squeeze(data, brotli.NewWriterLevel, brotli.BestCompression),
		"gzip": squeeze(data, newGzip, gzip.BestCompression)}
	squeezed.Store(sum, forms)
	return forms
}

func newGzip(w io.Writer, level int) *gzip.Writer {
	z, err := gzip.NewWriterLevel(w, level)
	if err != nil {
		panic(err) // the level is a constant
	}
	return z
}

func squeeze[W io.WriteCloser](data []byte, to func(io.Writer, int) W, level int) []byte {
	var b bytes.Buffer
	w := to(&b, level)
	_, _ = w.Write(data) // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// Address gives where the file of that base name is served. A name that was not loaded is a mistake in
// the program.
func (s Set) Address(base string) string {
	a, ok := s.addresses[base]
	if !ok {
		panic("asset: " + base + " was not loaded")
	}
	return a
}

// Serve gives the file that an address's last part names, and says whether there is one. The caller
// says how it may be cached.
func (s Set) Serve(w http.ResponseWriter, r *http.Request, last string) bool {
	f, ok := s.files[last]
	if !ok {
		return false
	}
	h := w.Header()
	coding := Coding(r.Header.Get("Accept-Encoding"))
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Type", f.contentType)
	h.Set("Content-Length", strconv.Itoa(len(f.forms[coding])))
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.forms[coding]) // a reader that went away is nobody to tell
	}
	return true
}

// Coding is the content coding to answer in, given an Accept-Encoding header: br, gzip or none. Clients
// that weigh their choices with q values other than 0 get the one we like best.
func Coding(accept string) string {
	for _, like := range []string{"br", "gzip"} {
		for part := range strings.SplitSeq(accept, ",") {
			name, q, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
			if name == like && strings.TrimRight(q, "0.") != "q=" {
				return like
			}
		}
	}
	return ""
}

// Has says whether an address's last part names a file.
func (s Set) Has(last string) bool {
	_, ok := s.files[last]
	return ok
}

// Addresses lists where all files are served, sorted.
func (s Set) Addresses() (all []string) {
	for last := range s.files {
		all = append(all, Prefix+last)
	}
	slices.Sort(all)
	return all
}
