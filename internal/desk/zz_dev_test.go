package desk_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"testing"
	"time"

	"amparo/internal/desk"
	"amparo/internal/desk/desktest"
	"amparo/internal/directory"
	"amparo/internal/id"
	"amparo/internal/release"
	"amparo/internal/vault"
	"amparo/packs"
)

func TestDevServe(t *testing.T) {
	if os.Getenv("DEV") == "" {
		t.Skip()
	}
	o := desktest.New(t, time.Now)
	pack, err := packs.Load("us")
	if err != nil {
		t.Fatal(err)
	}
	dir := directory.Invented()
	h, err := desk.New(desk.Config{Gate: o, Pack: pack, Directory: dir, Banner: true, Storybook: true, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		t.Fatal(err)
	}
	o.Visit("es", "Hola", "Trabajo en una granja de huevos. Me trajeron de Guatemala cuando tenía 15 años.", "No puedo irme. Dicen que debo mucho dinero.")
	o.Visit("en", "Is this private?")
	o.Visit("quc", "Utz")
	ana := o.Session("ana", nil)
	var rows []release.Row
	for i := range 120 {
		r := release.Row{"amparoYear": []string{"2025", "2026"}[i%2], "amparoAct": []string{"trafficking", "smuggling", "both", "open"}[i*7%11%4], "Gender": []string{"Feminine", "Masculine"}[i*3%5%2], "TypeOfExploitation": []string{"ForcedLabour", "SexualExploitation", "ForcedLabour"}[i%3]}
		rows = append(rows, r)
	}
	for _, r := range rows {
		c := must(ana.OpenCase(t.Context(), "", "x"))
		k := must(ana.Case(t.Context(), vault.Look{Case: c}))
		if err := ana.CloseCase(t.Context(), k, r, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	_ = id.New[id.Case]
	b, _ := json.Marshal(o.Passphrases)
	os.WriteFile("/tmp/deskdev.json", b, 0o600)
	fmt.Println("ready")
	t.Fatal(http.ListenAndServe("127.0.0.1:18081", h))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
