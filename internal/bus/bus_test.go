package bus_test

import (
	"testing"

	"amparo/internal/bus"
	"amparo/internal/chat"
)

func TestSlowListenerLosesNoTopic(t *testing.T) {
	var b bus.Memory
	notes, stop := b.Listen("a", "b")
	for range 1000 {
		b.Announce(chat.Note{Topic: "a", Sign: chat.Look})
	}
	b.Announce(chat.Note{Topic: "b", Sign: chat.Look})
	b.Announce(chat.Note{Topic: "c", Sign: chat.Look})
	seen := map[string]int{}
	for seen["b"] == 0 {
		seen[(<-notes).Topic]++
	}
	if seen["a"] == 0 || seen["a"] > 2 || seen["c"] != 0 {
		t.Errorf("seen %v; want a once or twice, b once, c never", seen)
	}
	stop()
	stop()
	for range notes {
	}
	b.Announce(chat.Note{Topic: "a", Sign: chat.Look}) // nobody is there: must not block
}
