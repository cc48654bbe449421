package directory

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the expected files anew")

// golden compares got with a file, or writes the file under -update.
func golden(t *testing.T, name string, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func inputs(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s (%v)", pattern, err)
	}
	return files
}

// TestMatch lays the queries in testdata/match beside the invented directory.
func TestMatch(t *testing.T) {
	for _, name := range inputs(t, "testdata/match/*.json") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var in struct {
			Query
			Lang string
		}
		if err := json.Unmarshal(data, &in); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, f := range Invented().Match(in.Query) {
			fmt.Fprintf(&b, "%s: %s (%s)\n", f.Answer, f.Service.NameIn(in.Lang), f.Organization.NameIn(in.Lang))
			for _, r := range append(f.Reasons, f.Notes...) {
				fmt.Fprintf(&b, "  %-7s %s\n", r.Answer, r.Text(in.Lang))
			}
		}
		golden(t, strings.TrimSuffix(name, ".json")+".txt", b.String())
	}
}

// TestBadFiles parses each file in testdata/bad, which must be refused in the words beside it.
func TestBadFiles(t *testing.T) {
	for _, name := range inputs(t, "testdata/bad/*.json") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Parse(filepath.Base(name), data); err == nil {
			t.Errorf("%s is taken", name)
		} else {
			golden(t, strings.TrimSuffix(name, ".json")+".err", err.Error()+"\n")
		}
	}
}

func TestConfidentialPlacesHaveNoAddress(t *testing.T) {
	const street = "77 Sandpiper Rise"
	if !bytes.Contains(inventedJSON, []byte(street)) {
		t.Fatal("the directory no longer holds the address that must be dropped")
	}
	hidden := 0
	for _, o := range Invented().Organizations {
		for _, s := range o.Services {
			if strings.Contains(fmt.Sprintf("%+v", s), street) {
				t.Errorf("%s gives its address", s.Name)
			}
			for _, l := range s.Locations {
				if l.Confidential {
					hidden++
					if l.Name != "" || l.URL != "" || len(l.Addresses) > 0 || l.id != "" {
						t.Errorf("%s: %+v", s.Name, l)
					}
				} else if len(l.Addresses) == 0 {
					t.Errorf("%s has lost its address", s.Name)
				}
			}
		}
	}
	if hidden == 0 {
		t.Error("no confidential place was met")
	}
}

// A place that is confidential in one part of a file is so in all of it.
func TestConfidentialEverywhere(t *testing.T) {
	const place = `{"id": "l", "location_type": "physical", "addresses": [{"id": "a", "address_1": "5 Quiet Row", "city": "c", "state_province": "s", "postal_code": "p", "country": "ZZ", "address_type": "physical"}] %s}`
	const secret = `, "attributes": [{"id": "t", "value": "yes", "taxonomy_term": {"id": "c", "name": "c", "description": "c", "code": "amparo:confidential"}}]`
	open, hidden := fmt.Sprintf(place, ""), fmt.Sprintf(place, secret)
	for name, file := range map[string]string{
		"in another service":  `[{"id": "o", "name": "o", "description": "o", "services": [{"id": "1", "name": "n", "status": "active", "service_at_locations": [{"id": "x", "location": ` + open + `}]}, {"id": "2", "name": "n", "status": "active", "service_at_locations": [{"id": "y", "location": ` + hidden + `}]}]}]`,
		"in the organization": `[{"id": "o", "name": "o", "description": "o", "locations": [` + hidden + `], "services": [{"id": "1", "name": "n", "status": "active", "service_at_locations": [{"id": "x", "location": ` + open + `}]}]}]`,
		"all of it":           `[{"id": "o", "name": "o", "description": "o" ` + secret + `, "services": [{"id": "1", "name": "n", "status": "active", "service_at_locations": [{"id": "x", "location": ` + open + `}]}]}]`,
	} {
		d, err := Parse(name, []byte(file))
		if err != nil {
			t.Fatal(err)
		}
		s := d.Organizations[0].Services[0]
		if !s.Confidential || len(s.Locations[0].Addresses) > 0 {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func TestInventedIsInvented(t *testing.T) {
	for _, number := range regexp.MustCompile(`"number": "([^"]*)"`).FindAllSubmatch(inventedJSON, -1) {
		if !regexp.MustCompile(`^\+1 202-555-01\d\d$`).Match(number[1]) {
			t.Errorf("%s is not a reserved number", number[1])
		}
	}
	for _, link := range regexp.MustCompile(`https?://([^/"]*)|[\w.]+@([\w.-]+)`).FindAllSubmatch(inventedJSON, -1) {
		if host := string(link[1]) + string(link[2]); host != "example.org" && !strings.HasSuffix(host, ".example.org") {
			t.Errorf("%s is not an address for examples", host)
		}
	}
	need := map[string]bool{}
	for _, o := range Invented().Organizations {
		if o.Names["es"] == "" || !strings.HasPrefix(o.Description, "Invented.") {
			t.Errorf("%s: not whole", o.Name)
		}
		for _, s := range o.Services {
			if s.Names["es"] == "" || s.Descriptions["es"] == "" {
				t.Errorf("%s: not in Spanish", s.Name)
			}
			for _, n := range s.Needs {
				need[n] = true
			}
		}
	}
	for _, n := range Needs {
		if !need[n.Code] || n.Label["en"] == "" || n.Label["es"] == "" {
			t.Errorf("need %s is not whole", n.Code)
		}
	}
}

func TestWords(t *testing.T) {
	for key, w := range words {
		if w["en"] == "" || w["es"] == "" || strings.Count(w["en"], "%") != strings.Count(w["es"], "%") {
			t.Errorf("%s is not whole", key)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(inventedJSON)
	files, _ := filepath.Glob("testdata/bad/*.json")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	at := time.Date(2026, 11, 5, 18, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse("fuzz", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz: ") {
				t.Errorf("an error without the file's name: %v", err)
			}
			return
		}
		services := 0
		for _, o := range d.Organizations {
			for _, s := range o.Services {
				services++
				for _, l := range s.Locations {
					if l.Confidential && (!s.Confidential || l.Name != "" || l.URL != "" || l.Addresses != nil) {
						t.Errorf("a confidential place: %+v", l)
					}
				}
			}
		}
		fits := d.Match(Query{Language: "es", Area: "x", NoStatus: true, At: at})
		if len(fits) != services {
			t.Errorf("%d of %d services", len(fits), services)
		}
		for _, fit := range fits {
			for _, r := range append(fit.Reasons, fit.Notes...) {
				if text := r.Text("es"); text == "" || strings.Contains(text, "%!(") && !bytes.Contains(data, []byte("%!(")) {
					t.Errorf("%s: %q", r.About, text)
				}
			}
		}
	})
}
