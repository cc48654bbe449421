package casework

import "amparo/law"

// Asked tells, by id, which questions belong on a case's cards under a body of law: those that a rule rests
// on, the circumstances, and those that the coded row is filled from. Packs share one vocabulary, which is
// longer than what any of them asks.
func Asked(pack *law.Pack) map[string]bool {
	asked := map[string]bool{}
	for _, q := range pack.Questions {
		asked[q.ID] = true
	}
	for _, q := range pack.Unused() {
		delete(asked, q)
	}
	for _, q := range coded() {
		if _, known := pack.Question(q); known {
			asked[q] = true
		}
	}
	return asked
}
