package release

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func forms(t *testing.T, tab Table, lang string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name, write := range map[string]func(io.Writer) error{
		"csv":  tab.CSV,
		"svg":  func(w io.Writer) error { return tab.SVG(w, lang) },
		"html": func(w io.Writer) error { return tab.Page(w, lang) },
		"txt":  tab.View(lang).Text,
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		out[name] = b.String()
	}
	return out
}

// TestForms compares every form of two tables with what was looked at and kept in testdata.
func TestForms(t *testing.T) {
	for lang, by := range map[string][]string{"en": {"Gender", "TypeOfExploitation"}, "es": {"amparoAct", "Gender", "amparoYear"}} {
		tab := made(t, invented(400), day, by...)
		for form, text := range forms(t, tab, lang) {
			golden(t, filepath.Join("testdata", fmt.Sprintf("table%d.%s.%s", len(by), lang, form)), []byte(text))
			told := 0
			for _, c := range []string{"contacts with one organisation", "contactos con una organización"} {
				told += strings.Count(text, c)
			}
			if told == 0 || !strings.Contains(text, "2025-12-31") || !strings.Contains(text, "400") {
				t.Errorf("%s: the caveats are missing", form)
			}
		}
	}
}

func TestCSVReadsBack(t *testing.T) {
	tab := made(t, invented(400), day, "Gender", "TypeOfExploitation")
	r := csv.NewReader(strings.NewReader(forms(t, tab, "en")["csv"]))
	r.Comment = '#'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines[1:] {
		n, told, err := tab.Count(l[:2]...)
		if err != nil || told != (l[2] != "withheld") || told && fmt.Sprint(n) != l[2] {
			t.Errorf("%v: the table has %d %v %v", l, n, told, err)
		}
	}
	if len(lines) != len(tab.Cells)+1 {
		t.Errorf("%d lines for %d cells", len(lines), len(tab.Cells))
	}
}

// A table read from a file may hold any text; no form may let it out as anything but text.
func TestHostileText(t *testing.T) {
	tab := Table{
		Fields:    []string{"=cmd()|'/c calc'", `<script>alert(1)</script>`},
		Values:    [][]string{{"@SUM(A1)", `"><img src=x>`}, {"-1+1", "+2"}},
		Threshold: 3, On: "2025-01-01", Rows: 40, Cells: []int{10, 10, 20, 10, 10, 20, 20, 20, 40},
	}
	for form, text := range forms(t, tab, "en") {
		switch form {
		case "svg":
			dec := xml.NewDecoder(strings.NewReader(text))
			for {
				tok, err := dec.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if e, ok := tok.(xml.StartElement); ok && (e.Name.Local == "script" || e.Name.Local == "img") {
					t.Errorf("svg holds <%s>", e.Name.Local)
				}
			}
		case "html":
			if strings.Contains(text, "<script") || strings.Contains(text, "<img") {
				t.Error("html holds markup from a label")
			}
		case "csv":
			r := csv.NewReader(strings.NewReader(text))
			r.Comment = '#'
			lines, err := r.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range lines {
				for _, f := range l {
					if strings.ContainsAny(f[:1], "=+-@") {
						t.Errorf("a spreadsheet would run %q", f)
					}
				}
			}
		}
	}
}

func TestNothingFromElsewhere(t *testing.T) {
	for form, text := range forms(t, made(t, invented(400), day, "Gender", "amparoAct"), "es") {
		text = strings.ReplaceAll(text, `xmlns="http://www.w3.org/2000/svg"`, "")
		for _, s := range []string{"http:", "https:", "//", "src=", "<link", "@import", "<script"} {
			if strings.Contains(text, s) {
				t.Errorf("%s holds %s", form, s)
			}
		}
	}
}

func TestBadRows(t *testing.T) {
	files, _ := filepath.Glob("testdata/bad/*.jsonl")
	if len(files) == 0 {
		t.Fatal("no files")
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = ReadRows(filepath.Base(name), bytes.NewReader(data)); err == nil {
			t.Errorf("%s is taken", name)
			continue
		}
		golden(t, strings.TrimSuffix(name, ".jsonl")+".err", []byte(err.Error()+"\n"))
	}
}

func TestRowsReadBack(t *testing.T) {
	data, err := os.ReadFile("invented/rows.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := ReadRows("rows.jsonl", bytes.NewReader(data))
	if err != nil || len(rows) != 400 {
		t.Fatal(len(rows), err)
	}
	var b bytes.Buffer
	if err := WriteRows(&b, rows); err != nil || b.String() != string(data) {
		t.Errorf("the rows change on the way: %v", err)
	}
}

// TestFields: each field can say that nothing is known, and says everything in both languages.
func TestFields(t *testing.T) {
	for _, f := range Fields {
		if f.Values[len(f.Values)-1].Code != Unknown || f.Source == "" || f.Label["en"] == "" || f.Label["es"] == "" {
			t.Errorf("%s is not whole", f.Name)
		}
		if (f.HTCDS == "") != strings.HasPrefix(f.Name, "amparo") {
			t.Errorf("%s: HTCDS name %q", f.Name, f.HTCDS)
		}
		seen := map[string]bool{Total: true}
		for _, v := range f.Values {
			if seen[v.Code] || v.Label["en"] == "" || v.Label["es"] == "" || inert(v.Code) != v.Code {
				t.Errorf("%s: %s is not whole", f.Name, v.Code)
			}
			seen[v.Code] = true
		}
	}
	if Row(nil).Get("Gender") != Unknown {
		t.Error("an absent value is not unknown")
	}
}
