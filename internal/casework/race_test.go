package casework_test

import (
	"sync"
	"testing"
	"time"

	"amparo/internal/desk/desktest"
)

// The same member in two windows. Run with -race; without it a map that is written while it is read
// ends the program too, sooner or later.
func TestTurningAKeyInTwoWindows(t *testing.T) {
	o := desktest.New(t, time.Now)
	sol := o.Session("sol", nil)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			for range 20 {
				if err := sol.TurnQueueKey(t.Context(), time.Now()); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	both.Wait()
}
