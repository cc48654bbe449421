package hub

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"amparo/internal/directory"
)

// finder is a hub with services to find.
func finder(t *testing.T, d directory.Directory) *fixture {
	f := open(t, "")
	f.hub.Directory = d
	return f
}

// found gives the services of each group of an answer, by their names.
func found(p foundPage) map[string][]string {
	out := map[string][]string{}
	for group, cards := range map[string][]card{"fits": p.Fits, "maybe": p.Maybe, "later": p.Later} {
		for _, c := range cards {
			out[group] = append(out[group], c.Name)
		}
	}
	return out
}

func TestFindGroups(t *testing.T) {
	f, d := finder(t, directory.Invented()), directory.Invented()
	say := f.hub.words.In("en")
	noon := time.Date(2026, 11, 24, 17, 0, 0, 0, time.UTC)
	night := time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		choice
		at   time.Time
		want map[string][]string
	}{
		"all of it": {choice{Need: "medical"}, noon, map[string][]string{"fits": {"Day clinic", "Night nurse"}, "maybe": {"First month's rent"}}},
		"a language that few list": {choice{Need: "legal-labour", Language: "quc"}, noon,
			map[string][]string{"fits": {"Wages and rights at work"}, "maybe": {"First month's rent"}}},
		"nobody asks": {choice{Need: "food", NoStatus: true}, noon,
			map[string][]string{"fits": {"Thursday kitchen"}, "maybe": {"Food boxes", "First month's rent"}}},
		"open now": {choice{Need: "medical", Now: true}, noon, map[string][]string{"fits": {"Day clinic"}, "maybe": {"First month's rent"}, "later": {"Night nurse"}}},
		"at night": {choice{Need: "medical", Now: true}, night, map[string][]string{"maybe": {"First month's rent"}, "later": {"Day clinic", "Night nurse"}}},
		"another place": {choice{Need: "medical", Area: "https://example.org/areas/marisma/north-shore"}, noon,
			map[string][]string{"fits": {"Day clinic"}, "maybe": {"First month's rent"}}},
	} {
		t.Run(name, func(t *testing.T) {
			got := found(f.hub.newFound(f.hub.newFind(say, d, c.choice), d, c.at))
			if !maps.EqualFunc(got, c.want, slices.Equal) {
				t.Errorf("%v; want %v", got, c.want)
			}
		})
	}
	closed := found(f.hub.newFound(f.hub.newFind(say, d, choice{Need: "shelter"}), d, noon))
	if slices.Contains(slices.Concat(closed["fits"], closed["maybe"], closed["later"]), "Hotel rooms") {
		t.Errorf("what is closed for now is offered: %v", closed)
	}
}

// TestFindSaysWhy holds an answer page to what a person needs to know of a service.
func TestFindSaysWhy(t *testing.T) {
	f := finder(t, directory.Invented())
	page := html.UnescapeString(f.post("/en/find", url.Values{"need": {"shelter"}, "language": {"es"}}).Body.String())
	for _, want := range []string{
		"A safe place to stay", "español – Spanish", // what was chosen
		`href="tel:+12025550101"`, "Day and night", "English, Spanish", "Free.", "Checked on 2026-09-14.",
		"Does not ask about immigration status.", "It is not known whether it asks about immigration status.",
		"The place is confidential", "Does not list Spanish, but says of interpreters",
		"Checked on 2024-06-30. That is more than a year ago: ask first.", "We do not know when this was last checked: ask first.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the answer does not say %q", want)
		}
	}
	order := []string{"These numbers answer at any hour", "These fit", "Safe beds", "These may fit", "Rooms for women", "Choose again"}
	at := -1
	for _, want := range order {
		i := strings.Index(page, want)
		if i <= at {
			t.Errorf("%q stands at %d, not after %d", want, i, at)
		}
		at = i
	}
	ar := html.UnescapeString(f.post("/ar/find", url.Values{"need": {"shelter"}}).Body.String())
	for _, want := range []string{"مكان آمن للإقامة", "\u20662026-09-14\u2069", `lang="en" dir="ltr">Offers this: A safe place to stay.`, `dir="ltr" href="tel:+12025550101"`} {
		if !strings.Contains(ar, want) {
			t.Errorf("in Arabic it does not say %q", want)
		}
	}
	es := f.post("/es/find", url.Values{"need": {"shelter"}, "language": {"es"}, "status": {"no"}}).Body.String()
	for _, want := range []string{"Camas seguras", "Casa Garza", "De día y de noche", "inglés, español", "No pregunta por la situación migratoria."} {
		if strings.Count(es, want) == 0 {
			t.Errorf("in Spanish it does not say %q", want)
		}
	}
}

