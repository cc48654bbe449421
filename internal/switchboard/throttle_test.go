package switchboard

import (
	"fmt"
	"testing"
	"time"
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
