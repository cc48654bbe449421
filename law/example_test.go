package law_test

import (
	"fmt"

	"amparo/law"
	"amparo/packs"
)

func Example() {
	pack, err := packs.Load("us")
	if err != nil {
		panic(err)
	}
	journey, err := pack.ParseJourney("journey.yaml", []byte(`
episodes:
  - id: house
    when: {from: 2023-02, until: about 2024}
    facts:
      - {question: worked, answer: yes}
      - {question: obtained, answer: yes}
      - {question: threatened_law, answer: yes, source: first call}
      - {question: made_to_work, answer: yes}
`))
	if err != nil {
		panic(err)
	}
	a, err := pack.Assess(journey, law.Options{AsOf: law.Date{Year: 2026, Month: 1, Day: 2}})
	if err != nil {
		panic(err)
	}
	for _, f := range a.Findings {
		if f.Rule == "us.1589" {
			fmt.Println(f.Status)
			fmt.Println(pack.Explain(f, "en")[1])
		}
	}
	fmt.Println(a.Next[0].Text["en"])
	// Output:
	// open
	// These answers could still turn it: Did they hurt, hold, threaten or scare anyone so that you would work, or go on working? Did this person get money, or anything of value, from what others did to you? Did this person take part in it with those others? Did this person know that force, lies or threats were or would be used? Did this person see clear signs of force, lies or threats, and carry on?
	// Counting all your hours, were you paid less than the lowest wage the law allows, or nothing?
}

func ExamplePack_ParseJourney() {
	pack, err := packs.Load("us")
	if err != nil {
		panic(err)
	}
	_, err = pack.ParseJourney("journey.yaml", []byte("person:\n  - {question: minor, answer: perhaps}\n"))
	fmt.Println(err)
	// Output: journey.yaml:2:31: person[0].answer: "perhaps" is not one of: yes, no, unknown
}

func ExampleParseDate() {
	d, err := law.ParseDate("about 2013-05")
	fmt.Println(d.Year, d.Month, d.About, err)
	// Output: 2013 5 true <nil>
}
