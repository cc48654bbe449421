package directory

import (
	"testing"
	"time"
)

func TestOpen(t *testing.T) {
	for _, c := range []struct {
		schedule, at string
		want         Answer
	}{
		// Hours in New York: UTC-5 in winter, UTC-4 in summer.
		{`{"freq":"WEEKLY","byday":"MO,TU","opens_at":"09:00","closes_at":"17:00"}`, "2026-01-05T14:00:00Z", Yes},
		{`{"freq":"WEEKLY","byday":"MO,TU","opens_at":"09:00","closes_at":"17:00"}`, "2026-01-05T13:59:00Z", No},
		{`{"freq":"WEEKLY","byday":"MO,TU","opens_at":"09:00","closes_at":"17:00"}`, "2026-07-06T13:00:00Z", Yes},
		{`{"freq":"WEEKLY","byday":"MO,TU","opens_at":"09:00","closes_at":"17:00"}`, "2026-01-05T22:00:00Z", No},
		{`{"freq":"WEEKLY","byday":"MO,TU","opens_at":"09:00","closes_at":"17:00"}`, "2026-01-07T15:00:00Z", No},
		// An offset in the hours, or in HSDS's own field, goes before the zone.
		{`{"freq":"WEEKLY","byday":"MO","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-05T09:30:00Z", Yes},
		{`{"freq":"WEEKLY","byday":"MO","opens_at":"09:00+05:30","closes_at":"10:00+05:30"}`, "2026-01-05T04:00:00Z", Yes},
		{`{"freq":"WEEKLY","byday":"MO","opens_at":"09:00","closes_at":"10:00","timezone":3}`, "2026-01-05T06:30:00Z", Yes},
		// Past midnight, and day and night.
		{`{"freq":"WEEKLY","byday":"FR","opens_at":"20:00Z","closes_at":"04:00Z"}`, "2026-01-10T03:59:00Z", Yes},
		{`{"freq":"WEEKLY","byday":"FR","opens_at":"20:00Z","closes_at":"04:00Z"}`, "2026-01-09T03:59:00Z", No},
		{`{"freq":"WEEKLY","byday":"FR","opens_at":"20:00Z","closes_at":"04:00Z"}`, "2026-01-10T04:00:00Z", No},
		{`{"freq":"WEEKLY","byday":"MO","opens_at":"00:00Z","closes_at":"24:00Z"}`, "2026-01-05T23:59:00Z", Yes},
		{`{"freq":"WEEKLY","byday":"MO","opens_at":"00:00Z","closes_at":"24:00Z"}`, "2026-01-06T00:00:00Z", No},
		// Every second week.
		{`{"freq":"WEEKLY","interval":2,"dtstart":"2026-01-06","byday":"TH","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-08T09:00:00Z", Yes},
		{`{"freq":"WEEKLY","interval":2,"dtstart":"2026-01-06","byday":"TH","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-15T09:00:00Z", No},
		{`{"freq":"WEEKLY","interval":2,"byday":"TH","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-15T09:00:00Z", Unknown},
		// Of the month.
		{`{"freq":"MONTHLY","byday":"2MO","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-12T09:00:00Z", Yes},
		{`{"freq":"MONTHLY","byday":"2MO","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-05T09:00:00Z", No},
		{`{"freq":"MONTHLY","byday":"-1FR","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-30T09:00:00Z", Yes},
		{`{"freq":"MONTHLY","byday":"-1FR","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-23T09:00:00Z", No},
		{`{"freq":"MONTHLY","bymonthday":"1,-1","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-02-28T09:00:00Z", Yes},
		{`{"freq":"MONTHLY","bymonthday":"1,-1","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-02-27T09:00:00Z", No},
		// Not yet, no longer.
		{`{"valid_from":"2026-02-01","freq":"WEEKLY","byday":"MO","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-05T09:00:00Z", No},
		{`{"valid_to":"2026-01-05","freq":"WEEKLY","byday":"MO","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-05T09:00:00Z", Yes},
		{`{"until":"2026-01-04","freq":"WEEKLY","byday":"MO","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-05T09:00:00Z", No},
		// Not enough said.
		{`{"description":"By appointment"}`, "2026-01-05T09:00:00Z", Unknown},
		{`{"byday":"MO","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-05T09:00:00Z", Unknown},
		{`{"freq":"WEEKLY","opens_at":"09:00Z","closes_at":"10:00Z"}`, "2026-01-05T09:00:00Z", Unknown},
		{`{"freq":"WEEKLY","byday":"MO","opens_at":"09:00Z","closes_at":"10:00Z","count":3}`, "2026-01-05T09:00:00Z", Unknown},
	} {
		zone, err := time.LoadLocation("America/New_York")
		if err != nil {
			t.Fatal(err)
		}
		v, err := decode([]byte(`{"id":"s","name":"n","status":"active","schedules":[{"id":"1",` + c.schedule[1:] + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		r := &reading{}
		s := Service{Schedules: schedules(r.object("s", "service", v), zone)}
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil || r.err != nil {
			t.Fatal(c.schedule, err, r.err)
		}
		if got := s.Open(at); got != c.want {
			t.Errorf("%s at %s: %v, want %v", c.schedule, c.at, got, c.want)
		}
	}
}

func TestOpenWithoutZone(t *testing.T) {
	s := Service{Schedules: []Schedule{{freq: "WEEKLY", interval: 1, days: []day{{0, time.Monday}}, opens: 0, closes: 1440}}}
	if got := s.Open(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)); got != Unknown {
		t.Errorf("hours without a zone: %v", got)
	}
}
