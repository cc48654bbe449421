package release_test

import (
	"testing"
	"time"

	"amparo/internal/release"
	"amparo/internal/release/invented"
)

func BenchmarkMake(b *testing.B) {
	rows := invented.Rows()
	for name, by := range map[string][]string{
		"2 fields": {"Gender", "amparoAct"},
		"3 fields": {"Gender", "amparoAct", "amparoYear"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := release.Make(rows, by, release.Options{On: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
