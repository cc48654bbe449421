package switchboard

import "amparo/internal/staff"

// WithRole is the actor with a role that no session could give.
func (a Actor) WithRole(r staff.Role) Actor {
	a.member.Role = r
	return a
}
