package hub

import (
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"

	"amparo/law"
	"amparo/packs"
)

func examplesOf(t *testing.T) ([]*example, *law.Pack) {
	t.Helper()
	all, err := loadExamples()
	if err != nil {
		t.Fatal(err)
	}
	pack, err := packs.Load("us")
	if err != nil {
		t.Fatal(err)
	}
	return all, pack
}

// TestExamplesSayWhatTheCourtsHeld holds each status that a page shows to the holding of the case, where it has one.
func TestExamplesSayWhatTheCourtsHeld(t *testing.T) {
	all, _ := examplesOf(t)
	shapes, held := map[string]bool{}, 0
	for _, e := range all {
		shapes[e.Shape] = true
		c := exampleCase(t, e.Case)
		episodes := slices.DeleteFunc(slices.Clone(c.Journey.Episodes), func(ep law.Episode) bool { return e.Places[ep.ID] == nil })
		for i, s := range e.Scenes {
			shown := map[string]law.Status{}
			for _, f := range s.Findings {
				shown[f.Rule] = f.Status
			}
			for _, b := range s.Besides {
				shown[b.Rule] = b.Status
			}
			for _, h := range c.Holding {
				if status, ok := shown[h.Rule]; ok && h.Episode == episodes[i].ID {
					held++
					if status != h.Status {
						t.Errorf("%s: %s in %s is %s; held is %s", e.Case, h.Rule, h.Episode, status, h.Status)
					}
				}
			}
		}
	}
	if held < 50 || len(shapes) != 4 {
		t.Errorf("only %d holdings and the shapes %v", held, shapes)
	}
	t.Logf("%d holdings of %d cases", held, len(all))
}

var cited = regexp.MustCompile(`(?s)<cite>.*?</cite>`)

// namesIn lists the names of a citation that stand in a page outside of citations.
func namesIn(page, citation string) (out []string) {
	page = cited.ReplaceAllString(page, "")
	for name := range strings.FieldsSeq(citation) {
		name = strings.Trim(name, ".,()")
		plain := slices.Contains([]string{"United", "States", "verdict", "pleas", "guilty"}, name) || strings.ContainsAny(name, "0123456789")
		if len(name) > 4 && !plain && strings.Contains(page, name) {
			out = append(out, name)
		}
	}
	return out
}

// TestExamplesNameNobody keeps the names of real people in citations alone.
func TestExamplesNameNobody(t *testing.T) {
	const citation = "United States v. Orduna-Torres (W.D. Tex.)"
	in := "<cite>" + citation + " [S]</cite>"
	if got := namesIn("Orduna-Torres drove. "+in, citation); !slices.Equal(got, []string{"Orduna-Torres"}) || namesIn("He drove. "+in, citation) != nil {
		t.Fatalf("a planted name: %q", got)
	}
	all, _ := examplesOf(t)
	f := open(t, "")
	for _, e := range all {
		title, _, _ := strings.Cut(exampleCase(t, e.Case).Title, " (")
		for _, lang := range []string{"en", "es"} {
			w := f.get("/" + lang + "/explained/examples/" + e.N)
			if got := namesIn(w.Body.String(), e.Citation+" "+title); w.Code != 200 || got != nil {
				t.Errorf("example %s, %d, tells of %q", e.N, w.Code, got)
			}
		}
	}
}

// exampleCase is a decided case by the name of its file.
func exampleCase(t *testing.T, name string) law.Case {
	t.Helper()
	_, pack := examplesOf(t)
	file := "cases/" + name + ".txtar"
	data, err := fs.ReadFile(packs.FS, file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := pack.ParseCase(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestExplainedWeighs holds each page of the two areas to 14 kB as it is fetched.
func TestExplainedWeighs(t *testing.T) {
	f := open(t, "")
	most := 0
	for _, a := range f.hub.Addresses() {
		if !strings.Contains(a.Path, "/explained") && !strings.HasSuffix(a.Path, "/wording") {
			continue
		}
		w := f.get("/"+a.Path, "Accept-Encoding", "br")
		total := w.Body.Len()
		page, err := io.ReadAll(brotli.NewReader(w.Body))
		f.must(err)
		walk(t, string(page), func(n *html.Node) {
			if at := attr(n, "src") + attr(n, "href"); (n.Data == "link" || n.Data == "script") && at != "" {
				total += f.get(at, "Accept-Encoding", "br").Body.Len()
			}
		})
		if most = max(most, total); total > 14_000 || total < 3_000 {
			t.Errorf("%s weighs %d bytes", a.Path, total)
		}
	}
	t.Logf("the heaviest weighs %d bytes", most)
}

func TestExplainedRefusesBadData(t *testing.T) {
	own, err := explainFiles.ReadFile("explain/explained.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ old, new, want string }{
		"no source":         {"sources: [un-trafficking, state]", "sources: []", "table[5]: it rests on no source"},
		"an unknown source": {"sources: [un-trafficking, state]", "sources: [nobody]", "no source has the id nobody"},
		"a mark":            {"{id: uk, mark: S", "{id: uk, mark: X", "sources[5].mark: S or G"},
		"a text missing":    {"trafficking: {en: The person., es: A la persona.}", "trafficking: {en: The person.}", "table[3]: a text lacks en or es"},
		"no day":            {"looked: 2026-11-24", "looked: ''", "all three are needed"},
		"an unknown field":  {"table:", "rows:", "rows"},
	} {
		if !strings.Contains(string(own), c.old) {
			t.Fatalf("%s: %q is not there to be changed", name, c.old)
		}
		_, err := readExplained("file", []byte(strings.Replace(string(own), c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "file: ") {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}

func TestExamplesRefuseBadData(t *testing.T) {
	_, pack := examplesOf(t)
	own, err := explainFiles.ReadFile("explain/examples.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ old, new, want string }{
		"no such case":     {"- case: callahan", "- case: nobody", "nobody: open cases/nobody.txtar"},
		"no such episode":  {"places: {apartment:", "places: {attic:", "callahan: places"},
		"no such rule":     {"show: {apartment: [us.1589,", "show: {apartment: [us.9999,", "us.9999"},
		"no such question": {"change: {apartment: {could_not_stop: no}}", "change: {apartment: {could_fly: no}}", "could_fly"},
		"another episode":  {"change: {apartment: {could_not_stop: no}}", "change: {attic: {could_not_stop: no}}", `no episode "attic"`},
		"no such answer":   {"change: {apartment: {could_not_stop: no}}", "change: {apartment: {could_not_stop: maybe}}", "maybe"},
		"a text missing":   {"¿Y si no hubiera trabajado?", "", "lacks en or es"},
		"an unknown field": {"  held:", "  ruled:", "ruled"},
	} {
		if !strings.Contains(string(own), c.old) {
			t.Fatalf("%s: %q is not there to be changed", name, c.old)
		}
		_, err := readExamples("file", []byte(strings.Replace(string(own), c.old, c.new, 1)), pack)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "file: ") {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}

func TestExamplesHaveNeutralNumbers(t *testing.T) {
	f := open(t, "")
	for _, n := range []string{"0", "99", "castillo-serrano", "1%2f2", "%00", "-1", "01"} {
		if w := f.get("/en/explained/examples/" + n); w.Code != 404 {
			t.Errorf("%s: %d", n, w.Code)
		}
	}
}
