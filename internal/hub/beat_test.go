package hub

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestTimePasses runs on a clock of its own: a stream that stands open shows signs of life, tells when
// nobody is on duty any more, and is missed a minute after it broke.
func TestTimePasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "")
		f.member()
		b := f.browser().started()
		s := f.stream("GET", "/v1/events", nil, b.headers()...)
		synctest.Wait()
		if text := s.all(); !strings.Contains(text, `"onDuty":true`) {
			t.Errorf("at first: %s", text)
		}
		before := len(s.all())
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		text := s.all()[before:]
		if beats := strings.Count(text, ":\n\n"); beats != 10 || // nine, and one that brings the news
			!strings.Contains(text, `"onDuty":false,"line":"Ahora no hay nadie aquí.`) {
			t.Errorf("%d signs of life in three minutes: %s", beats, text)
		}
		s.stop()
		<-s.done
		time.Sleep(59 * time.Second)
		synctest.Wait()
		if f.waiting().Gone {
			t.Error("missed too early")
		}
		again := f.stream("GET", "/v1/events", nil, b.headers()...)
		synctest.Wait()
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if f.waiting().Gone {
			t.Error("missed while there")
		}
		again.stop()
		<-again.done
		time.Sleep(61 * time.Second)
		synctest.Wait()
		if !f.waiting().Gone {
			t.Error("not missed after a minute")
		}
	})
}
