package hub

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// embedPrefix is before the addresses of pages that partners may show within theirs.
const embedPrefix = "/embed"

// embedded are the screens that partners may show. They only read: nothing that is kept comes from them.
var embedded = []string{"/find", "/check"}

// checkPartners says which of the partners is not the origin of a web site.
func checkPartners(partners []string) error {
	for _, p := range partners {
		u, err := url.Parse(p)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || p != u.Scheme+"://"+u.Host || strings.ContainsAny(p, " ;,'*") {
			return fmt.Errorf("hub: partner %q is not an origin such as https://clinic.example.org", p)
		}
	}
	return nil
}

// embed is the same site for partners' pages: its pages may be framed by them, lead out of the frame, and
// carry nothing but what they show.
func (h *Hub) embed() http.Handler {
	e := &Hub{Config: h.Config, words: h.words, pages: h.pages, assets: h.assets, checks: h.checks, framed: true, done: h.done}
	e.policy = strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors "+strings.Join(h.Partners, " "), 1)
	m := http.NewServeMux()
	e.routeAreas(m)
	m.HandleFunc("/", e.page(e.nowhere))
	return http.StripPrefix(embedPrefix, e.guard(m))
}

// offers says whether the site, or what of it partners may show, has a screen.
func (h *Hub) offers(s screen) bool {
	return !h.framed || slices.Contains(embedded, s.path)
}

// Framed says whether the page stands within a partner's.
func (p page) Framed() bool { return p.base != "" }

// Form is where a form of the page goes.
func (p page) Form(path string) string { return p.base + "/" + p.Tag + path }
