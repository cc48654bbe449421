package switchboard

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"amparo/internal/fault"
	"amparo/internal/staff"
)

func TestNamingManyHandlesDoesNotFreeTheOneGuessedAt(t *testing.T) {
	var tries throttle
	now := time.Now()
	for range triesAtOnce {
		tries.allow("ana", now)
	}
	if tries.allow("ana", now) {
		t.Fatal("a sixth try at once is allowed")
	}
	for i := range handlesKnown + 100 {
		tries.allow(fmt.Sprint("h", i), now)
	}
	if tries.allow("ana", now) {
		t.Error("the handle guessed at was forgotten")
	}
	if len(tries.seen) > handlesKnown {
		t.Errorf("%d handles are known", len(tries.seen))
	}
	if !tries.allow("ana", now.Add(trySeconds*time.Second)) {
		t.Error("no try is given back in time")
	}
}

func TestHandlesThatNobodyCanHaveAreNotRemembered(t *testing.T) {
	s := New(nil, nil, time.Now)
	for _, handle := range []string{"", strings.Repeat("x", 1<<20), "Ana", "ana\x00"} {
		if _, err := s.LogIn(t.Context(), staff.Login{Handle: handle}); fault.KindOf(err) != fault.Stranger {
			t.Errorf("a handle of %d bytes: %v", len(handle), err)
		}
	}
	if len(s.tries.seen) > 0 {
		t.Errorf("%d handles are kept in memory", len(s.tries.seen))
	}
}
