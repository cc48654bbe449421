package directory

import "testing"

func TestHoursInWords(t *testing.T) {
	for _, c := range []struct{ schedule, lang, want string }{
		{`{"freq":"WEEKLY","byday":"MO,TU,WE,TH,FR,SA,SU","opens_at":"00:00","closes_at":"24:00"}`, "en", "Day and night"},
		{`{"freq":"WEEKLY","byday":"MO,TU,WE,TH,FR,SA,SU","opens_at":"18:00","closes_at":"08:00"}`, "en", "Every day 6:00 pm–8:00 am"},
		{`{"freq":"WEEKLY","byday":"FR,MO,TU,WE,TH","opens_at":"09:00","closes_at":"17:30"}`, "en", "Monday to Friday 9:00 am–5:30 pm"},
		{`{"freq":"WEEKLY","byday":"FR,MO,TU,WE,TH","opens_at":"09:00","closes_at":"17:30"}`, "es", "lunes a viernes 9:00 a. m.–5:30 p. m."},
		{`{"freq":"WEEKLY","byday":"TU,TH","opens_at":"12:00","closes_at":"24:00"}`, "en", "Tuesday, Thursday 12:00 pm–12:00 am"},
		{`{"freq":"WEEKLY","byday":"FR,SA","opens_at":"20:00","closes_at":"04:00"}`, "es", "viernes, sábado 8:00 p. m.–4:00 a. m."},
		{`{"freq":"MONTHLY","byday":"1SA","opens_at":"10:00","closes_at":"15:00"}`, "en", "First Saturday of the month 10:00 am–3:00 pm"},
		{`{"freq":"MONTHLY","byday":"-1FR","opens_at":"10:00","closes_at":"15:00"}`, "es", "Último viernes del mes 10:00 a. m.–3:00 p. m."},
		{`{"freq":"MONTHLY","bymonthday":"1,15","opens_at":"10:00","closes_at":"15:00"}`, "en", "On these days of the month: 1, 15, 10:00 am–3:00 pm"},
		{`{"freq":"WEEKLY","byday":"MO","opens_at":"10:00","closes_at":"15:00","valid_from":"2026-01-05","valid_to":"2026-03-30"}`, "en", "Monday 10:00 am–3:00 pm; from 2026-01-05 on; until 2026-03-30"},
		{`{"freq":"WEEKLY","byday":"MO","opens_at":"10:00","closes_at":"15:00","description":"Not on holidays."}`, "xx", "Monday 10:00 am–3:00 pm; Not on holidays."},
		{`{"freq":"WEEKLY","byday":"MO","opens_at":"14:00Z","closes_at":"16:00Z"}`, "en", "Monday 2:00 pm–4:00 pm (UTC+00:00)"},
		{`{"freq":"WEEKLY","byday":"MO","opens_at":"09:00","closes_at":"10:00","timezone":-5}`, "en", "Monday 9:00 am–10:00 am (UTC-05:00)"},
		// What cannot be said is not said.
		{`{"freq":"WEEKLY","byday":"MO","description":"Ask."}`, "en", "Ask."},
		{`{"freq":"WEEKLY","interval":2,"byday":"MO","opens_at":"10:00","closes_at":"15:00"}`, "en", ""},
		{`{"freq":"MONTHLY","bymonthday":"-1","opens_at":"10:00","closes_at":"15:00"}`, "en", ""},
		{`{"freq":"MONTHLY","byday":"5MO","opens_at":"10:00","closes_at":"15:00"}`, "en", ""},
		{`{"freq":"WEEKLY","byday":"MO","count":3,"opens_at":"10:00","closes_at":"15:00"}`, "en", ""},
		{`{"opens_at":"10:00","closes_at":"15:00"}`, "en", ""},
	} {
		file := `[{"id": "o", "name": "o", "description": "o", "services": [{"id": "s", "name": "n", "status": "active", "schedules": [` +
			`{"id": "x", ` + c.schedule[1:] + `]}]}]`
		d, err := Parse("hours.json", []byte(file))
		if err != nil {
			t.Fatalf("%s: %v", c.schedule, err)
		}
		if got := d.Organizations[0].Services[0].Schedules[0].Text(c.lang); got != c.want {
			t.Errorf("%s in %s: %q; want %q", c.schedule, c.lang, got, c.want)
		}
	}
}

func TestSpoken(t *testing.T) {
	for lang, want := range map[string]string{"en": "en", "es": "es", "xx": "en", "": "en"} {
		if got := Spoken(lang); got != want {
			t.Errorf("asked for %q it speaks %q; want %q", lang, got, want)
		}
	}
}

// TestNeedsAreNamedAlike wants every need in each language in which one is.
func TestNeedsAreNamedAlike(t *testing.T) {
	for lang := range Needs[0].Label {
		for _, n := range Needs {
			if n.Spoken(lang) != lang || n.LabelIn(lang) == "" {
				t.Errorf("%s has no name in %s", n.Code, lang)
			}
		}
	}
	if len(Needs[0].Label) < 12 || Needs[0].Spoken("xx") != "en" || Needs[0].LabelIn("xx") != Needs[0].Label["en"] {
		t.Errorf("named in %d languages; asked for another, in %s", len(Needs[0].Label), Needs[0].Spoken("xx"))
	}
}

// TestReasonsMixNoLanguages asks in a language that has names of needs and no sentences.
func TestReasonsMixNoLanguages(t *testing.T) {
	fits := Invented().Match(Query{Need: "shelter"})
	if got := fits[0].Reasons[0].Text("ar"); got != "Offers this: A safe place to stay." {
		t.Errorf("%q", got)
	}
}