func TestFindNothing(t *testing.T) {
	f := finder(t, directory.Directory{})
	page := f.post("/en/find", url.Values{"need": {"food"}}).Body.String()
	for _, want := range []string{"We found nothing that fits all of this", "You can ask us.", `href="/en/talk"`, `href="/en/find"`, "Invented Line"} {
		if !strings.Contains(page, want) {
			t.Errorf("an empty answer does not say %q", want)
		}
	}
	if w := f.get("/en/find/all"); w.Code != 200 || !strings.Contains(w.Body.String(), "No service is listed here yet.") {
		t.Errorf("an empty list: %d", w.Code)
	}
	if w := f.get("/en/find"); w.Code != 200 || strings.Contains(w.Body.String(), `id="area"`) {
		t.Errorf("a form that asks for an area where there is none: %d", w.Code)
	}
}

// TestFindHostileChoices brings the form back, says so, and repeats and logs nothing of what was sent.
func TestFindHostileChoices(t *testing.T) {
	f := finder(t, directory.Invented())
	const canary = "Xochitl-canary"
	for name, form := range map[string]url.Values{
		"need": {"need": {canary}}, "language": {"language": {canary + "\x00"}}, "area": {"area": {"<script>" + canary}},
		"long": {"area": {strings.Repeat(canary, 5000)}}, "not letters": {"need": {"\xff\xfe" + canary}},
		"prefix": {"area": {"https://example.org/areas"}}, "name of an area": {"area": {"Marisma County"}},
	} {
		w := f.post("/en/find", form)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "Please choose again.") || !strings.Contains(w.Body.String(), `name="need"`) {
			t.Errorf("%s: %d", name, w.Code)
		}
		if strings.Contains(w.Body.String(), canary) {
			t.Errorf("%s: the page repeats it", name)
		}
	}
	for name, form := range map[string]url.Values{
		"nothing": {}, "twice": {"need": {"food", canary}}, "more": {"need": {"food"}, canary: {canary}}, "odd when": {"when": {canary}}, "odd status": {"status": {canary}},
	} {
		if w := f.post("/en/find", form); w.Code != 200 || strings.Contains(w.Body.String(), canary) {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if w := f.post("/en/find", url.Values{"area": {strings.Repeat("a", 1<<20)}}); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a megabyte: %d", w.Code)
	}
	if w := f.get("/en/find?need=" + canary + "&need=food"); w.Code != 200 || strings.Contains(w.Body.String(), canary) || strings.Contains(w.Body.String(), "These fit") {
		t.Errorf("a question in the address: %d", w.Code)
	}
	if log := f.log.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
}

// hidden is a directory with the same canary in every place of a confidential location, and an open one beside.
const hidden = `[{"id": "o", "name": "House", "description": "A house.", "services": [
 {"id": "1", "name": "Rooms", "status": "active", "phones": [{"id": "p", "number": "+1 202-555-0199"}],
  "attributes": [{"id": "n", "value": "shelter", "taxonomy_term": {"id": "n", "name": "n", "description": "n", "code": "amparo:need"}}],
  "service_at_locations": [{"id": "x", "location": {"id": "l", "location_type": "physical", "name": "CANARY Hall", "url": "https://canary.example.org/",
   "addresses": [{"id": "a", "address_1": "7 CANARY Row", "address_2": "CANARY flat", "city": "CANARYville", "state_province": "CN", "postal_code": "CANARY", "country": "ZZ", "address_type": "physical"}],
   "attributes": [{"id": "t", "value": "yes", "taxonomy_term": {"id": "c", "name": "c", "description": "c", "code": "amparo:confidential"}}]}}]},
 {"id": "2", "name": "Desk", "status": "active",
  "attributes": [{"id": "n", "value": "shelter", "taxonomy_term": {"id": "n", "name": "n", "description": "n", "code": "amparo:need"}}],
  "service_at_locations": [{"id": "y", "location": {"id": "m", "location_type": "physical", "name": "Open Hall",
   "addresses": [{"id": "b", "address_1": "9 Open Row", "city": "Openville", "state_province": "OP", "postal_code": "00001", "country": "ZZ", "address_type": "physical"}]}}]}]}]`

