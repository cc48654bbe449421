package desk

import (
	"testing"

	"github.com/jba/templatecheck"
)

// screens gives for each page the struct that it shows.
var screens = map[string]any{
	"login.html": loginPage{}, "error.html": errorPage{}, "queue.html": queuePage{}, "talk.html": talkPage{}, "cases.html": casesPage{},
	"case.html": casePage{}, "suggest.html": suggestPage{}, "clash.html": clashPage{}, "services.html": servicesPage{}, "closing.html": closingPage{},
	"numbers.html": numbersPage{}, "team.html": teamPage{}, "finding.html": findingPage{}, "storybook.html": storybookPage{},
	"queue-list": queueView{}, "line": lineView{}, "talk-status": talkStatus{},
}

func TestTemplatesFitTheirStructs(t *testing.T) {
	d, err := newDesk(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range screens {
		tmpl := d.pages.Lookup(name)
		if tmpl == nil {
			t.Errorf("no template %s", name)
			continue
		}
		if err := templatecheck.CheckHTML(tmpl, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWordsAreWhole(t *testing.T) {
	d, err := newDesk(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range d.words.Check() {
		t.Error(problem)
	}
}
