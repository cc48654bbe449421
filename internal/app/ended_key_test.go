package app

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"amparo/internal/casework"
	"amparo/internal/hub"
)

// A supervisor turns the queue key at the desk, and the desk reaches the hub: so the hub must start
// when the key has ended, or nobody could ever turn it.
func TestAHubWhoseQueueKeyHasEndedStarts(t *testing.T) {
	h, err := openHub(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.close() })
	config := hub.Config{ExitURL: "https://example.org/"}
	if err := h.public(t.Context(), slog.New(slog.DiscardHandler), config); err == nil {
		t.Error("a hub that is not set up starts")
	}
	founded, err := casework.Found("Org", cast, time.Now().Add(-casework.QueueKeyLife-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if err := found(t.Context(), h.board, founded); err != nil {
		t.Fatal(err)
	}
	if err := h.public(t.Context(), slog.New(slog.DiscardHandler), config); err != nil {
		t.Errorf("the hub does not start: %v", err)
	}
}