// TestFindHidesConfidentialPlaces asks every question and reads the whole list: the address is nowhere.
func TestFindHidesConfidentialPlaces(t *testing.T) {
	d, err := directory.Parse("hidden.json", []byte(hidden))
	if err != nil {
		t.Fatal(err)
	}
	f := finder(t, d)
	shown := 0
	look := func(where, page string) {
		if strings.Contains(strings.ToLower(page), "canary") {
			t.Errorf("%s shows a confidential place", where)
		}
		if strings.Contains(page, "Rooms") && strings.Contains(page, "Open Hall, 9 Open Row, Openville, OP 00001") {
			shown++
		}
	}
	for _, lang := range []string{"en", "es"} {
		for _, need := range append(directory.Needs, directory.Need{}) {
			for _, more := range []url.Values{{}, {"language": {"es"}}, {"status": {"no"}}, {"when": {"now"}}} {
				form := url.Values{"need": {need.Code}}
				maps.Copy(form, more)
				look(fmt.Sprint(lang, form), f.post("/"+lang+"/find", form).Body.String())
			}
		}
		look(lang, f.get("/"+lang+"/find/all").Body.String())
		look(lang, f.get("/"+lang+"/find").Body.String())
	}
	if shown < 10 {
		t.Errorf("the open place was shown %d times: is anything?", shown)
	}
	// The checker finds an address that is there.
	if !strings.Contains(strings.ToLower(hidden), "canary") || !strings.Contains(strings.Join(addresses(directory.Service{Locations: []directory.Location{
		{Name: "CANARY", Addresses: []directory.Address{{Line1: "7 Row"}}}}}), ""), "CANARY") {
		t.Error("an address would not be shown at all")
	}
}

// TestFindListStands holds the whole list to what is true on any day, and each service to be told once.
func TestFindListStands(t *testing.T) {
	f := finder(t, directory.Invented())
	page := f.get("/en/find/all").Body.String()
	ids, links := map[string]bool{}, []string{}
	walk(t, page, func(n *html.Node) {
		if n.Data == "article" {
			if ids[attr(n, "id")] {
				t.Errorf("%s is told twice", attr(n, "id"))
			}
			ids[attr(n, "id")] = true
		}
		if to, ok := strings.CutPrefix(attr(n, "href"), "#s-"); ok {
			links = append(links, "s-"+to)
		}
	})
	active := 0
	for _, o := range directory.Invented().Organizations {
		for _, s := range o.Services {
			if s.Status == "active" {
				active++
			}
		}
	}
	if len(ids) != active || active < 10 || len(links) == 0 {
		t.Errorf("%d of %d services, %d of them named again", len(ids), active, len(links))
	}
	for _, to := range links {
		if !ids[to] {
			t.Errorf("#%s leads nowhere", to)
		}
	}
	for _, wrong := range []string{"at this time", "days ago", "Hotel rooms"} {
		if strings.Contains(page, wrong) {
			t.Errorf("the list says %q", wrong)
		}
	}
	h, err := New(Config{Talk: "https://help.example/", Name: "Puerto", ExitURL: exitURL, Directory: directory.Invented()})
	f.must(err)
	body, err := h.fetch("/es/find")
	f.must(err)
	if s := string(body); strings.Contains(s, "<form") || !strings.Contains(s, "Camas seguras") {
		t.Error("a copy shows a form that nobody answers, or no list")
	}
}

func TestFindLanguages(t *testing.T) {
	f := finder(t, directory.Invented())
	p := f.hub.newFind(f.hub.words.In("en"), directory.Invented(), choice{})
	var got []string
	for _, o := range p.Languages {
		got = append(got, o.Value+" "+o.Label.Text)
	}
	for _, want := range []string{"en English", "es español – Spanish", "mam Mam", "ar العربية – Arabic"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not offered among %q", want, got)
		}
	}
	if len(got) != len(slices.Compact(slices.Clone(got))) || slices.ContainsFunc(p.Languages, func(o option) bool { return o.Value == "" }) {
		t.Errorf("twice, or empty: %q", got)
	}
}
