package store

import (
	"time"

	"amparo/internal/staff"
	"amparo/internal/switchboard"
)

var sessions = shape[switchboard.Session]{
	"session", "token, member, valid_until, seen",
	func(s *switchboard.Session) []any { return []any{&s.Token, &s.Member, &s.Until, &s.Seen} },
}

func (t *tx) AddSession(s switchboard.Session) error { return add(t, sessions, s) }

func (t *tx) Session(token switchboard.TokenHash) (switchboard.Session, error) {
	return pick(t, sessions, "WHERE token = $1", token)
}

func (t *tx) SeeSession(token switchboard.TokenHash, at time.Time) error {
	return t.change("UPDATE session SET seen = $1 WHERE token = $2", at, token)
}

func (t *tx) DropSession(token switchboard.TokenHash) error {
	return t.change("DELETE FROM session WHERE token = $1", token)
}

func (t *tx) DropSessionsBefore(until time.Time) error {
	_, err := t.exec("DELETE FROM session WHERE valid_until < $1", until)
	return err
}

func (t *tx) SeenSince(at time.Time, roles ...staff.Role) (bool, error) {
	if len(roles) == 0 {
		return false, nil
	}
	args := []any{at}
	for _, r := range roles {
		args = append(args, r)
	}
	n, err := number(t, "SELECT COUNT(*) FROM session JOIN member ON member.id = session.member"+
		" WHERE seen >= $1 AND role IN ("+dollars(2, len(roles))+")", args...)
	return n > 0, err
}
