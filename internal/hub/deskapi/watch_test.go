package deskapi

import (
	"bufio"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"amparo/internal/bus"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/store"
	"amparo/internal/switchboard"
)

func TestAStreamEndsWithTheSession(t *testing.T) {
	st, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	board := switchboard.New(st, &bus.Memory{}, time.Now)
	ana := staff.NewMember{Member: staff.Member{ID: id.New[id.Member](), Handle: "ana", Role: staff.Advocate}, Proof: [32]byte{1}}
	if err := board.Found(t.Context(), switchboard.Founding{Org: switchboard.Org{ID: "org"}, Members: []staff.NewMember{ana}}); err != nil {
		t.Fatal(err)
	}
	entry, err := board.LogIn(t.Context(), staff.Login{Handle: "ana", Proof: ana.Proof})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(routes(&api{board, slog.New(slog.DiscardHandler), time.Millisecond}))
	t.Cleanup(server.Close)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+Prefix+"watch", strings.NewReader("[]"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+entry.Token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	for range 3 {
		if !lines.Scan() {
			t.Fatal("the stream does not live as long as the session")
		}
	}
	actor, err := board.Enter(t.Context(), switchboard.Token(entry.Token))
	if err != nil {
		t.Fatal(err)
	}
	if err := board.LogOut(t.Context(), actor); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // until it ends
	}
}
