package hub

import (
	"encoding/csv"
	"html"
	"strconv"
	"strings"
	"testing"

	"amparo/internal/evidence"
)

// No claim is shown without who says so, and what is doubtful or old says so in the list and on its page.
func TestFactsAreNeverBare(t *testing.T) {
	f := open(t, "")
	book, err := evidence.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "es"} {
		say := f.hub.words.In(lang)
		list := html.UnescapeString(f.get("/" + lang + "/facts").Body.String())
		for _, c := range book.Claims {
			page := html.UnescapeString(f.get("/" + lang + "/facts/" + c.ID).Body.String())
			want := []string{c.Claim.In(lang), c.Caveat.In(lang), c.Counts.In(lang), c.Why.In(lang), c.Undated.In(lang), c.Checked.In(lang), c.From.In(lang), c.Until.In(lang)}
			if c.Year != 0 {
				want = append(want, ">"+strconv.Itoa(c.Year)+"<")
			}
			for _, s := range c.Sources {
				want = append(want, s.Source.Who(lang), s.Source.Name(lang), s.At.In(lang), s.Source.URL)
			}
			for _, p := range c.Points {
				want = append(want, c.Amount(p, lang))
			}
			if c.Standing == evidence.Doubtful {
				want = append(want, say.T("facts.doubtful"), say.T("facts.cite.doubtful", "Org", f.hub.Name, "Words", c.Claim.In(lang), "ID", c.ID, "Date", c.Checked.In(lang)))
			}
			if c.SupersededBy != "" {
				want = append(want, say.T("facts.older"), `href="/`+lang+"/facts/"+c.SupersededBy+`"`)
			}
			for _, w := range want {
				if !strings.Contains(page, w) {
					t.Errorf("%s %s does not say %q", lang, c.ID, w)
				}
			}
			if strings.Contains(page, "<svg") != c.HasChart() {
				t.Errorf("%s %s: drawn otherwise than it should be", lang, c.ID)
			}
			for _, w := range []string{c.Claim.In(lang), c.Answer.In(lang), c.Why.In(lang), `href="/` + lang + "/facts/" + c.ID + `"`, whoSays(c, lang)} {
				if !strings.Contains(list, w) {
					t.Errorf("%s: the list does not say %q of %s", lang, w, c.ID)
				}
			}
		}
	}
}

func TestFactTable(t *testing.T) {
	f := open(t, "")
	w := f.get("/es/facts/c38/table.csv")
	for name, want := range map[string]string{"Content-Type": "text/csv; charset=utf-8; header=present", "Content-Disposition": `attachment; filename="c38.csv"`, "Cache-Control": "no-store"} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(rows) != 3 || rows[1][1] != "Trabajo forzoso de otro tipo" || rows[1][2] != "77" || rows[1][6] != "2021" {
		t.Errorf("%v, %v", rows, err)
	}
	for _, path := range []string{"/en/facts/c99", "/en/facts/c13/table.csv", "/en/facts/c99/table.csv", "/en/facts/C38", "/en/facts/", "/en/facts/c38/", "/vi/facts", "/vi/facts/c38/table.csv"} {
		if w := f.get(path); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	tables := 0
	for _, a := range f.hub.Addresses() {
		if strings.HasSuffix(a.Path, "/table.csv") {
			tables++
			if w := f.get("/" + a.Path); a.Kind != fileKind || w.Code != 200 || w.Body.Len() < 100 {
				t.Errorf("%+v: %d", a, w.Code)
			}
		}
	}
	if tables < 10 {
		t.Errorf("only %d tables", tables)
	}
}
