package line

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"amparo/internal/fault"
)

func TestAHubThatTakesTooLongIsBusy(t *testing.T) {
	over := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-over }))
	defer server.Close()
	defer close(over)
	l, err := New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	l.patience = time.Millisecond
	if _, err := l.Stretch(t.Context(), "ana"); fault.KindOf(err) != fault.Busy {
		t.Errorf("error is %v; want busy", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Stretch(ctx, "ana"); err != context.Canceled {
		t.Errorf("who asked has gone: %v", err)
	}
}
