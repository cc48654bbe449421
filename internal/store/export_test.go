package store

import "testing"

// Impatient makes stores that are opened in this test wait hardly at all for others.
func Impatient(t *testing.T) {
	was := pragmas
	pragmas = append([]string{"busy_timeout(20)"}, was[1:]...)
	t.Cleanup(func() { pragmas = was })
}

// Translate is translate, for errors that no test can provoke.
var Translate = translate
