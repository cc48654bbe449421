package hub

import (
	"net/http"

	"amparo/internal/fault"
	"amparo/internal/locale"
)

// explainArea tells smuggling and trafficking apart: in short, and by decided cases laid beside the law.
var explainArea = area{
	screens: []screen{
		{path: "/explained", catalogue: "explain", show: (*Hub).explained},
		{path: "/explained/examples", catalogue: "explain", show: (*Hub).examples},
		{path: "/explained/examples/{n}", catalogue: "explain", show: (*Hub).example, each: (*Hub).exampleNumbers},
	},
	stories: []story{
		{"explained", (*Hub).explained},
		{"examples", (*Hub).examples},
		{"example-moving", exampleStory("1")}, {"example-both", exampleStory("2")}, {"example-neither", exampleStory("4")},
	},
	types: map[string]any{"explain.html": explainedPage{}, "explain-examples.html": examplesPage{}, "explain-example.html": examplePage{},
		"explain-picture": explainedPage{}, "explain-sources": sourcesView{}, "explain-finding": findingShown{}},
}

type explainedPage struct {
	page
	Explained *explained
}

func (h *Hub) explained(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	all, err := loadExplained()
	if err != nil {
		return err
	}
	p := explainedPage{h.newPage(say, "/explained"), all}
	p.Style = h.assets.at("explain.css")
	return h.show(w, http.StatusOK, "explain.html", p)
}

// Rests is what a row or a passage rests on, for the template that lists it.
func (p explainedPage) Rests(ids []string) (v sourcesView) {
	for _, id := range ids {
		v.Sources = append(v.Sources, p.Explained.explainSource(id))
	}
	v.Words = p.T("explain.rests")
	return v
}

// Number is where the example drawn from a case stands.
func (p explainedPage) Number(name string) (string, error) {
	all, err := loadExamples()
	if err != nil {
		return "", err
	}
	for _, e := range all {
		if e.Case == name {
			return e.N, nil
		}
	}
	return "", fault.New(fault.Internal, "no example is drawn from case %s", name)
}

type sourcesView struct {
	Words   string
	Sources []explainSource
}

type examplesPage struct {
	page
	Examples []*example
}

func (h *Hub) examples(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	all, err := loadExamples()
	if err != nil {
		return err
	}
	p := examplesPage{h.newPage(say, "/explained/examples"), all}
	p.Style = h.assets.at("explain.css")
	return h.show(w, http.StatusOK, "explain-examples.html", p)
}

type examplePage struct {
	page
	*example
	Count int
	Next  string // the number of the example after this; empty after the last
}

func (h *Hub) example(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	return h.showExample(w, say, r.PathValue("n"))
}

func exampleStory(n string) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
		return h.showExample(w, s, n)
	}
}

func (h *Hub) showExample(w http.ResponseWriter, say locale.Say, n string) error {
	all, err := loadExamples()
	if err != nil {
		return err
	}
	for i, e := range all {
		if e.N != n {
			continue
		}
		p := examplePage{page: h.newPage(say, "/explained/examples/"+n), example: e, Count: len(all)}
		p.Style, p.Script = h.assets.at("explain.css"), h.assets.at("explain.js")
		if i+1 < len(all) {
			p.Next = all[i+1].N
		}
		return h.show(w, http.StatusOK, "explain-example.html", p)
	}
	return fault.New(fault.Unknown, "no example has this number")
}

func (h *Hub) exampleNumbers() (out []string) {
	all, err := loadExamples()
	if err != nil {
		h.Log.Error("no examples", "err", err)
	}
	for _, e := range all {
		out = append(out, e.N)
	}
	return out
}
