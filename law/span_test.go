package law_test

import (
	"testing"

	"amparo/law"
)

// 18 USC 1589 is in force from 2000-10-28: where the dates do not settle whether that was before or
// after, the finding says so and is not established.
func TestLawInForce(t *testing.T) {
	p := us(t)
	facts := yes("worked", "obtained", "threatened_hurt", "made_to_work", "meant_to_make_work")
	for _, c := range []struct {
		from, until string
		law         law.Force
		want        law.Status
	}{
		{"2000-10-28", "2000-10-28", law.InForce, law.Established},
		{"2000-10-27", "2000-10-27", law.NotInForce, law.NotLaw},
		{"1999", "1999", law.NotInForce, law.NotLaw},
		{"2001", "", law.InForce, law.Established},
		{"about 2001-01", "", law.InForce, law.Established},
		{"about 2000-11-01", "", law.DateUnknown, law.Open},
		{"about 2001", "", law.DateUnknown, law.Open},
		{"2000", "", law.DateUnknown, law.Open},
		{"2000-10", "2000-10", law.DateUnknown, law.Open},
		{"", "", law.DateUnknown, law.Open},
		{"", "2004", law.DateUnknown, law.Open},
		{"", "2000-09", law.NotInForce, law.NotLaw},
		{"1999", "", law.DateUnknown, law.Open},
		{"1999", "2004", law.Straddles, law.Open},
		{"2000-10-27", "2000-10-28", law.Straddles, law.Open},
	} {
		when := law.Span{}
		if c.from != "" {
			when.From = day(c.from)
		}
		if c.until != "" {
			when.Until = day(c.until)
		}
		f := finding(t, assess(t, p, law.Journey{Episodes: []law.Episode{{ID: "e", When: when, Facts: facts}}}), "us.1589", "e")
		if f.Law.State != c.law || f.Status != c.want {
			t.Errorf("%v: got %s, %s; want %s, %s", when, f.Law.State, f.Status, c.law, c.want)
		}
		if c.want == law.Open && f.Tree().Value != law.True {
			t.Errorf("%v: the elements are %s", when, f.Tree().Value)
		}
	}
}

// The benefit limb of 18 USC 1589(b) is law from 2008-12-23, and only that limb.
func TestElementsHaveDatesOfTheirOwn(t *testing.T) {
	p := us(t)
	gains := append(yes("worked", "threatened_hurt", "made_to_work", "shared_gain", "joined_in", "knew_means"), no("meant_to_make_work")...)
	for _, c := range []struct {
		year string
		want law.Status
	}{{"2007", law.RuledOut}, {"2009", law.Established}} {
		when := law.Span{From: day(c.year), Until: day(c.year)}
		f := finding(t, assess(t, p, law.Journey{Episodes: []law.Episode{{ID: "e", When: when, Facts: gains}}}), "us.1589", "e")
		if f.Status != c.want {
			t.Errorf("%s: %s", c.year, f.Status)
		}
	}
}

func TestDates(t *testing.T) {
	for _, s := range []string{"2013", "2013-05", "2013-05-12", "about 2013", "about 2013-05-12"} {
		if got := day(s).String(); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
	}
	for _, s := range []string{"", "213", "2013-00", "2013-02-30", "0000", "13-05-2013", "about", "about about 2013", "2013-5"} {
		if d, err := law.ParseDate(s); err == nil {
			t.Errorf("%q was read as %v", s, d)
		}
	}
}

// Acts of actors who do not act together do not add up; linked, they do.
func TestActorsAreBoundTogether(t *testing.T) {
	p := small(t, "aa && bb")
	by := func(actor, id string, answer law.Answer) law.Fact {
		return law.Fact{Question: id, Answer: answer, Actor: actor}
	}
	for _, c := range []struct {
		name  string
		facts []law.Fact
		links [][]string
		want  law.Status
	}{
		{"one actor", []law.Fact{by("x", "aa", law.Yes), by("x", "bb", law.Yes)}, nil, law.Established},
		{"nobody named", []law.Fact{by("", "aa", law.Yes), by("", "bb", law.Yes)}, nil, law.Established},
		{"one named", []law.Fact{by("x", "aa", law.Yes), by("", "bb", law.Yes)}, nil, law.Established},
		{"two apart", []law.Fact{by("x", "aa", law.Yes), by("y", "bb", law.Yes)}, nil, law.Open},
		{"one did not", []law.Fact{by("x", "aa", law.No)}, nil, law.Open},
		{"none did", []law.Fact{by("x", "aa", law.No), by("y", "aa", law.No), by("z", "bb", law.No)}, nil, law.RuledOut},
		{"it was not done", []law.Fact{by("x", "aa", law.Yes), by("", "bb", law.No)}, nil, law.RuledOut},
		{"two linked", []law.Fact{by("x", "aa", law.Yes), by("y", "bb", law.Yes)}, [][]string{{"x", "y"}}, law.Established},
		{"linked through a third", []law.Fact{by("x", "aa", law.Yes), by("y", "bb", law.Yes)}, [][]string{{"y", "z"}, {"z", "x"}}, law.Established},
	} {
		j := law.Journey{LinkedActors: c.links, Episodes: []law.Episode{{ID: "e", Actors: []string{"x", "y", "z"}, Facts: c.facts}}}
		if got := status(t, assess(t, p, j), "one", "e"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	apart := law.Journey{Episodes: []law.Episode{
		{ID: "crossing", Facts: []law.Fact{by("", "aa", law.Yes)}}, {ID: "farm", Facts: []law.Fact{by("", "bb", law.Yes)}}}}
	for _, e := range apart.Episodes {
		if got := status(t, assess(t, p, apart), "one", e.ID); got != law.Open {
			t.Errorf("facts of two episodes added up: %s in %s", got, e.ID)
		}
	}
}

// That no listed episode meets a rule settles nothing unless the list is complete.
func TestAbsenceNeedsACompleteList(t *testing.T) {
	p := small(t, "aa")
	j := law.Journey{Episodes: []law.Episode{{ID: "e", Facts: no("aa")}}}
	if got := status(t, assess(t, p, j), "some", ""); got != law.Open {
		t.Errorf("incomplete: %s", got)
	}
	j.Complete = true
	if got := status(t, assess(t, p, j), "some", ""); got != law.RuledOut {
		t.Errorf("complete: %s", got)
	}
	j.Episodes = append(j.Episodes, law.Episode{ID: "f", Facts: yes("aa")})
	if got := status(t, assess(t, p, j), "some", ""); got != law.Established {
		t.Errorf("one more: %s", got)
	}
}
