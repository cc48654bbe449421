package hub

import (
	"net/http"
	"slices"
	"time"

	"amparo/internal/directory"
	"amparo/internal/locale"
)

// A findAllPage is the whole list, by need. It says nothing that is true only now, since it is also copied.
type findAllPage struct {
	page
	Numbers []number
	Groups  []group
}

// A group is a need with its services. One that was told before, under another need, is only named.
type group struct {
	Need  said
	Cards []card
	Also  []also
}

type also struct{ ID, Name string }

func (h *Hub) newFindAll(say locale.Say, d directory.Directory, at time.Time) findAllPage {
	p := findAllPage{page: h.newPage(say, "/find/all"), Numbers: h.numbers(say)}
	p.Style = h.assets.at("find.css")
	told := map[string]bool{}
	add := func(name said, fits func(directory.Service) bool) {
		g := group{Need: name}
		for _, o := range d.Organizations {
			for _, s := range o.Services {
				if s.Status != "active" || !fits(s) {
					continue
				}
				if told[s.ID] {
					g.Also = append(g.Also, also{"s-" + s.ID, s.NameIn(say.Tag)})
					continue
				}
				told[s.ID] = true
				g.Cards = append(g.Cards, listCard(say, o, s, at))
			}
		}
		if len(g.Cards)+len(g.Also) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	for _, n := range directory.Needs {
		add(needIn(say, n), func(s directory.Service) bool { return slices.Contains(s.Needs, n.Code) })
	}
	add(said{HTML: say.H("find.list.more")}, func(s directory.Service) bool { return !told[s.ID] })
	return p
}

func (h *Hub) findAll(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	return h.show(w, http.StatusOK, "find-all.html", h.newFindAll(say, h.Directory, time.Now()))
}

// storyTime is a Tuesday afternoon in the place of the invented directory.
var storyTime = time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC)

func findStory(c choice, again bool) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, say locale.Say) error {
		p := h.newFind(say, directory.Invented(), c)
		p.Again = again
		return h.show(w, http.StatusOK, "find.html", p)
	}
}

func noServices() directory.Directory { return directory.Directory{} }

// foundStory looks in a directory for what the invented one offers to choose.
func foundStory(c choice, in func() directory.Directory) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, say locale.Say) error {
		return h.show(w, http.StatusOK, "find-answer.html", h.newFound(h.newFind(say, directory.Invented(), c), in(), storyTime))
	}
}

func findAllStory(d func() directory.Directory) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, say locale.Say) error {
		return h.show(w, http.StatusOK, "find-all.html", h.newFindAll(say, d(), storyTime))
	}
}
