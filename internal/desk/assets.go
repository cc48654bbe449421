package desk

import (
	"embed"
	"net/http"
	"sync"

	"amparo/internal/asset"
	"amparo/internal/fault"
)

//go:embed assets
var assetFiles embed.FS

// Assets are the addresses of the files that pages refer to.
type assets struct {
	CSS, JS, Htmx, SSE string
	set                asset.Set
}

// loadAssets is done once: it takes a while, and the files do not change.
var loadAssets = sync.OnceValues(func() (assets, error) {
	set, err := asset.Load(assetFiles, "assets/desk.css", "assets/desk.js", "assets/htmx.js", "assets/htmx.js.LICENSE.txt", "assets/sse.js", "assets/sse.js.LICENSE.txt")
	if err != nil {
		return assets{}, err
	}
	return assets{set.Address("desk.css"), set.Address("desk.js"), set.Address("htmx.js"), set.Address("sse.js"), set}, nil
})

// serveAsset serves a file. Its address changes with its content, so that it may be kept for long; it
// says nothing of anybody.
func (d *desk) serveAsset(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	if !d.assets.set.Serve(w, r, r.PathValue("file")) {
		w.Header().Del("Cache-Control")
		d.open(func(http.ResponseWriter, *http.Request, visit) error { return fault.New(fault.Unknown, "no such file") })(w, r)
	}
}
