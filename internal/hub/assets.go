package hub

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

//go:embed assets/site.css assets/chat.js client/site.js
var assetFiles embed.FS

// Assets are the files that pages refer to, each under a name that holds its hash, compressed once.
type assets struct {
	CSS, Site, Chat string // addresses
	files           map[string]asset
}

type asset struct {
	contentType string
	forms       map[string][]byte // by content encoding; "" is plain
}

// loadAssets is done once: it takes a while, and the files do not change.
var loadAssets = sync.OnceValues(func() (assets, error) {
	a := assets{files: map[string]asset{}}
	for _, f := range []struct {
		name, contentType string
		address           *string
	}{
		{"assets/site.css", "text/css; charset=utf-8", &a.CSS},
		{"client/site.js", "text/javascript; charset=utf-8", &a.Site},
		{"assets/chat.js", "text/javascript; charset=utf-8", &a.Chat},
	} {
		data, err := assetFiles.ReadFile(f.name)
		if err != nil {
			return a, err
		}
		base := path.Base(f.name)
		stem, ext, _ := strings.Cut(base, ".")
		sum := sha256.Sum256(data)
		name := fmt.Sprintf("%s.%s.%s", stem, hex.EncodeToString(sum[:6]), ext)
		a.files[name] = asset{f.contentType, map[string][]byte{"": data, "br": brotliOf(data), "gzip": gzipOf(data)}}
		*f.address = "/assets/" + name
	}
	return a, nil
})

func brotliOf(data []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	w.Write(data) // a buffer takes everything
	w.Close()
	return b.Bytes()
}

func gzipOf(data []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// serve gives an asset. It is no-store like every page: what stays in a cache is a trace.
func (a assets) serve(w http.ResponseWriter, r *http.Request) {
	f, ok := a.files[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	e := encoding(r.Header.Get("Accept-Encoding"))
	if e != "" {
		w.Header().Set("Content-Encoding", e)
	}
	w.Header().Set("Vary", "Accept-Encoding")
	w.Header().Set("Content-Type", f.contentType)
	w.Header().Set("Content-Length", fmt.Sprint(len(f.forms[e])))
	if r.Method != http.MethodHead {
		w.Write(f.forms[e])
	}
}
