package hub

import (
	"encoding/json"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A wordingPair is a text and what the check must find in it. The browser's tests read the same file.
type wordingPair struct {
	Name, Lang, Text string
	Finds            []string // "rule: words", in the order of the text
}

func wordingPairs(t *testing.T) (pairs []wordingPair) {
	t.Helper()
	data, err := os.ReadFile("testdata/wording.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &pairs); err != nil {
		t.Fatal(err)
	}
	if len(pairs) < 25 {
		t.Fatalf("only %d pairs", len(pairs))
	}
	return pairs
}

func checkOf(t *testing.T) *wording {
	t.Helper()
	w, err := loadWording()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWordingFindsWhatFitsBadly(t *testing.T) {
	w := checkOf(t)
	spoken := map[string]bool{}
	for _, p := range wordingPairs(t) {
		marks, told := w.find(p.Text, p.Lang)
		got := []string{}
		for _, m := range marks {
			got = append(got, m.rule.ID+": "+p.Text[m.start:m.end])
			spoken[m.rule.ID] = true
		}
		if !slices.Equal(got, p.Finds) {
			t.Errorf("%s: finds %q, want %q; told %v", p.Name, got, p.Finds, told)
		}
	}
	for _, r := range w.Rules {
		if r.Kind != "skip" && !spoken[r.ID] {
			t.Errorf("no pair shows rule %s", r.ID)
		}
	}
}

// shown gives what a page without scripts marks in a text, and the names of kinds of what it found.
func shown(t *testing.T, page string) (marked, kinds []string) {
	t.Helper()
	walk(t, page, func(n *html.Node) {
		switch {
		case n.Data == "mark":
			marked = append(marked, n.FirstChild.Data)
		case attr(n, "data-part") == "kind" && n.FirstChild != nil:
			kinds = append(kinds, n.FirstChild.Data)
		}
	})
	return marked, kinds
}

func TestWordingWithoutScripts(t *testing.T) {
	f := open(t, "")
	for _, p := range wordingPairs(t) {
		w := f.do("POST", "/"+p.Lang+"/wording", url.Values{"text": {p.Text}, "send": {"1"}}, "Sec-Fetch-Site", "same-origin", "Accept-Encoding", "br")
		marked, kinds := shown(t, w.Body.String())
		if w.Code != 200 || w.Header().Get("Content-Encoding") != "" || len(marked) != len(p.Finds) || (len(kinds) == 0) != (len(p.Finds) == 0) {
			t.Errorf("%s: %d, %q, marks %q under %q; want %q", p.Name, w.Code, w.Header().Get("Content-Encoding"), marked, kinds, p.Finds)
		}
	}
	if got := f.log.String(); got != "" {
		t.Errorf("logged %q", got)
	}
}

func TestWordingTakesNothingUnasked(t *testing.T) {
	f := open(t, "")
	const text = "<script>alert(1)</script> human trafficking"
	for name, c := range map[string]struct {
		form url.Values
		code int
		want string
	}{
		"no choice made": {url.Values{"text": {text}}, 400, "wording.tick"},
		"no text":        {url.Values{"text": {" \n"}, "send": {"1"}}, 400, "wording.empty"},
		"too long":       {url.Values{"text": {strings.Repeat("é", maxWording+1)}, "send": {"1"}}, 413, "wording.long"},
		"no letters":     {url.Values{"text": {"\xff\xfe"}, "send": {"1"}}, 413, "wording.long"},
	} {
		w := f.post("/en/wording", c.form)
		if w.Code != c.code || !strings.Contains(w.Body.String(), f.hub.words.In("en").T(c.want)) {
			t.Errorf("%s: %d\n%s", name, w.Code, w.Body)
		}
		if marked, _ := shown(t, w.Body.String()); marked != nil {
			t.Errorf("%s: it was checked all the same: %q", name, marked)
		}
	}
	w := f.post("/en/wording", url.Values{"text": {text}, "send": {"1"}})
	if w.Code != 200 || strings.Contains(w.Body.String(), "<script>alert") || !strings.Contains(w.Body.String(), "&lt;script&gt;") {
		t.Errorf("markup: %d\n%s", w.Code, w.Body)
	}
	if w := f.post("/en/wording", url.Values{"text": {strings.Repeat("é", maxWording)}, "send": {"1"}}); w.Code != 200 {
		t.Errorf("as long as may be: %d", w.Code)
	}
}

func TestWordingRefusesBadData(t *testing.T) {
	for name, c := range map[string]struct{ file, old, new, want string }{
		"a text missing":       {"rules.yaml", "use: {en: smuggling, es: tráfico de migrantes}", "use: {en: smuggling}", "lacks en or es"},
		"no source":            {"rules.yaml", "sources: [castillo, us-forced-labor]", "sources: []", "a kind and a source"},
		"an unknown source":    {"rules.yaml", "sources: [castillo, us-forced-labor]", "sources: [nobody]", "no source nobody"},
		"an unknown kind":      {"rules.yaml", "kind: fits", "kind: good", "a kind and a source"},
		"an unknown condition": {"rules.yaml", "all: [consented]", "all: [agreement]", "there is no agreement"},
		"a condition of none":  {"rules.yaml", "[[border], [moved]]", "[[edge]]", "nothing told is edge"},
		"an unknown field":     {"rules.yaml", "looked:", "seen:", "rules.yaml"},
		"a pattern":            {"en.yaml", "'human traffick*'", "'human *traffick'", "none of word"},
		"a gap at the end":     {"es.yaml", "'trata'", "'trata ..'", "begins and ends"},
		"words of no rule":     {"en.yaml", "  victim: [", "  victor: [", "victim has no patterns"},
		"told without words":   {"es.yaml", "  debt: [", "  duty: [", "debt has no patterns"},
	} {
		_, err := readWording(func(file string) ([]byte, error) {
			data, err := wordingFiles.ReadFile("wording/" + file)
			if file == c.file {
				if !strings.Contains(string(data), c.old) {
					t.Fatalf("%s: %q is not there to be changed", name, c.old)
				}
				data = []byte(strings.Replace(string(data), c.old, c.new, 1))
			}
			return data, err
		})
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.file) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}
