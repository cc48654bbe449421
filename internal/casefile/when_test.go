package casefile

import "testing"

func TestParseWhen(t *testing.T) {
	for _, c := range []struct{ words, from, until string }{
		{"", "", ""},
		{"2015", "2015", "2015"},
		{"in 2015", "2015", "2015"},
		{"About March 2024", "about 2024-03", "about 2024-03"},
		{"around  3 March 2024", "about 2024-03-03", "about 2024-03-03"},
		{"March 3rd, 2024", "2024-03-03", "2024-03-03"},
		{"summer of 2013", "2013", "2013"},
		{"early 2014", "2014", "2014"},
		{"2014-11", "2014-11", "2014-11"},
		{"11/2014", "2014-11", "2014-11"},
		{"from January 2014 to December 2014", "2014-01", "2014-12"},
		{"March to June 2015", "2015-03", "2015-06"},
		{"from about 2013 until late 2014", "about 2013", "2014"},
		{"2013–2014", "2013", "2014"},
		{"since May 2019", "2019-05", ""},
		{"until 2020", "", "2020"},
		{"before I arrived", "", ""},
		{"when I was 17", "", ""},
		{"31 February 2020", "", ""},
		{"29 February 2024", "2024-02-29", "2024-02-29"},
		{"from 2016 to 2014", "", ""},
		{"hacia marzo de 2024", "about 2024-03", "about 2024-03"},
		{"más o menos en el 2015", "about 2015", "about 2015"},
		{"desde marzo de 2019", "2019-03", ""},
		{"desde marzo de 2019 hasta junio de 2020", "2019-03", "2020-06"},
		{"de enero a junio de 2015", "2015-01", "2015-06"},
		{"entre 2013 y 2014", "2013", "2014"},
		{"el 5 de setiembre de 2021", "2021-09-05", "2021-09-05"},
		{"a finales de 2014", "2014", "2014"},
		{"antes de llegar", "", ""},
		{"hasta 2020", "", "2020"},
	} {
		got := ParseWhen(c.words)
		if got.From != c.from || got.Until != c.until {
			t.Errorf("%q: got %q to %q, want %q to %q", c.words, got.From, got.Until, c.from, c.until)
		}
	}
}

func FuzzParseWhen(f *testing.F) {
	for _, s := range []string{"about March 2024", "before I arrived", "2015", "entre 2013 y 2014", "0/2014", "2014-00-00",
		"from from from 2014", "a a a a", "99 de mayo de 9999", "\xff2014", "- 2014", "hasta"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		w := ParseWhen(words)
		if len(words) <= MaxLine && w.Check() != nil && w.Words == string([]rune(w.Words)) {
			t.Errorf("%q gives %+v, which does not check: %v", words, w, w.Check())
		}
		if again := ParseWhen(w.Words); again != w {
			t.Errorf("%q: read again it is %+v, not %+v", words, again, w)
		}
	})
}
