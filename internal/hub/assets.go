package hub

import (
	"embed"
	"net/http"
	"sync"

	"amparo/internal/asset"
)

//go:embed assets/site.css assets/chat.js client/site.js
var assetFiles embed.FS

// Assets are the addresses of the files that pages refer to.
type assets struct {
	CSS, Site, Chat string
	set             asset.Set
}

// loadAssets is done once: it takes a while, and the files do not change.
var loadAssets = sync.OnceValues(func() (assets, error) {
	set, err := asset.Load(assetFiles, "assets/site.css", "client/site.js", "assets/chat.js")
	if err != nil {
		return assets{}, err
	}
	return assets{set.Address("site.css"), set.Address("site.js"), set.Address("chat.js"), set}, nil
})

// serve gives an asset. It is no-store like every page: what stays in a cache is a trace.
func (a assets) serve(w http.ResponseWriter, r *http.Request) {
	if !a.set.Serve(w, r, r.PathValue("name")) {
		http.NotFound(w, r)
	}
}
