package hub

import (
	"net/http"

	"amparo/internal/locale"
	"amparo/law"
)

var checkStories = []story{
	{"check", (*Hub).check},
	{"check-sheet", (*Hub).checkSheet},
	{"check-form", (*Hub).checkForm},
	{"check-form-wrong", formStory(checkSent{from: "2021", until: "2019", said: map[string]string{"worked": "y", "minor": "n"}}, "check.when.order")},
	{"check-end-work", endStory(toldStory{yes: []string{"worked", "made_to_work", "could_not_stop", "threatened_law", "papers_taken", "recruited", "noncitizen"}})},
	{"check-end-both", endStory(toldStory{yes: []string{"worked", "made_to_work", "brought_in", "outside_port", "noncitizen", "held_for_money"}})},
	{"check-end-border", endStory(toldStory{yes: []string{"brought_in", "noncitizen", "afraid_to_return"}, no: []string{"worked", "sex_act"}})},
	{"check-end-rules", endStory(toldStory{yes: []string{"worked", "below_minimum"}, no: []string{"made_to_work", "work_for_debt", "could_not_stop"}})},
	{"check-end-young", endStory(toldStory{yes: []string{"minor", "sex_act", "sex_for_value", "recruited", "under_18_now"}})},
	{"check-end-nothing", endStory(toldStory{no: []string{"worked", "hit"}})},
}

// A toldStory is what a story answers.
type toldStory struct{ yes, no []string }

func formStory(f checkSent, wrong string) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
		return h.show(w, http.StatusOK, "check-form.html", h.newForm(s, f, wrong))
	}
}

func endStory(t toldStory) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
		f := checkSent{from: "2019", until: "2021", said: map[string]string{}}
		for _, id := range t.yes {
			f.said[id] = "y"
		}
		for _, id := range t.no {
			f.said[id] = "n"
		}
		today := law.Date{Year: 2026, Month: 11, Day: 24}
		a, _ := h.checks.account(f, today)
		found, err := h.checks.assess(a, today)
		if err != nil {
			return err
		}
		return h.show(w, http.StatusOK, "check-result.html", h.ending(s, a, h.checks.Results.conclude(a, found)))
	}
}
