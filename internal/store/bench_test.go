package store_test

import (
	"path/filepath"
	"testing"

	"amparo/internal/chat"
	"amparo/internal/seal"
	"amparo/internal/store"
	"amparo/internal/store/pgtest"
)

// One message of a visitor, from the sealed bytes to the durable receipt.
func BenchmarkSay(b *testing.B) {
	for name, url := range map[string]func() string{
		"sqlite":   func() string { return "sqlite:" + filepath.Join(b.TempDir(), "a.db") },
		"postgres": func() string { return pgtest.URL(b) },
	} {
		b.Run(name, func(b *testing.B) {
			s, err := store.Open(b.Context(), url())
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			h := newHub(b, s)
			v, err := newTalker(h.queue)
			if err != nil {
				b.Fatal(err)
			}
			if err := h.Open(b.Context(), v.Opening, chat.ByBrowser); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				m, err := v.next(seal.FromVisitor)
				if err != nil {
					b.Fatal(err)
				}
				r, err := h.Say(b.Context(), v.Visit, m)
				if err != nil {
					b.Fatal(err)
				}
				v.heard(m, r)
			}
		})
	}
}
