package hub

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const partner = "https://clinic.example"

// framing is a fixture whose hub may be shown by a partner.
func framing(t *testing.T) *fixture {
	f := open(t, "")
	c := f.hub.Config
	c.Partners = []string{partner}
	h, err := New(c)
	f.must(err)
	t.Cleanup(h.Close)
	f.hub = h
	return f
}

func TestOnlyPartnersMayFrame(t *testing.T) {
	f := framing(t)
	w := f.get("/embed/es/find")
	if csp := w.Header().Get("Content-Security-Policy"); w.Code != 200 || !strings.Contains(csp, "frame-ancestors "+partner+";") {
		t.Errorf("%d, %s", w.Code, csp)
	}
	for path, code := range map[string]int{"/es/find": 200, "/embed/es/talk": 404, "/embed/es/": 404, "/embed/en/nowhere": 404} {
		w := f.get(path)
		if csp := w.Header().Get("Content-Security-Policy"); w.Code != code || code == 200 && !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: %d, %s", path, w.Code, csp)
		}
	}
	if w := open(t, "").get("/embed/es/find"); w.Code != 404 {
		t.Errorf("without partners: %d", w.Code)
	}
	// A sandboxed frame is of no origin; its form is answered in the frame.
	w = f.do("POST", "/embed/es/find", url.Values{"need": {"shelter"}}, "Sec-Fetch-Site", "cross-site", "Origin", "null")
	if w.Code != 200 || !strings.Contains(w.Header().Get("Content-Security-Policy"), partner) {
		t.Errorf("the form: %d", w.Code)
	}
	if w := f.do("POST", "/es/find", url.Values{}, "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("the site's own form from elsewhere: %d", w.Code)
	}
}

func TestAFramedPageLeadsOut(t *testing.T) {
	f := framing(t)
	page := f.get("/embed/en/find").Body.String()
	exitFirst(t, "/embed/en/find", page)
	base, forms := "", 0
	walk(t, page, func(n *html.Node) {
		switch n.Data {
		case "base":
			base = attr(n, "target")
		case "form":
			forms++
			if attr(n, "action") != "/embed/en/find" || attr(n, "target") != "_self" {
				t.Errorf("a form goes to %s in %s", attr(n, "action"), attr(n, "target"))
			}
		case "a":
			if strings.HasPrefix(attr(n, "href"), embedPrefix) {
				t.Errorf("%s stays in the frame's address", attr(n, "href"))
			}
		}
	})
	if base != "_top" || forms != 1 {
		t.Errorf("links open in %q; %d forms", base, forms)
	}
}

func TestPartnersAreOrigins(t *testing.T) {
	f := open(t, "")
	for _, wrong := range []string{"clinic.example", "https://clinic.example/", "https://*", "https://a.example; script-src *", "javascript:x", ""} {
		c := f.hub.Config
		c.Partners = []string{wrong}
		if _, err := New(c); err == nil || !strings.Contains(err.Error(), "partner") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}
