package app

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// A watch counts what a sweep has done, and shows it at a terminal.
type watch struct {
	size  int64 // of the file; 0 where it is not known
	start time.Time
	bar   io.Writer // nil shows nothing

	read            int64
	journeys, wrong int
	differ          int
	busy, logic     time.Duration // of all workers together
	drawn           time.Time
	shown           bool
}

// between is how often progress is drawn.
const between = 100 * time.Millisecond

// seen counts one more chunk, all of which is written.
func (w *watch) seen(c *chunk) {
	w.read += int64(c.size)
	w.journeys, w.wrong, w.differ = w.journeys+c.journeys, w.wrong+len(c.wrong), w.differ+c.differ
	w.busy, w.logic = w.busy+c.busy, w.logic+c.logic
	if now := time.Now(); w.bar != nil && now.Sub(w.drawn) >= between {
		fmt.Fprint(w.bar, "\r", w.line(now), "\x1b[K")
		w.drawn, w.shown = now, true
	}
}

// line is the progress so far.
func (w *watch) line(now time.Time) string {
	const width = 24
	took := now.Sub(w.start).Seconds()
	s := fmt.Sprintf("%s, %.0f a second", count(w.journeys, "journey"), rate(w.journeys, took))
	if w.size <= 0 {
		return s
	}
	part := min(1, float64(w.read)/float64(w.size))
	full := int(part * width)
	s = fmt.Sprintf("[%s%s] %3.0f%%  %s", strings.Repeat("=", full), strings.Repeat(" ", width-full), 100*part, s)
	if part > 0 && part < 1 {
		s += fmt.Sprintf(", %.0f s left", took/part-took)
	}
	return s
}

// clear takes the bar away, so that other words can stand there.
func (w *watch) clear() {
	if w.shown {
		fmt.Fprint(w.bar, "\r\x1b[K")
		w.shown = false
	}
}

// closing sums up.
func (w *watch) closing(now time.Time, err error, against bool) string {
	took := now.Sub(w.start).Seconds()
	var b strings.Builder
	switch err {
	case nil:
	case unwatched:
		b.WriteString("stopped, since nobody reads the findings any more, after ")
	case stopped:
		b.WriteString("stopped, as asked, after ")
	default:
		b.WriteString("broken off after ")
	}
	share := 0.0
	if w.busy > 0 {
		share = 100 * float64(w.logic) / float64(w.busy)
	}
	fmt.Fprintf(&b, "%s in %.2f s: %.0f a second; %.1f%% of the work was logic", count(w.journeys, "journey"), took, rate(w.journeys, took), share)
	if against {
		fmt.Fprintf(&b, "; a finding differs in %d", w.differ)
	}
	if w.wrong > 0 {
		fmt.Fprintf(&b, "; %s could not be read", count(w.wrong, "line"))
	}
	return b.String()
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func rate(n int, seconds float64) float64 {
	if seconds <= 0 {
		return 0
	}
	return float64(n) / seconds
}
