package desk

import (
	"net/http"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/packs"
)

// under makes a story happen under another body of law than the desk's own.
func under(pack string, s story) story {
	show := s.show
	s.show = func(d *desk, r *http.Request, v visit) (string, any, error) {
		p, err := packs.Load(pack)
		if err != nil {
			return "", nil, err
		}
		d.Pack, d.asked = p, casework.Asked(p)
		return show(d, r, v)
	}
	return s
}

// findingStory shows one finding of the invented case, changed first, on its own page.
func findingStory(state, rule string, part id.Part, change func(*casework.Case)) story {
	at := string(part)
	if part == "" {
		at = aboutPerson
	}
	return story{"finding", state, staff.Advocate, "/cases/" + string(storyCase) + "/findings/" + rule + "/" + at, func(d *desk, r *http.Request, v visit) (string, any, error) {
		c := caseOf()
		if change != nil {
			change(c)
		}
		f, err := casework.FindingOf(c, d.Pack, rule, part, d.Now())
		if err != nil {
			return "", nil, err
		}
		return "finding.html", d.findingPage(r, v, f), nil
	}}
}

// farm changes what was told of the second episode.
func farm(when string, more ...string) func(*casework.Case) {
	return func(c *casework.Case) {
		e := &c.Episodes[1].Doc
		e.Facts = append(e.Facts, answered("said", more...)...)
		if when != "" {
			e.When = casefile.ParseWhen(when)
		}
	}
}

// wrongsOfWork is a job with its pay and papers wrong, and a recruiter who lied.
var wrongsOfWork = []string{"job_offered_abroad", "lied_about_job", "truth_mattered", "lied_to_gain", "recruited", "below_minimum", "farm_visa", "fee_taken",
	"papers_of_passage", "papers_to_make_work", "lied", "lied_job", "lied_pay", "long_hours", "bad_home", "asked_long_ago"}

// forcedCrime is what a person did because of how they were held.
var forcedCrime = []string{"may_be_crime", "driven_to_it", "came_of_being_held", "no_other_way", "others_would_too", "used_before", "wanted_use", "plain_to_see"}

// findingStories are what the assessment shows of each kind of law, and findings whole.
var findingStories = []story{
	caseStory("labor", "/episodes/"+string(storyTwo), farm("", wrongsOfWork...), false),
	under("uk", caseStory("uk", "", farm("from 2012 until 2014", forcedCrime...), false)),
	under("un", caseStory("un", "", farm("", wrongsOfWork...), false)),
	under("eu", caseStory("eu", "", farm("", forcedCrime...), false)),
	findingStory("established", "us.1589", storyTwo, farm("", "threatened_law", "threatened_otherwise", "believed_harm", "hit", "locked")),
	findingStory("open", "us.7102-11-a", storyTwo, nil),
	findingStory("ruled-out", "us.1589", storyOne, func(c *casework.Case) {
		c.Episodes[0].Doc.Facts = append(c.Episodes[0].Doc.Facts, casefile.Fact{Question: "worked", Answer: casefile.No, Grade: "seen"})
	}),
	findingStory("conflict", "us.flsa", storyTwo, func(c *casework.Case) {
		farm("", "below_minimum")(c)
		c.Episodes[1].Doc.Facts = append(c.Episodes[1].Doc.Facts, casefile.Fact{Question: "worked", Answer: casefile.No, Grade: "said-by-other", Source: "the boss"})
	}),
	findingStory("person", "us.t-screen", "", nil),
	under("uk", findingStory("until", "uk.cja-71-b", storyTwo, farm("from 2012 until 2014", "plain_to_see"))),
	under("un", findingStory("unless", "un.forced-labour", storyTwo, farm("", "public_duty", "hired_to_private"))),
	under("un", findingStory("indicator", "un.ilo-exploitation", storyTwo, farm("", wrongsOfWork...))),
}
