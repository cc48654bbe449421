package directory

import (
	"fmt"
	"strings"
	"time"
)

// age is how many days before a moment the entry was checked, or -1 where that is not known.
func (s Service) age(at time.Time) int {
	checked, err := time.Parse(time.DateOnly, s.AssuredDate)
	if err != nil || checked.After(at) {
		return -1
	}
	return int(at.Sub(checked).Hours() / 24)
}

// Notes is what to know of a service at a moment, whatever is asked.
func (s Service) Notes(at time.Time) []Reason { return s.notes(at, s.Open(at), s.age(at)) }

// notes is what to know of a service whatever was asked.
func (s Service) notes(at time.Time, open Answer, age int) []Reason {
	out := []Reason{reason("open", open, open.String())}
	switch {
	case age > Old:
		out = append(out, reason("checked", Unknown, "old", s.AssuredDate, age))
	case age >= 0:
		out = append(out, reason("checked", Yes, "days", s.AssuredDate, age))
	case s.AssuredDate != "":
		out = append(out, reason("checked", Unknown, "ahead", s.AssuredDate))
	default:
		out = append(out, reason("checked", Unknown, "unknown"))
	}
	if len(s.Documents) > 0 {
		out = append(out, reason("papers", Yes, "listed", strings.Join(s.Documents, "; ")))
	} else {
		out = append(out, reason("papers", Unknown, "unknown"))
	}
	out = append(out, s.cost())
	if ages := s.ages(); ages != "" {
		out = append(out, reason("age", Yes, "said", ages))
	}
	if s.Confidential {
		out = append(out, reason("place", Yes, "confidential"))
	}
	if s.Alert != "" {
		out = append(out, reason("alert", Yes, "said", s.Alert))
	}
	return out
}

// cost puts prices, or else the words about them, in a reason.
func (s Service) cost() Reason {
	free := len(s.Costs) > 0
	var said []string
	for _, c := range s.Costs {
		free = free && c.Said && c.Amount == 0
		var parts []string
		if c.Said {
			parts = append(parts, strings.TrimSpace(fmt.Sprintf("%g %s", c.Amount, strings.ToUpper(c.Currency))))
		}
		for _, p := range []string{c.Description, c.Option} {
			if p != "" {
				parts = append(parts, p)
			}
		}
		said = append(said, strings.Join(parts, ", "))
	}
	if s.Fees != "" {
		said = append(said, s.Fees)
	}
	switch text := strings.Join(said, "; "); {
	case free && s.Fees == "":
		return reason("cost", Yes, "free")
	case text != "":
		return reason("cost", Yes, "said", text)
	}
	return reason("cost", Unknown, "unknown")
}

// ages is the ages that a service is for, such as 18+, 0–17 or 12–25; "" where it does not say.
func (s Service) ages() string {
	switch {
	case s.MinimumAge >= 0 && s.MaximumAge >= 0:
		return fmt.Sprintf("%d–%d", s.MinimumAge, s.MaximumAge)
	case s.MinimumAge >= 0:
		return fmt.Sprintf("%d+", s.MinimumAge)
	case s.MaximumAge >= 0:
		return fmt.Sprintf("0–%d", s.MaximumAge)
	}
	return ""
}
