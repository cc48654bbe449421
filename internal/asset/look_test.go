package asset

import (
	"math"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheLookIsPutIn(t *testing.T) {
	s, err := Load(fstest.MapFS{
		"site.css":  {Data: []byte("@import \"look.css\";\nbody { color: red }\n")},
		"other.css": {Data: []byte("body { color: red }\n@import \"look.css\";\n")},
	}, "site.css", "other.css")
	if err != nil {
		t.Fatal(err)
	}
	for name, has := range map[string]bool{"site.css": true, "other.css": false} {
		w := httptest.NewRecorder()
		s.Serve(w, httptest.NewRequest("GET", "/", nil), strings.TrimPrefix(s.Address(name), Prefix))
		if got := strings.Contains(w.Body.String(), "--paper:") && !strings.Contains(w.Body.String(), "@import"); got != has {
			t.Errorf("%s: look put in: %v\n%s", name, got, w.Body)
		}
	}
}

var token = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{3,6});`)

// schemes are the colours of light, dark and print.
func schemes(t *testing.T, css string) []map[string]string {
	t.Helper()
	parts := strings.Split(css, "@media")
	if len(parts) < 3 {
		t.Fatalf("%d schemes", len(parts))
	}
	var all []map[string]string
	for _, part := range parts[:3] {
		colours := map[string]string{}
		for _, m := range token.FindAllStringSubmatch(part, -1) {
			colours[m[1]] = m[2]
		}
		all = append(all, colours)
	}
	return all
}

// contrast is that of WCAG 2.2, from 1 to 21.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(hex string) (sum float64) {
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			return math.NaN()
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// TestContrast holds every pair in which colours are used to WCAG 2.2 AA: 4.5 for text, 3 for edges and hatches.
func TestContrast(t *testing.T) {
	if c := contrast("000", "ffffff"); math.Abs(c-21) > 0.01 {
		t.Fatalf("black on white: %v", c)
	}
	if c := contrast("777777", "fff"); c > 4.5 {
		t.Fatalf("a grey that just fails passes: %v", c)
	}
	pairs := map[string]float64{
		"ink paper": 7, "ink card": 7, "ink tint": 7, "quiet paper": 4.5, "quiet card": 4.5, "act paper": 4.5, "act card": 4.5, "act tint": 4.5, "on-act act": 4.5,
		"open paper": 4.5, "open card": 4.5, "open open-tint": 4.5, "ink open-tint": 7, "paper ink": 7, "edge card": 3, "edge paper": 3,
		"moving paper": 4.5, "moving card": 4.5, "exploiting paper": 4.5, "exploiting card": 4.5,
	}
	for i, colours := range schemes(t, string(look)) {
		for pair, least := range pairs {
			a, b, _ := strings.Cut(pair, " ")
			if c := contrast(colours[a], colours[b]); !(c >= least) {
				t.Errorf("scheme %d: %s: %.2f, want %.1f", i, pair, c, least)
			}
		}
	}
}
