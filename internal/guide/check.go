package guide

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A checker notes what is wrong with a file.
type checker struct {
	file  string
	lines map[string]int
	seen  map[string]bool  // ids
	where map[string]place // of ids
	wrong []error
}

// A place is where a page or an office stands.
type place struct {
	file, path string
	lines      map[string]int
}

// fail notes a fault of a field; its line is that of the field, or of what it would be in.
func (k *checker) fail(path, what string, args ...any) {
	line := 0
	for at := path; line == 0 && at != ""; at = at[:max(0, strings.LastIndexAny(at, ".["))] {
		line = k.lines["$."+at]
	}
	k.wrong = append(k.wrong, fmt.Errorf("%s:%d: %s: %s", k.file, max(line, 1), path, fmt.Sprintf(what, args...)))
}

var (
	pageID    = regexp.MustCompile(`^r[0-9]{1,2}$`)
	officeID  = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	ruleID    = regexp.MustCompile(`^[a-z]+\.[a-z0-9-]+$`)
	telephone = regexp.MustCompile(`^\+?[0-9][0-9 -]{1,18}$`)
)

func (k *checker) whole(f file) {
	for i, p := range f.Pages {
		at := fmt.Sprintf("pages[%d]", i)
		k.id(at, p.ID, pageID, "r and one or two digits, since it stands in an address")
		if !slices.Contains(PageKinds, p.Kind) {
			k.fail(at+".kind", "%q is none of %v", p.Kind, PageKinds)
		}
		k.text(at+".title", p.Title)
		k.text(at+".lead", p.Lead)
		if len(p.Parts) == 0 {
			k.fail(at+".parts", "missing")
		}
		for j, part := range p.Parts {
			k.part(fmt.Sprintf("%s.parts[%d]", at, j), part)
		}
	}
	for i, o := range f.Offices {
		at := fmt.Sprintf("offices[%d]", i)
		k.id(at, o.ID, officeID, "small letters, digits and hyphens")
		k.text(at+".name", o.Name)
		k.text(at+".does", o.Does)
		k.source(at, o.Source)
		for field, number := range map[string]string{"tel": o.Tel, "text": o.Text} {
			if number != "" && !telephone.MatchString(number) {
				k.fail(at+"."+field, "%q is no telephone number", number)
			}
		}
	}
}

func (k *checker) id(at, id string, form *regexp.Regexp, want string) {
	switch {
	case !form.MatchString(id):
		k.fail(at+".id", "%q: want %s", id, want)
	case k.seen[id]:
		k.fail(at+".id", "%q stands twice", id)
	}
	k.seen[id] = true
	if k.where == nil {
		k.where = map[string]place{}
	}
	k.where[id] = place{k.file, at, k.lines}
}

func (k *checker) part(at string, p Part) {
	kind, ok := PartKinds[p.Kind]
	if !ok {
		k.fail(at+".kind", "%q is none of %v", p.Kind, slices.Sorted(maps.Keys(PartKinds)))
	}
	if len(p.Statements) == 0 {
		k.fail(at+".statements", "missing")
	}
	for i, s := range p.Statements {
		at := fmt.Sprintf("%s.statements[%d]", at, i)
		k.text(at+".say", s.Say)
		k.source(at, s.Source)
		if kind.Law && (s.Cite == Practice || s.Cite == Common) {
			k.fail(at+".cite", "a statement of law names its law")
		}
		if s.Rule != "" && !ruleID.MatchString(s.Rule) {
			k.fail(at+".rule", "%q is no id of a rule, such as us.1592", s.Rule)
		}
		if s.Value != "" && s.Rule == "" {
			k.fail(at+".value", "of which rule?")
		}
	}
}

func (k *checker) text(at string, t Text) {
	for _, lang := range Languages {
		if strings.TrimSpace(t[lang]) == "" {
			k.fail(at, "missing in %s", lang)
		}
	}
	for lang := range t {
		if !slices.Contains(Languages, lang) {
			k.fail(at, "%q is none of %v", lang, Languages)
		}
	}
}

func (k *checker) source(at string, s Source) {
	if strings.TrimSpace(s.Cite) == "" {
		k.fail(at+".cite", "missing: nothing stands without its source")
	}
	if s.Mark != Read && s.Mark != General {
		k.fail(at+".mark", "%q is neither %s (read in a stored copy) nor %s (general knowledge)", s.Mark, Read, General)
	}
	if s.Mark == Read && (s.Cite == Practice || s.Cite == Common) {
		k.fail(at+".mark", "what comes from no law and no page was read nowhere")
	}
	if _, err := time.Parse(time.DateOnly, s.Looked); err != nil {
		k.fail(at+".looked", "%q: want the day as 2006-01-02", s.Looked)
	}
	if s.Review == "" {
		k.fail(at+".review", "missing: who has reviewed it, or %s", Nobody)
	}
}

// links wants each office and page that is named.
func (k *checker) links(g *Guide) {
	for _, p := range g.Pages {
		at := k.where[p.ID]
		k.file, k.lines = at.file, at.lines
		for _, id := range p.Offices {
			if _, ok := g.Office(id); !ok {
				k.fail(at.path+".offices", "no office %q", id)
			}
		}
		for _, id := range p.See {
			if _, ok := g.Page(id); !ok {
				k.fail(at.path+".see", "no page %q", id)
			}
		}
	}
}
