package locale_test

import (
	"fmt"
	"strings"
	"testing"
)

// hostile are headers that no browser sends.
var hostile = []string{
	"\x00;;;q=", "\r\nSet-Cookie: x=1", "es\u202e", "../../etc/passwd", strings.Repeat("es,", 1e5), strings.Repeat("a-", 499), strings.Repeat("-", 1000),
	"es;q=NaN", "es;q=-1", "es;q=1e309", ";q=1", ",,,,", "*;q=0", "x-amparo", "i-klingon", "en-XA", "ar-XB;q=1, art", "\xff\xfe", "es-" + strings.Repeat("u-", 300),
}

func TestSuggest(t *testing.T) {
	w := load(t, nil)
	if err := w.Pseudo(); err != nil {
		t.Fatal(err)
	}
	for accept, want := range map[string]string{
		"": "en", "es-MX,es;q=0.9": "es", "de": "en", "es;q=0.1,ru": "ru", "ar-EG, en;q=0.5": "ar", "ht-HT": "ht", "de, ar;q=0.2": "ar",
		"en-XA": "en", "ar-XB": "ar", // the artificial ones are not offered
	} {
		if got := w.Suggest(accept); got != want {
			t.Errorf("%.20q: %s, want %s", accept, got, want)
		}
	}
	many := make([]string, 10_000)
	for i := range many {
		many[i] = fmt.Sprintf("%c%c;q=0.%d", 'a'+i%26, 'a'+i/26%26, i%10)
	}
	for _, accept := range append(hostile, strings.Join(many, ",")) {
		if got := w.Suggest(accept); !w.Has(got) {
			t.Errorf("%.20q: %q", accept, got)
		}
	}
}

func FuzzSuggest(f *testing.F) {
	for _, accept := range append(hostile, "", "es-MX,es;q=0.9") {
		f.Add(accept)
	}
	f.Fuzz(func(t *testing.T, accept string) {
		w := load(t, nil)
		if got := w.Suggest(accept); !w.Has(got) {
			t.Errorf("%q", got)
		}
		if got := w.In(accept); accept != got.Tag && got.Tag != "en" {
			t.Errorf("words in %q", got.Tag)
		}
	})
}
