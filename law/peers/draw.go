package peers

import "math/rand/v2"

// DrawAnswers draws answers for n journeys, the same for the same seed: each fact is known with the
// probability known, and is then a yes with the probability yes.
func DrawAnswers(facts []string, n int, known, yes float64, seed uint64) []Answers {
	random := rand.New(rand.NewPCG(seed, 1))
	journeys := make([]Answers, n)
	for i := range journeys {
		journeys[i] = Answers{}
		for _, f := range facts {
			told, is := random.Float64() < known, random.Float64() < yes
			if told {
				journeys[i][f] = is
			}
		}
	}
	return journeys
}
