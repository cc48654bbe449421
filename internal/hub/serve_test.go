package hub

import (
	"net/http"
	"os"
	"testing"
	"time"
)

func TestServe(t *testing.T) {
	if os.Getenv("AMPARO_HUB_SERVE") == "" {
		t.Skip()
	}
	f := open(t, "")
	http.HandleFunc("/duty", func(w http.ResponseWriter, r *http.Request) { f.member(); f.board.Here(r.Context(), f.member()) })
	http.HandleFunc("/heard", func(w http.ResponseWriter, r *http.Request) { for _, s := range f.heard() { w.Write([]byte(s + "\n")) } })
	http.HandleFunc("/reply", func(w http.ResponseWriter, r *http.Request) { f.reply(r.FormValue("text")) })
	http.HandleFunc("/typing", func(w http.ResponseWriter, r *http.Request) { f.board.TeamTyping(r.Context(), f.member(), f.waiting().ID) })
	go http.ListenAndServe("127.0.0.1:8099", nil)
	s := &http.Server{Addr: "127.0.0.1:8098", Handler: f.hub, ReadTimeout: time.Minute}
	s.RegisterOnShutdown(f.hub.Close)
	t.Fatal(s.ListenAndServe())
}
