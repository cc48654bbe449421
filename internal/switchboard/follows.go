package switchboard

import (
	"slices"
	"sync"

	"amparo/internal/id"
)

// maxStreams is how many streams one visitor may have: several windows, and some that were lost.
const maxStreams = 8

// follows knows the open streams of each visitor.
type follows struct {
	mu sync.Mutex
	of map[id.Conversation][]*func()
}

// enter counts one more stream, ends the oldest if there are too many, and gives what ends this one.
func (f *follows) enter(c id.Conversation, stop func()) func() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of == nil {
		f.of = map[id.Conversation][]*func(){}
	}
	all := append(f.of[c], &stop)
	if len(all) > maxStreams {
		(*all[0])()
		all = all[1:]
	}
	f.of[c] = all
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		stop()
		f.of[c] = slices.DeleteFunc(f.of[c], func(o *func()) bool { return o == &stop })
		if len(f.of[c]) == 0 {
			delete(f.of, c)
		}
	}
}
