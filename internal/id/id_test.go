package id_test

import (
	"testing"

	"amparo/internal/id"
)

func TestNewIsValidAndFresh(t *testing.T) {
	seen := map[id.Case]bool{}
	for range 1000 {
		v := id.New[id.Case]()
		if !id.Valid(v) || seen[v] {
			t.Fatalf("%q: valid %v, seen %v", v, id.Valid(v), seen[v])
		}
		seen[v] = true
	}
	for _, bad := range []id.Case{"", "short", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxy1", "abcdefghijklmnopqrstuvwxyz2"} {
		if id.Valid(bad) {
			t.Errorf("%q is taken for an id", bad)
		}
	}
}
