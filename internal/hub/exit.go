package hub

import (
	"net/http"

	"amparo/internal/locale"
)

// hasLeft says whether the visitor pressed Exit less than two minutes ago.
func hasLeft(r *http.Request) bool {
	_, err := r.Cookie("x")
	return err == nil
}

// exit leads away. It is a link and no form, because browsers hold a form's redirect to form-action.
// The cookie makes every page lead away too, for two minutes: Back finds nothing.
func (h *Hub) exit(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: "x", Value: "1", Path: "/", MaxAge: 120, HttpOnly: true, Secure: h.Secure,
		SameSite: http.SameSiteLaxMode})
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	h.away(w)
}

func (h *Hub) away(w http.ResponseWriter) {
	w.Header().Set("Location", h.ExitURL)
	w.WriteHeader(http.StatusSeeOther)
}

type exitHelpPage struct{ page }

func (h *Hub) exitHelp(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	return h.show(w, http.StatusOK, "exit-help.html", exitHelpPage{h.newPage(say, "/exit-help")})
}
