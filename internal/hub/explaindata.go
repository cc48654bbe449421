package hub

import (
	"embed"
	"fmt"
	"sync"

	"github.com/goccy/go-yaml"

	"amparo/law"
)

//go:embed explain/*.yaml
var explainFiles embed.FS

// explained is what the page says that tells smuggling and trafficking apart.
type explained struct {
	Looked  string   // the day on which the sources were looked at
	Review  law.Text // who has reviewed it, or that nobody has
	Sources []explainSource
	Table   []struct {
		Name, Smuggling, Trafficking law.Text
		Sources                      []string
	}
	Passages []struct {
		Head     law.Text
		Items    []law.Text
		After    law.Text
		Sources  []string
		Examples []string // names of cases
	}
}

// An explainSource is what a row or a passage rests on.
type explainSource struct {
	ID   string
	N    int `yaml:"-"` // its place in the list, from 1
	Mark law.Mark
	Name law.Text
}

// explainSource finds one by its id; loadExplained has seen that it is there.
func (e *explained) explainSource(id string) explainSource {
	for _, s := range e.Sources {
		if s.ID == id {
			return s
		}
	}
	return explainSource{}
}

// loadExplained is done once. It fails where a row or a passage rests on nothing, or lacks a language.
var loadExplained = sync.OnceValues(func() (*explained, error) {
	data, err := explainFiles.ReadFile("explain/explained.yaml")
	if err != nil {
		return nil, err
	}
	return readExplained("explain/explained.yaml", data)
})

func readExplained(name string, data []byte) (*explained, error) {
	e := &explained{}
	if err := yaml.UnmarshalWithOptions(data, e, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	wrong := func(where, what string) error { return fmt.Errorf("%s: %s: %s", name, where, what) }
	if e.Looked == "" || len(e.Table) == 0 || len(e.Passages) == 0 {
		return nil, wrong("looked, table, passages", "all three are needed")
	}
	check := func(where string, sources []string, texts ...law.Text) error {
		for _, t := range texts {
			if t["en"] == "" || t["es"] == "" {
				return wrong(where, "a text lacks en or es")
			}
		}
		if len(sources) == 0 {
			return wrong(where, "it rests on no source")
		}
		for _, id := range sources {
			if e.explainSource(id).ID == "" {
				return wrong(where, "no source has the id "+id)
			}
		}
		return nil
	}
	for i, s := range e.Sources {
		e.Sources[i].N = i + 1
		if s.Mark != law.FromSource && s.Mark != law.General {
			return nil, wrong(fmt.Sprintf("sources[%d].mark", i), "S or G")
		}
		if err := check(fmt.Sprintf("sources[%d]", i), []string{s.ID}, s.Name); err != nil {
			return nil, err
		}
	}
	for i, r := range e.Table {
		if err := check(fmt.Sprintf("table[%d]", i), r.Sources, r.Name, r.Smuggling, r.Trafficking); err != nil {
			return nil, err
		}
	}
	for i, p := range e.Passages {
		texts := append([]law.Text{p.Head}, p.Items...)
		if p.After != nil {
			texts = append(texts, p.After)
		}
		if err := check(fmt.Sprintf("passages[%d]", i), p.Sources, texts...); err != nil {
			return nil, err
		}
	}
	return e, nil
}
