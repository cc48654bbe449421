package desk

import (
	"net/http"
	"strings"

	"amparo/internal/casework"
	"amparo/internal/staff"
)

type teamPage struct {
	page
	Members    []staff.Member
	Roles      []option
	New        string // handle in the form
	Made       string // handle of a member just made
	Passphrase string // theirs, shown once
	KeyFrom    string // the queue key in force
	KeyUntil   string
}

func (d *desk) team(w http.ResponseWriter, r *http.Request, v visit) error {
	return d.showTeam(w, r, v, "", "")
}

func (d *desk) showTeam(w http.ResponseWriter, r *http.Request, v visit, made, passphrase string) error {
	return d.show(w, http.StatusOK, "team.html", d.teamPage(r, v, made, passphrase))
}

func (d *desk) teamPage(r *http.Request, v visit, made, passphrase string) teamPage {
	p := teamPage{page: d.newPage(r, v), Members: v.Members(), Made: made, Passphrase: passphrase}
	p.New = p.Old("handle", "")
	for _, role := range staff.Roles {
		p.Roles = append(p.Roles, option{string(role), v.say.T("role." + string(role)), p.Old("role", string(staff.Advocate)) == string(role)})
	}
	if k, err := v.QueueKey(d.Now()); err == nil {
		p.KeyFrom, p.KeyUntil = k.From.In(d.zone).Format("2006-01-02"), k.Until.In(d.zone).Format("2006-01-02")
	}
	return p
}

// admit adds a member. Their passphrase is on the page that answers, once: it is not kept, so that
// there is no page to come back to.
func (d *desk) admit(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := form(r); err != nil {
		return err
	}
	n := casework.Newcomer{Handle: strings.TrimSpace(r.PostFormValue("handle")), Role: staff.Role(r.PostFormValue("role"))}
	passphrase, err := v.Admit(r.Context(), n, d.Now())
	if passphrase == "" {
		return d.back(w, r, v, "/team", "", err)
	}
	if err != nil { // made, but not given every key: the passphrase must still be shown
		d.Log.Error("member was made without all keys", "err", err)
	}
	r.URL.Path = "/team"
	return d.showTeam(w, r, v, n.Handle, passphrase)
}

func (d *desk) turnKey(w http.ResponseWriter, r *http.Request, v visit) error {
	return d.back(w, r, v, "/team", "turned", v.TurnQueueKey(r.Context(), d.Now()))
}
