package casefile

import (
	"regexp"

	"amparo/internal/fault"
)

// Rejected lists the proposals of the word list that members have turned down, so that no colleague is asked again.
// It holds no words: each key is a digest of random ids, a question, an answer and a place.
type Rejected struct {
	Keys []string `json:"keys,omitempty"`
}

var keyForm = regexp.MustCompile(`^[0-9a-f]{16}$`)

// Kind is KindRejected.
func (Rejected) Kind() Kind { return KindRejected }

// Check asks that each key is 16 hexadecimal digits.
func (r Rejected) Check() error {
	for _, k := range r.Keys {
		if !keyForm.MatchString(k) {
			return fault.Field("proposal", "not the key of a proposal")
		}
	}
	return bounded("rejected", len(r.Keys))
}
