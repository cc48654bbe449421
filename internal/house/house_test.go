package house

import (
	"strings"
	"testing"
)

// root is the folder of the module under test.
func root(t *testing.T) string {
	t.Helper()
	dir, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func packages(t *testing.T) []Package {
	t.Helper()
	all, err := Packages(root(t))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// none fails the test with each line of what is wrong.
func none(t *testing.T, wrong []string) {
	t.Helper()
	for _, w := range wrong {
		t.Error(w)
	}
}

// refused fails the test unless exactly one thing is wrong and it says each of the words.
func refused(t *testing.T, wrong []string, words ...string) {
	t.Helper()
	if len(wrong) != 1 {
		t.Fatalf("want one breach, have %d: %q", len(wrong), wrong)
	}
	for _, w := range words {
		if !strings.Contains(wrong[0], w) {
			t.Errorf("breach %q does not say %q", wrong[0], w)
		}
	}
}

func TestImportsOnlyGoDown(t *testing.T)    { none(t, Climbs(packages(t))) }
func TestHubIsBlind(t *testing.T)           { none(t, Sighted(packages(t))) }
func TestFloorTwoIsPure(t *testing.T)       { none(t, Impure(packages(t))) }
func TestEachRoomHasOneFloor(t *testing.T)  { none(t, twice(Floors)) }
func TestProductNeedsNoHelper(t *testing.T) { none(t, Helped(packages(t))) }
func TestPlantedHelperIsRefused(t *testing.T) {
	refused(t, Helped([]Package{{"amparo/internal/desk", []string{"amparo/internal/desk/desktest", "net/http/httptest"}},
		{"amparo/internal/desk/desktest", []string{"amparo/internal/store/storetest"}}}), "internal/desk is no test", "desktest")
}
func TestPlantedRoomOnTwoFloors(t *testing.T) {
	refused(t, twice(append(Floors, Floor{0, []string{"law"}})), "law")
}

// twice says which rooms the plan names more than once, or inside one another.
func twice(floors []Floor) []string {
	var wrong, seen []string
	for _, f := range floors {
		for _, r := range f.Rooms {
			for _, s := range seen {
				if within(r, s) || within(s, r) {
					wrong = append(wrong, r+" stands in "+s)
				}
			}
			seen = append(seen, r)
		}
	}
	return wrong
}

func TestPlantedClimbs(t *testing.T) {
	for name, c := range map[string]struct {
		plant Package
		words []string
	}{
		"up":        {Package{"amparo/law", []string{"amparo/internal/hub"}}, []string{"amparo/law on floor 2", "amparo/internal/hub on floor 5"}},
		"sideways":  {Package{"amparo/internal/hub/pages", []string{"amparo/internal/desk"}}, []string{"both on floor 5"}},
		"no room":   {Package{"amparo/internal/attic", nil}, []string{"no room", "amparo/internal/attic"}},
		"outsider":  {Package{"amparo/internal/app", []string{"amparo/internal/house"}}, []string{"floor 8"}},
		"lookalike": {Package{"amparo/internal/hubris", nil}, []string{"no room"}},
	} {
		t.Run(name, func(t *testing.T) { refused(t, Climbs([]Package{c.plant}), c.words...) })
	}
}

func TestSubpackagesMayImportTheirRoom(t *testing.T) {
	none(t, Climbs([]Package{
		{"amparo/internal/store/storetest", []string{"testing", "amparo/internal/store", "amparo/internal/switchboard", "example.org/other"}},
		{"amparo/packs", []string{"amparo/law", "embed"}},
	}))
}

func TestPlantedSightIsRefusedWithItsChain(t *testing.T) {
	refused(t, Sighted([]Package{
		{"amparo/internal/hub/pages", []string{"amparo/internal/switchboard"}},
		{"amparo/internal/switchboard", nil},
		{"amparo/internal/casework", []string{"amparo/internal/casefile"}}, // the desk may
		{"amparo/internal/bus", []string{"fmt", "amparo/internal/vault"}},
		{"amparo/internal/vault", []string{"amparo/internal/keyring/agent"}},
		{"amparo/internal/keyring/agent", nil},
	}), "amparo/internal/bus → amparo/internal/vault → amparo/internal/keyring/agent")
}

func TestPlantedWorldlinessIsRefused(t *testing.T) {
	for _, w := range []string{"net", "net/http", "net/http/httputil", "database/sql", "database/sql/driver", "os/exec"} {
		refused(t, Impure([]Package{
			{"amparo/law/explain", []string{"net/url", "net/netip", "amparo/internal/fault"}},
			{"amparo/internal/fault", []string{w}},
			{"amparo/internal/hub", []string{w}}, // floor 5 may
		}), "amparo/law/explain → amparo/internal/fault → "+w)
	}
}
