package evidence

import (
	"encoding/csv"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// drawn are claims of every kind of chart: parts of a whole, and bars of which one is nothing.
func drawn() map[string]Claim {
	shares := Claim{ID: "c01", Kind: Figure, Standing: Firm, Year: 2023, Claim: Text{"en": "Half <of> them", "es": "La mitad"},
		Counts: Text{"en": "People asked", "es": "Personas"}, Caveat: Text{"en": "Few", "es": "Pocas"},
		Unit: Text{"en": "{n}%", "es": "{n} %"}, Whole: 100, Points: []Point{
			{Label: Text{"en": "=Said & meant it, in words that are too long for one line", "es": "Sí"}, Value: 50, Is: "about"},
			{Label: Text{"en": "No", "es": "No"}, Value: 37.5}, {Label: Text{"en": "Silent", "es": "Callan"}, Value: 12.5, Is: "over", Ours: true}}}
	bars := shares
	bars.ID, bars.Whole, bars.Unit = "c02", 0, Text{"en": "${n}", "es": "{n} dólares"}
	bars.Points = []Point{{Label: Text{"en": "Before", "es": "Antes"}}, {Label: Text{"en": "Now", "es": "Ahora"}, Value: 1250}}
	return map[string]Claim{"shares": shares, "bars": bars}
}

func TestCharts(t *testing.T) {
	for name, c := range drawn() {
		golden(t, "testdata/chart/"+name+".en.svg", c.Chart("en", "ltr"))
		golden(t, "testdata/chart/"+name+".es.rtl.svg", c.Chart("es", "rtl"))
		var b strings.Builder
		if err := c.CSV(&b, "en"); err != nil {
			t.Error(err)
		}
		golden(t, "testdata/chart/"+name+".csv", b.String())
	}
}

// rects are the boxes of a chart: x, width.
func rects(t *testing.T, svg string) (out [][2]int) {
	t.Helper()
	for _, m := range regexp.MustCompile(`<rect x="(\d+)" y="\d+" width="(\d+)"`).FindAllStringSubmatch(svg, -1) {
		x, _ := strconv.Atoi(m[1]) // the pattern allows digits only
		w, _ := strconv.Atoi(m[2])
		out = append(out, [2]int{x, w})
	}
	return out
}

// Parts of a whole fill one bar without a gap, from the side where reading begins.
func TestSharesFillTheBar(t *testing.T) {
	c := drawn()["shares"]
	left, right := rects(t, c.Chart("en", "ltr"))[:3], rects(t, c.Chart("en", "rtl"))[:3]
	at := barEdge
	for i, r := range left {
		if r[0] != at {
			t.Errorf("part %d begins at %d, not at %d", i, r[0], at)
		}
		at += r[1]
		if m := right[i]; m[0] != chartWidth-r[0]-r[1] || m[1] != r[1] {
			t.Errorf("part %d: %v is no mirror of %v", i, m, r)
		}
	}
	if at != chartWidth-barEdge || left[0][1] != 158 {
		t.Errorf("the parts end at %d; half is %d wide", at, left[0][1])
	}
}

func TestBarsAreAsLongAsTheirValues(t *testing.T) {
	c := drawn()["bars"]
	c.Points = append(c.Points, Point{Label: Text{"en": "Half"}, Value: 625})
	svg := c.Chart("en", "ltr")
	if r := rects(t, svg); len(r) != 2 || r[0] != [2]int{2, 316} || r[1] != [2]int{2, 158} {
		t.Errorf("bars %v", r)
	}
	if !strings.Contains(svg, `<path d="M2 48v20"`) {
		t.Errorf("of nothing no line is left: %s", svg)
	}
}

// A chart says what it shows to whoever does not see it, and takes every colour from the page around it.
func TestChartsStandInAnyPage(t *testing.T) {
	b, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	claims := slices.Clone(b.Claims)
	for _, c := range drawn() {
		c.ID += "x"
		claims = append(claims, c)
	}
	ids, charts := map[string]bool{}, 0
	for _, c := range claims {
		svg := c.Chart("en", "ltr")
		if svg != c.Chart("en", "ltr") {
			t.Errorf("%s: two drawings differ", c.ID)
		}
		if svg == "" {
			continue
		}
		charts++
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", c.ID, err)
			}
			e, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range e.Attr {
				switch {
				case a.Name.Local == "id" && ids[a.Value]:
					t.Errorf("%s: id %q twice", c.ID, a.Value)
				case a.Name.Local == "id":
					ids[a.Value] = true
				case a.Name.Local == "style" || a.Name.Local == "href" || a.Name.Local == "class":
					t.Errorf("%s: %s has a %s", c.ID, e.Name.Local, a.Name.Local)
				case (a.Name.Local == "fill" || a.Name.Local == "stroke") && !regexp.MustCompile(`^(currentColor|var\(--ink, currentColor\)|url\(#c\d+x?-\d\))$`).MatchString(a.Value):
					t.Errorf("%s: %s %q", c.ID, a.Name.Local, a.Value)
				}
			}
		}
		for _, want := range []string{`role="img"`, `aria-labelledby="` + c.ID + `-title ` + c.ID + `-desc"`, "<title id=\"" + c.ID + "-title\">", "<desc id="} {
			if !strings.Contains(svg, want) {
				t.Errorf("%s: no %s", c.ID, want)
			}
		}
		for _, r := range rects(t, svg) {
			if r[0] < 0 || r[0]+r[1] > chartWidth {
				t.Errorf("%s: a box from %d, %d wide", c.ID, r[0], r[1])
			}
		}
	}
	if charts < 5 {
		t.Errorf("only %d charts", charts)
	}
}

