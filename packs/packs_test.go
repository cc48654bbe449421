package packs

import "testing"

func TestEveryPackLoads(t *testing.T) {
	if len(Names()) == 0 {
		t.Fatal("no packs")
	}
	for _, name := range Names() {
		if _, err := Load(name); err != nil {
			t.Error(err)
		}
	}
}
