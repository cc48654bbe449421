package store_test

import (
	"path/filepath"
	"testing"

	"amparo/internal/store"
	"amparo/internal/store/pgtest"
	"amparo/internal/store/storetest"
	"amparo/internal/switchboard"
)

// open gives a store that is closed when the test ends.
func open(t *testing.T, url string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func file(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "data", "hub.db") }

func TestSQLiteKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) switchboard.Store { return open(t, file(t)) })
}

func TestPostgreSQLKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) switchboard.Store { return open(t, pgtest.URL(t)) })
}
