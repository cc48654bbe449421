package app

import (
	"context"
	"io"
	"log/slog"
	"slices"
)

// logged are the only attributes that reach a log. Whatever else a call adds, by mistake or not, is
// left out: a log never holds personal data, an id of a person's thing, or a visitor's address.
var logged = []string{
	"wing", "route", "status", "ms", "kind", "err", "addr", "version", "problem", "count", "pack", "panic",
}

// newLog writes JSON lines of allowed attributes to w.
func newLog(w io.Writer) *slog.Logger { return slog.New(allowList{slog.NewJSONHandler(w, nil)}) }

// allowList is a slog.Handler that passes on only the attributes that are logged.
type allowList struct{ next slog.Handler }

func (h allowList) Enabled(ctx context.Context, l slog.Level) bool { return h.next.Enabled(ctx, l) }

func (h allowList) Handle(ctx context.Context, r slog.Record) error {
	out := slog.NewRecord(r.Time, r.Level, r.Message, 0)
	r.Attrs(func(a slog.Attr) bool {
		out.AddAttrs(allowed([]slog.Attr{a})...)
		return true
	})
	return h.next.Handle(ctx, out)
}

func (h allowList) WithAttrs(as []slog.Attr) slog.Handler {
	return allowList{h.next.WithAttrs(allowed(as))}
}

// WithGroup is left out: a group could hide a name that is not allowed.
func (h allowList) WithGroup(string) slog.Handler { return h }

func allowed(as []slog.Attr) []slog.Attr {
	return slices.DeleteFunc(slices.Clone(as), func(a slog.Attr) bool { return !slices.Contains(logged, a.Key) })
}