func TestWhatIsNotDrawn(t *testing.T) {
	c := drawn()["shares"]
	doubtful, single, many, nothing := c, c, c, c
	nothing.Points = []Point{{Label: Text{"en": "a"}}, {Label: Text{"en": "b"}}}
	doubtful.Standing = Doubtful
	single.Points = c.Points[:1]
	many.Points = slices.Repeat(c.Points, 2)
	for name, c := range map[string]Claim{"doubtful": doubtful, "single": single, "more than patterns": many, "nothing": nothing} {
		if c.HasChart() || c.Chart("en", "ltr") != "" {
			t.Errorf("%s is drawn", name)
		}
	}
}

// No cell of a table can be taken for a formula, and the table reads back as it was written.
func TestTablesAreInert(t *testing.T) {
	for _, start := range []string{"=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "|x"} {
		c := drawn()["bars"]
		c.Points[0].Label = Text{"en": start}
		c.Counts, c.Why, c.Caveat = Text{"en": start}, Text{"en": start}, Text{"en": `a "b", c`}
		c.Sources = []Cite{{Of: start}}
		var b strings.Builder
		if err := c.CSV(&b, "en"); err != nil {
			t.Fatal(err)
		}
		if strings.Count(b.String(), "\r\n") < 3 || strings.Contains(strings.ReplaceAll(b.String(), "\r\n", ""), "\r") && start[0] != '\r' {
			t.Errorf("%q: lines do not end as RFC 4180 says: %q", start, b.String())
		}
		rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
		if err != nil || len(rows) != 3 || len(rows[1]) != len(columns) {
			t.Fatalf("%q: %v, %v", start, rows, err)
		}
		for _, row := range rows {
			for i, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r\n|", rune(cell[0])) {
					t.Errorf("%q: column %s is live: %q", start, rows[0][i], cell)
				}
			}
		}
		if rows[1][10] != `a "b", c` {
			t.Errorf("caveat %q", rows[1][10])
		}
	}
}

func TestAmounts(t *testing.T) {
	c := drawn()["bars"]
	for _, x := range []struct {
		is, lang, want string
		value          float64
	}{
		{"", "en", "$1,250.5", 1250.5}, {"", "es", "1.250,5 dólares", 1250.5}, {"about", "es", "cerca de 7 dólares", 7},
		{"over", "en", "more than $7", 7}, {"", "fr", "$7,5", 7.5}, {"", "?", "$0", 0},
	} {
		if got := c.Amount(Point{Value: x.value, Is: x.is}, x.lang); strings.ReplaceAll(got, "\u00a0", " ") != x.want {
			t.Errorf("%v: %q", x, got)
		}
	}
}

func TestDates(t *testing.T) {
	for lang, want := range map[string]string{"en": "24 November 2026", "es": "24 de noviembre de 2026", "fr": "24 November 2026"} {
		if got := Date("2026-11-24").In(lang); got != want {
			t.Errorf("%s: %s", lang, got)
		}
	}
	for _, d := range []Date{"", "2026", "2026-2-3", "2026-02-29", "x"} {
		if d.Valid() || d.In("en") != string(d) {
			t.Errorf("%q is a day", d)
		}
	}
}
