package house

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestPackagesArePinned(t *testing.T) {
	for _, folder := range []string{".", "law/peers"} {
		var texts [2]string
		for i, name := range []string{"package.json", "package-lock.json"} {
			text, err := os.ReadFile(filepath.Join(root(t), folder, name))
			if err != nil {
				t.Fatal(err)
			}
			texts[i] = string(text)
		}
		none(t, Unpinned(texts[0], texts[1]))
	}
}

func TestPlantedPinsAreRefused(t *testing.T) {
	none(t, Unpinned(`{"devDependencies": {"a": "1.2.3"}}`, `"integrity": "sha512-x"`))
	for _, version := range []string{"^1.2.3", "~1.2.3", "1.2", "latest", "file:../a"} {
		refused(t, Unpinned(`{"devDependencies": {"a": "`+version+`"}}`, ""), "a is not pinned", version)
	}
	refused(t, Unpinned(`{}`, "\n  \"resolved\": \"https://registry.example.org/a.tgz\","), "package-lock.json:2", "registry.example.org")
	refused(t, Unpinned(`{`, ""), "package.json")
}

func TestFloorTwoHasNoClockLoop(t *testing.T) { none(t, Ticking(sources(t))) }

func TestPlantedClockIsRefused(t *testing.T) {
	refused(t, Ticking(map[string]string{
		"internal/chat/a.go":      "package chat\n\nvar t = time.NewTicker(x)\nvar u = at.After(b)",
		"internal/chat/a_test.go": "time.Sleep(x)",
		"internal/hub/a.go":       "time.Sleep(x)", // floor 5 may
	}), "internal/chat/a.go:3", "time.NewTicker")
}

func TestRulesNameRoomsOfThePlan(t *testing.T) {
	for _, r := range slices.Concat(blind, open) {
		if room, _, ok := Room(Module + "/" + r); !ok || room != r {
			t.Errorf("%s is in a rule, but not in the plan", r)
		}
	}
	all := packages(t)
	for _, rooms := range [][]string{blind, open} {
		if !slices.ContainsFunc(all, func(p Package) bool { return inRooms(p.ImportPath, rooms) }) {
			t.Errorf("none of %v exists: the rule would hold of nothing", rooms)
		}
	}
}
