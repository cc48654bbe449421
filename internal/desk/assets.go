package desk

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/andybalholm/brotli"

	"amparo/internal/fault"
)

//go:embed assets/*
var assetFiles embed.FS

// assets gives the address of each file that pages use, with a digest of its content in it.
type assets struct {
	CSS, JS, Htmx, SSE string
	files              map[string]asset
}

type asset struct {
	kind               string
	plain, gzip, brotl []byte
}

var assetKinds = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".txt": "text/plain; charset=utf-8"}

func loadAssets() (assets, error) {
	a := assets{files: map[string]asset{}}
	names, err := fs.Glob(assetFiles, "assets/*")
	if err != nil {
		return a, err
	}
	for _, name := range names {
		data, err := assetFiles.ReadFile(name)
		if err != nil {
			return a, err
		}
		sum := sha256.Sum256(data)
		base, ext, _ := strings.Cut(path.Base(name), ".")
		address := base + "." + hex.EncodeToString(sum[:6]) + "." + ext
		if strings.HasSuffix(name, ".txt") {
			address = path.Base(name) // named in the file it goes with
		}
		f := asset{kind: assetKinds[path.Ext(name)], plain: data}
		var b bytes.Buffer
		bw := brotli.NewWriterLevel(&b, brotli.BestCompression)
		bw.Write(data) // into memory
		bw.Close()
		f.brotl = bytes.Clone(b.Bytes())
		b.Reset()
		gw, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return a, err
		}
		gw.Write(data)
		gw.Close()
		f.gzip = b.Bytes()
		a.files[address] = f
		switch path.Base(name) {
		case "desk.css":
			a.CSS = "/assets/" + address
		case "desk.js":
			a.JS = "/assets/" + address
		case "htmx.js":
			a.Htmx = "/assets/" + address
		case "sse.js":
			a.SSE = "/assets/" + address
		}
	}
	return a, nil
}

// serveAsset serves a file. Its address changes with its content, so that it may be kept for long; it
// says nothing of anybody.
func (d *desk) serveAsset(w http.ResponseWriter, r *http.Request) {
	f, ok := d.assets.files[r.PathValue("file")]
	if !ok {
		d.open(func(http.ResponseWriter, *http.Request, visit) error { return fault.New(fault.Unknown, "no such file") })(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := f.plain
	switch accept := r.Header.Get("Accept-Encoding"); {
	case strings.Contains(accept, "br"):
		h.Set("Content-Encoding", "br")
		body = f.brotl
	case strings.Contains(accept, "gzip"):
		h.Set("Content-Encoding", "gzip")
		body = f.gzip
	}
	_, _ = w.Write(body) // a reader that went away is nobody to tell
}
