package packs

import "testing"

// Each pack decides its cases as the courts did, and has some.
func TestPacksAgreeWithTheirCases(t *testing.T) {
	for _, name := range Names() {
		p, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		cases, err := p.Cases(FS, name)
		if err != nil {
			t.Fatal(err)
		}
		check, err := p.Check(cases)
		if err != nil {
			t.Fatal(err)
		}
		if check.Cases < 7 || check.Agree != check.Cases {
			t.Errorf("%s: %d cases, %d agree", name, check.Cases, check.Agree)
		}
		for _, d := range check.Differ {
			t.Errorf("%s: %s %s: held %s, got %s\n%v", d.Case, d.Rule, d.Episode, d.Status, d.Got, p.Explain(d.Finding, "en"))
		}
		if check.Decided+check.ByVariant == 0 {
			t.Errorf("%s: %d mutants, none noticed", name, check.Mutants)
		}
		for _, id := range check.Stale {
			t.Errorf("%s: %s says why no case needs it, and one does", name, id)
		}
		t.Logf("%s: %d of %d elements proved by decided cases, %d by variants, %d explained, without a case: %v",
			name, check.Decided, check.Mutants, check.ByVariant, check.Explained, check.Survivors)
	}
}
