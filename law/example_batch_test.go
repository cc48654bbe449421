package law_test

import (
	"fmt"

	"amparo/law"
	"amparo/packs"
)

func ExampleBatch() {
	pack, err := packs.Load("us")
	if err != nil {
		panic(err)
	}
	b, err := pack.NewBatch(law.Options{AsOf: law.Date{Year: 2026, Month: 1, Day: 2}})
	if err != nil {
		panic(err)
	}
	err = b.AddJSON("cases.jsonl", 1, []byte(`{"id":"A-17","episodes":[{"id":"farm","when":"2023","yes":["worked","obtained","threatened_law","made_to_work","meant_to_make_work"]}]}`))
	if err != nil {
		panic(err)
	}
	b.Run()
	for _, o := range b.Outcomes(0) {
		if o.Rule == "us.1589" {
			fmt.Println(o.Episode, o.Status)
		}
	}
	// Output: farm established
}
