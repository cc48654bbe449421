package release

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the expected files anew")

// invented gives n rows of nobody, the same ones each time.
func invented(n int) []Row {
	rnd := rand.New(rand.NewPCG(7, 22))
	pick := func(codes ...string) string { return codes[rnd.IntN(len(codes))] }
	maybe := func(of100 int, yes, no string) string {
		if rnd.IntN(100) < of100 {
			return yes
		}
		return no
	}
	rows := make([]Row, n)
	for i := range rows {
		act := pick("trafficking", "trafficking", "trafficking", "smuggling", "smuggling", "both", "neither", "open", "open")
		r := Row{
			"amparoYear":              pick("2023", "2024", "2024", "2025", "2025"),
			"amparoAct":               act,
			"amparoChannel":           pick("Chat", "Chat", "Chat", "SMS", "WhatsApp", "WhatsApp", "Voice"),
			"Gender":                  pick("Feminine", "Feminine", "Feminine", "Feminine", "Masculine", "Masculine", "Masculine", Unknown),
			"amparoAgeWhenTrafficked": pick("Under18", "18To24", "18To24", "25To34", "25To34", "35To49", Unknown),
			"amparoCitizenshipRegion": pick("LatinAmericaAndCaribbean", "LatinAmericaAndCaribbean", "LatinAmericaAndCaribbean", "Asia", "Asia", "Africa", "Europe", Unknown),
			"PrimaryLanguage":         pick("spa", "spa", "spa", "eng", "zho", "quc", "tgl", Unknown),
			"Status":                  maybe(60, "ClosedReferred", "Closed"),
		}
		if rnd.IntN(40) == 0 {
			r["Gender"] = pick("TransgenderFeminine", "TransgenderMasculine", "NonConforming")
		}
		switch act {
		case "trafficking", "both":
			r["TraffickingStatus"] = maybe(30, "ActualVictimOfTrafficking", "PossibleVictimOfTrafficking")
			r["TypeOfExploitation"] = pick("ForcedLabour", "ForcedLabour", "ForcedLabour", "Servitude", "SexualExploitation", "SexualExploitation", "amparoSeveral")
			if rnd.IntN(25) == 0 {
				r["TypeOfExploitation"] = pick("ForcedMarriage", "ForcedBegging", "ChildLabour", "Other")
			}
			r["MethodsOfControlWithholdsDocuments"] = maybe(40, "Yes", "No")
			r["MethodsOfControlDebtBondage"] = maybe(50, "Yes", "No")
			r["RelationshipToTrafficker"] = pick("Acquainted", "Acquainted", "Unaquainted", "Familial", Unknown)
			r["amparoCountryOfExploitation"] = maybe(80, "ThisCountry", "AnotherCountry")
		case "smuggling", "neither":
			r["TypeOfExploitation"] = "amparoNone"
			r["TraffickingStatus"] = "NotAVictimOfTrafficking"
		default:
			r["TypeOfExploitation"] = pick("ForcedLabour", Unknown, Unknown)
		}
		switch r["TypeOfExploitation"] {
		case "ForcedLabour", "Servitude", "ChildLabour":
			r["ForcedLabourIndustry"] = pick("A_AgricultureForestryAndFishing", "A_AgricultureForestryAndFishing", "F_Construction", "I_AccommodationAndFoodServiceActivities", "T_ActivitiesOfHouseholdsAsEmployers", "T_ActivitiesOfHouseholdsAsEmployers", "C_Manufacturing")
		case "SexualExploitation":
			r["TypeOfSexExploitation"] = pick("Prostitution", "Prostitution", "Pornography", Unknown)
		}
		rows[i] = r
	}
	return rows
}

// TestInventedRows keeps invented/rows.jsonl, which other tests and the demo read, what invented makes.
func TestInventedRows(t *testing.T) {
	var b bytes.Buffer
	if err := WriteRows(&b, invented(400)); err != nil {
		t.Fatal(err)
	}
	golden(t, "invented/rows.jsonl", b.Bytes())
}

// golden compares got with a file, or writes the file under -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}
