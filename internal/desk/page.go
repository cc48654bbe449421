package desk

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"amparo/internal/casework"
	"amparo/internal/fault"
	"amparo/internal/locale"
	"amparo/internal/staff"
)

// A visit is one request by a member, or by somebody not logged in: then sitting is nil.
type visit struct {
	*sitting
	say   locale.Say
	token string
}

// An action answers a request, or gives why not.
type action func(http.ResponseWriter, *http.Request, visit) error

// langCookie keeps the language of who is not logged in.
const langCookie = "lang"

// open makes a handler of an action that needs no login.
func (d *desk) open(f action) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := d.visit(r)
		if err := f(w, r, v); err != nil {
			d.fail(w, r, v, err)
		}
	}
}

// stream says whether a request is for a stream, which a page makes and no person.
func stream(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/live") }

func (d *desk) visit(r *http.Request) visit {
	s, token := d.sitting(r, !stream(r))
	lang := d.words.Suggest(r.Header.Get("Accept-Language"))
	if c, err := r.Cookie(langCookie); err == nil && d.words.Has(c.Value) {
		lang = c.Value
	}
	if s != nil {
		lang = s.language()
	}
	return visit{s, d.words.In(lang), token}
}

// in makes a handler of an action that needs a login and, unless right is empty, that right. To a role
// without it the address does not exist.
func (d *desk) in(right staff.Right, f action) http.HandlerFunc {
	return d.open(func(w http.ResponseWriter, r *http.Request, v visit) error {
		if v.sitting == nil {
			if stream(r) {
				return over(w)
			}
			return errLogIn
		}
		if right != "" && !v.Me.Role.May(right) {
			return fault.New(fault.Unknown, "role %q has no right %q", v.Me.Role, right)
		}
		return f(w, r, v)
	})
}

var (
	errLogIn = fault.New(fault.Stranger, "not logged in")
	errCross = fault.New(fault.Invalid, "a form from another site")
	errGone  = errors.New("desk: the reader is gone")
)

// A page is what every page shows besides its own.
type page struct {
	locale.Say
	Hosted, Banner bool
	Handle         string // empty when nobody is logged in
	Role           staff.Role
	Menu           []item
	Path           string
	Assets         assets
	Flash          flash
	Odd            []string // what an honest hub does not do, in words
}

// An item is one place in the menu.
type item struct {
	Path, Words string
	Here        bool
}

// places is the menu: what a right leads to.
var places = []struct {
	right       staff.Right
	path, words string
}{
	{staff.Answer, "/queue", "menu.queue"},
	{staff.Keep, "/cases", "menu.cases"},
	{staff.Count, "/numbers", "menu.numbers"},
	{staff.Admit, "/team", "menu.team"},
}

func (d *desk) newPage(r *http.Request, v visit) page {
	p := page{Say: v.say, Hosted: d.Hosted, Banner: d.Banner, Path: r.URL.Path, Assets: d.assets}
	if v.sitting == nil {
		return p
	}
	p.Handle, p.Role, p.Flash = v.Me.Handle, v.Me.Role, v.take(r.URL.Path)
	p.Menu = menu(v.say, v.Me.Role, r.URL.Path)
	p.Odd = odd(v.say, v.Warnings())
	return p
}

func menu(say locale.Say, role staff.Role, at string) (out []item) {
	for _, m := range places {
		if role.May(m.right) {
			out = append(out, item{m.path, say.T(m.words), at == m.path || strings.HasPrefix(at, m.path+"/")})
		}
	}
	return out
}

// odd says each sign once, however often it was seen.
func odd(say locale.Say, ws []casework.Warning) (out []string) {
	told := map[casework.Sign]bool{}
	for _, w := range ws {
		if !told[w.Sign] {
			told[w.Sign] = true
			out = append(out, say.T("odd."+string(w.Sign)))
		}
	}
	return out
}

// Problem says in words what was wrong with the last form, or "".
func (p page) Problem() string {
	if p.Flash.Kind == "" {
		return ""
	}
	said := p.T("problem." + string(p.Flash.Kind))
	if p.Flash.Field != "" {
		if p.Flash.Kind == fault.Invalid {
			if wrong := p.T("wrong." + p.Flash.Field); !strings.HasPrefix(wrong, "[") {
				return wrong
			}
		}
		if field := p.T("field." + p.Flash.Field); !strings.HasPrefix(field, "[") {
			return field + ": " + said
		}
	}
	return said
}

// Old gives what a form that was refused had in a field, or what is there now.
func (p page) Old(field, now string) string {
	if p.Flash.Kind != "" && p.Flash.Form.Has(field) {
		return p.Flash.Form.Get(field)
	}
	return now
}

// show renders a page whole before it writes anything, so that a mistake gives an error page.
func (d *desk) show(w http.ResponseWriter, status int, name string, data any) error {
	var b bytes.Buffer
	if err := d.pages.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := io.Copy(w, &b); err != nil {
		return errGone
	}
	return nil
}

// back answers a form by a redirect. What the member can put right is told on the page they come to,
// with what they had written; anything else is an error page.
func (d *desk) back(w http.ResponseWriter, r *http.Request, v visit, to, done string, err error) error {
	switch k := fault.KindOf(err); k {
	case "":
		if done != "" {
			v.note(to, flash{Done: done})
		}
	case fault.Invalid, fault.TooLong, fault.Conflict, fault.Ended, fault.Full, fault.Busy, fault.Slow:
		v.note(to, flash{Kind: k, Field: fault.FieldOf(err), Form: r.PostForm})
	default:
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// leave sends the whole browser elsewhere, also when htmx asked for a part of a page.
func leave(w http.ResponseWriter, r *http.Request, to string) {
	if r.Header.Get("HX-Request") == "true" {
		w.Header().Set("HX-Redirect", to)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusBadRequest, fault.Unknown: http.StatusNotFound, fault.Conflict: http.StatusConflict,
	fault.Ended: http.StatusGone, fault.TooLong: http.StatusRequestEntityTooLarge, fault.Full: http.StatusInsufficientStorage,
	fault.Busy: http.StatusServiceUnavailable, fault.Slow: http.StatusTooManyRequests,
}

// An errorPage tells calmly that something is not there or did not work.
type errorPage struct {
	page
	What string // "problem.…"
}

// fail is the one place that decides what a member is told of an error.
func (d *desk) fail(w http.ResponseWriter, r *http.Request, v visit, err error) {
	if errors.Is(err, errGone) || r.Context().Err() != nil {
		return
	}
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) {
		err = fault.New(fault.TooLong, "body of more than %d bytes", tooLong.Limit)
	}
	kind := fault.KindOf(err)
	if kind == fault.Stranger {
		if v.sitting != nil {
			d.sittings.drop(v.token)
		}
		leave(w, r, "/login")
		return
	}
	status := statuses[kind]
	if status == 0 {
		kind, status = fault.Internal, http.StatusInternalServerError
	}
	if kind == fault.Internal {
		d.Log.Error("request failed", slog.String("kind", string(kind)), slog.Any("err", err))
	}
	p := errorPage{d.newPage(r, v), "problem." + string(kind)}
	if err := d.show(w, status, "error.html", p); err != nil && !errors.Is(err, errGone) {
		d.Log.Error("error page failed", slog.Any("err", err))
	}
}

func (d *desk) nowhere(http.ResponseWriter, *http.Request, visit) error {
	return fault.New(fault.Unknown, "no such page")
}

// form reads a form; a body that is none is an error for a page.
func form(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		var tooLong *http.MaxBytesError
		if errors.As(err, &tooLong) {
			return err
		}
		return fault.New(fault.Invalid, "form: %w", err)
	}
	return nil
}
