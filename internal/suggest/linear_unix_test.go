//go:build unix

package suggest

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// A hostile account costs no more than its length: ten times as much text takes about ten times the work, where
// what grows with the square would take a hundred times. Measured is this process's own time on the processor, so
// that others on the machine do not matter.
func TestWorkIsLinear(t *testing.T) {
	r := mustNew(t)
	for _, unit := range []string{"he threatened to kill me if i ", "never not no ", "i was i was i was ", "'", "a-", "locked her ", "x", "ﷺ", "\n- hit me?"} {
		if grows := growth(t, func(n int) { r.Read(strings.Repeat(unit, n/len(unit)), "en") }); grows > 35 {
			t.Errorf("%q: ten times the text costs %.0f times the work", unit, grows)
		}
	}
	sum := 0
	if grows := growth(t, func(n int) {
		for i := range n / 100 * n {
			sum += i % 7
		}
	}); grows < 50 {
		t.Errorf("work that grows with the square is measured to grow %.0f times (%d)", grows, sum)
	}
}

// growth is how many times more 80 KiB cost than 8 KiB, at best of three.
func growth(t *testing.T, work func(n int)) float64 {
	t.Helper()
	took := func(n int) time.Duration {
		best := time.Hour
		for range 3 {
			start := used(t)
			work(n)
			best = min(best, used(t)-start)
		}
		return max(best, 100*time.Microsecond)
	}
	few := took(8 << 10)
	return float64(took(80<<10)) / float64(few)
}

func used(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
