package hub

import (
	"fmt"
	"io/fs"
	"net/http"

	"amparo/internal/locale"
	"amparo/law"
)

// A cardFile is the indicator cards as they are written.
type cardFile struct {
	Checked string     `yaml:"checked"` // the day on which the sources were looked at
	Cards   []cardText `yaml:"cards"`
}

type cardText struct {
	Setting law.Text     `yaml:"setting"`
	Signs   []signText   `yaml:"signs"`
	Not     law.Text     `yaml:"not"`   // what these signs may not mean
	Apart   law.Text     `yaml:"apart"` // smuggling and trafficking, told apart here
	Speak   law.Text     `yaml:"speak"`
	Avoid   law.Text     `yaml:"avoid"`
	Sources []sourceText `yaml:"sources"`
}

// A signText is a thing that may be seen or heard, and the question that it should make somebody ask.
type signText struct {
	Text     law.Text `yaml:"text"`
	Question string   `yaml:"question"`
}

type sourceText struct {
	Name string   `yaml:"name"`
	Mark law.Mark `yaml:"mark"`
}

// readCards reads cards and refuses one that lacks a part, or whose sign leads to no law.
func readCards(fsys fs.FS, name string, p *law.Pack) (f cardFile, err error) {
	if err := strict(fsys, name, &f); err != nil {
		return f, err
	}
	if _, err := law.ParseDate(f.Checked); err != nil {
		return f, fmt.Errorf("%s: checked: %w", name, err)
	}
	bears := bearings(p)
	for i, c := range f.Cards {
		at := fmt.Sprintf("%s: cards[%d]", name, i)
		for field, text := range map[string]law.Text{"setting": c.Setting, "not": c.Not, "apart": c.Apart, "speak": c.Speak, "avoid": c.Avoid} {
			if text["en"] == "" || text["es"] == "" {
				return f, fmt.Errorf("%s.%s: wanted in en and es", at, field)
			}
		}
		if len(c.Signs) == 0 || len(c.Sources) == 0 {
			return f, fmt.Errorf("%s: wants signs and sources", at)
		}
		for k, s := range c.Signs {
			if s.Text["en"] == "" || s.Text["es"] == "" {
				return f, fmt.Errorf("%s.signs[%d].text: wanted in en and es", at, k)
			}
			if q, ok := p.Question(s.Question); !ok || len(bears[s.Question]) == 0 && !q.Vulnerability {
				return f, fmt.Errorf("%s.signs[%d].question: %q leads to no law of the pack", at, k, s.Question)
			}
		}
		for k, s := range c.Sources {
			if s.Name == "" || s.Mark != law.FromSource && s.Mark != law.General {
				return f, fmt.Errorf("%s.sources[%d]: wants a name, and the mark S or G", at, k)
			}
		}
	}
	if len(f.Cards) == 0 {
		return f, fmt.Errorf("%s: no cards", name)
	}
	return f, nil
}

type cardsPage struct {
	page
	Checked string
	Cards   []cardView
}

type cardView struct {
	Setting, Not, Apart, Speak, Avoid string
	Signs                             []signView
	Sources                           []sourceText
}

type signView struct {
	Text, Question string
	Cite           citeView
	Vulnerability  bool // makes it harder, and is no element of anything
}

func (h *Hub) cards(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	book, err := workLaw()
	if err != nil {
		return err
	}
	p := cardsPage{page: h.workPage(say, "/work/cards"), Checked: book.cards.Checked}
	for _, c := range book.cards.Cards {
		v := cardView{Setting: c.Setting.In(say.Tag), Not: c.Not.In(say.Tag), Apart: c.Apart.In(say.Tag), Speak: c.Speak.In(say.Tag),
			Avoid: c.Avoid.In(say.Tag), Sources: c.Sources}
		for _, s := range c.Signs {
			q, _ := book.pack.Question(s.Question)
			sign := signView{Text: s.Text.In(say.Tag), Question: q.Text.In(say.Tag)}
			if cites := book.cites(s.Question, say.Tag); len(cites) > 0 {
				sign.Cite = cites[0]
			} else {
				sign.Vulnerability = q.Vulnerability
			}
			v.Signs = append(v.Signs, sign)
		}
		p.Cards = append(p.Cards, v)
	}
	return h.show(w, http.StatusOK, "work-cards.html", p)
}
