package hub

import (
	"net/http"
	"strings"

	"amparo/internal/fault"
)

// policy is the Content-Security-Policy of every page; policyPlain that of the chat without
// JavaScript, which runs none even if it were written into it.
const (
	policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; " +
		"form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'; " +
		"require-trusted-types-for 'script'; trusted-types 'none'"
	policyPlain = "default-src 'none'; style-src 'self'; media-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
	policyFrame = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)

// permissions turns off everything that a browser might offer a page.
var permissions = func() string {
	off := strings.Fields(`accelerometer autoplay bluetooth
		browsing-topics camera display-capture encrypted-media fullscreen gamepad geolocation gyroscope hid
		identity-credentials-get idle-detection local-fonts magnetometer microphone midi otp-credentials payment
		picture-in-picture publickey-credentials-create publickey-credentials-get screen-wake-lock serial
		speaker-selection storage-access usb web-share window-management xr-spatial-tracking`)
	return strings.Join(off, "=(), ") + "=()"
}()

// maxBody bounds every request. It leaves room for a message far too long to be taken, so that it
// can be given back with a word instead of being lost.
const maxBody = 256 << 10

// guard is around everything: headers, bounds, no writing from other sites, and no page after Exit.
func (h *Hub) guard(next http.Handler) http.Handler {
	var cross http.CrossOriginProtection
	cross.AddInsecureBypassPattern("POST " + embedPrefix + "/") // partners' pages show ours; what they post is only read
	if h.framed {
		cross.AddInsecureBypassPattern("POST /")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hd := w.Header()
		hd.Set("Cache-Control", "no-store")
		hd.Set("Content-Security-Policy", h.policy)
		hd.Set("Referrer-Policy", "no-referrer")
		hd.Set("X-Content-Type-Options", "nosniff")
		hd.Set("Permissions-Policy", permissions)
		hd.Set("Cross-Origin-Opener-Policy", "same-origin")
		hd.Set("Cross-Origin-Resource-Policy", "same-origin")
		if h.Secure {
			hd.Set("Strict-Transport-Security", "max-age=63072000")
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)

		// Browsers that tell no Sec-Fetch-Site (Safari before 16.4, old phones) say "Origin: null" of our
		// own forms, because of no-referrer. No cookie gives a request any right here, so that a forged
		// one can do nothing a stranger could not; the check is a second lock, and may let these in.
		if r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == "null" {
			r.Header.Del("Origin")
		}
		if err := cross.Check(r); err != nil {
			h.refuse(w, r, fault.New(fault.Stranger, "%w", err))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refuse answers in the voice of what was asked: an object to a script, a page to a person.
func (h *Hub) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if strings.HasPrefix(r.URL.Path, "/v1/") {
		h.failCall(w, r, err)
		return
	}
	h.fail(w, r, h.sayFor(r), err)
}
