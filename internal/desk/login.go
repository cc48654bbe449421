package desk

import (
	"net/http"
	"regexp"
	"strings"

	"amparo/internal/casework"
	"amparo/internal/fault"
)

type loginPage struct {
	page
	Name   string // as typed
	Failed string // key of the words, or ""
}

func (d *desk) login(w http.ResponseWriter, r *http.Request, v visit) error {
	if v.sitting != nil {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	}
	return d.show(w, http.StatusOK, "login.html", loginPage{page: d.newPage(r, v)})
}

// logIn tries a passphrase. Whatever is wrong with it, the answer is the same.
func (d *desk) logIn(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := form(r); err != nil {
		return err
	}
	handle := r.PostFormValue("handle")
	again := func(status int, failed string) error {
		return d.show(w, status, "login.html", loginPage{page: d.newPage(r, visit{say: v.say}), Name: handle, Failed: failed})
	}
	if len(handle) > 100 || len(r.PostFormValue("passphrase")) > 1000 {
		return again(http.StatusForbidden, "login.failed")
	}
	select {
	case d.deriving <- struct{}{}:
		defer func() { <-d.deriving }()
	case <-r.Context().Done():
		return r.Context().Err()
	}
	s, err := casework.LogIn(r.Context(), d.Gate, handle, r.PostFormValue("passphrase"))
	switch fault.KindOf(err) {
	case "":
	case fault.Stranger, fault.Unknown, fault.Invalid:
		return again(http.StatusForbidden, "login.failed")
	case fault.Slow:
		return again(http.StatusTooManyRequests, "login.slow")
	case fault.Busy:
		return again(http.StatusServiceUnavailable, "login.hub")
	default:
		return err
	}
	if v.sitting != nil { // another member at the same browser
		d.sittings.drop(v.token)
	}
	d.setCookie(w, d.cookieName(), d.sittings.add(s, v.say.Tag), 0)
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

func (d *desk) logOut(w http.ResponseWriter, r *http.Request, v visit) error {
	d.sittings.drop(v.token)
	d.setCookie(w, d.cookieName(), "", -1)
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}

// home leads to the first place that the role may go to.
func (d *desk) home(w http.ResponseWriter, r *http.Request, v visit) error {
	for _, m := range places {
		if v.Me.Role.May(m.right) {
			http.Redirect(w, r, m.path, http.StatusSeeOther)
			return nil
		}
	}
	return fault.New(fault.Unknown, "role %q has no place", v.Me.Role)
}

// language sets the language of the pages, in the sitting or, before it, in a cookie.
func (d *desk) language(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := form(r); err != nil {
		return err
	}
	lang := r.PostFormValue("lang")
	if !d.words.Has(lang) {
		return fault.New(fault.Unknown, "no such language")
	}
	d.setCookie(w, langCookie, lang, 365*24*3600)
	if v.sitting != nil {
		v.mu.Lock()
		v.lang = lang
		v.mu.Unlock()
	}
	http.Redirect(w, r, ours(r.PostFormValue("to"), "/"), http.StatusSeeOther)
	return nil
}

var ownPath = regexp.MustCompile(`^/[A-Za-z0-9][A-Za-z0-9/._-]{0,298}(\?[A-Za-z0-9=&%,._-]{0,200})?$`)

// ours gives a path if it is one of this site and nothing else, or the other. Browsers drop tabs and turn
// backslashes, so that only plain letters will do.
func ours(path, other string) string {
	if ownPath.MatchString(path) && !strings.Contains(path, "//") {
		return path
	}
	return other
}
