package hub

import (
	"embed"
	"io/fs"
	"net/http"
	"sync"

	"amparo/internal/asset"
)

//go:embed assets/*.css assets/*.js assets/*.txt client/site.js
var assetFiles embed.FS

// Assets are the addresses of the files that pages refer to.
type assets struct {
	CSS, Site, Chat string
	set             asset.Set
}

// loadAssets is done once: it takes a while, and the files do not change.
var loadAssets = sync.OnceValues(func() (assets, error) {
	var names []string
	for _, pattern := range []string{"assets/*", "client/*"} {
		found, err := fs.Glob(assetFiles, pattern)
		if err != nil {
			return assets{}, err
		}
		names = append(names, found...)
	}
	set, err := asset.Load(assetFiles, names...)
	if err != nil {
		return assets{}, err
	}
	return assets{set.Address("site.css"), set.Address("site.js"), set.Address("chat.js"), set}, nil
})

// at is the address of a file, by its base name.
func (a assets) at(base string) string { return a.set.Address(base) }

// serve gives an asset. It is no-store like every page: what stays in a cache is a trace. It tells nothing of
// anybody, so any page may read it: within a partner's page ours have an origin that is nobody's.
func (a assets) serve(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if !a.set.Has(name) {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	a.set.Serve(w, r, name)
}
