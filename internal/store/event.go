package store

import "amparo/internal/switchboard"

var events = shape[switchboard.Event]{
	"event", "seq, made, member, did, about, reason",
	func(e *switchboard.Event) []any { return []any{&e.Seq, &e.At, &e.By, &e.Did, &e.To, &e.Reason} },
}

// Record numbers events from 1 without a gap, in the order in which their writes were kept.
func (t *tx) Record(e switchboard.Event) error {
	_, err := t.exec("INSERT INTO event (seq, made, member, did, about, reason)"+
		" VALUES ((SELECT COALESCE(MAX(seq), 0) + 1 FROM event), $1, $2, $3, $4, $5)", e.At, e.By, e.Did, e.To, e.Reason)
	return err
}

func (t *tx) Events(after uint64) ([]switchboard.Event, error) {
	return list(t, events, "WHERE seq > $1 ORDER BY seq", after)
}
