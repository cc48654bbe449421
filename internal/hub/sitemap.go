package hub

import (
	"net/http"
	"strings"

	"amparo/internal/locale"
)

// A teller answers a request in a language.
type teller func(*Hub, http.ResponseWriter, *http.Request, locale.Say) error

// A screen is one address of the site in each language that has its words.
type screen struct {
	path      string // below the language: "/", "/facts/{claim}"
	kind      string // of what it is: "" is a page, post takes a form, others are names of Address.Kind
	catalogue string // the words it needs; a language without them does not offer it
	show      teller
	each      func(*Hub) []string // what its one wildcard stands for

	has func(h *Hub, tag, value string) bool // whether a language has it for that value; nil is always
}

// Kinds of screens: post answers a form; the others are those of an Address.
const (
	post      = "post"
	chatKind  = "chat"
	checkKind = "check"
	fileKind  = "file"
)

// An area is what belongs together: its screens, their states in the storybook, and what its templates show.
type area struct {
	screens []screen
	stories []story
	types   map[string]any // by template
}

// areas is the whole public site, and stories every screen of it in every state that a visitor can come to.
// They are put together when the program begins, since screens lead to each other.
var (
	areas   []area
	stories []story
)

func init() {
	areas = []area{homeArea, talkArea, factsArea, workArea, findArea, checkArea, rightsArea, voiceArea, explainArea, wordingArea}
	for _, a := range areas {
		stories = append(stories, a.stories...)
	}
}

// An Address is a page that anybody may open.
type Address struct {
	Path string // below the site, without a slash before: "en/facts/c07"
	Kind string // page, check (it evaluates the law on the device), chat, or file
}

// Addresses lists what can be opened by its address alone, language by language, in the order of the site.
func (h *Hub) Addresses() (out []Address) {
	for _, l := range h.words.Languages() {
		for _, a := range areas {
			for _, s := range a.screens {
				if s.kind == post || s.kind == chatKind && h.Talk != "" || !h.words.Holds(l.Tag, s.catalogue) {
					continue
				}
				kind := s.kind
				if kind == "" {
					kind = "page"
				}
				before, after, wild := cutWildcard(s.path)
				if !wild {
					out = append(out, Address{l.Tag + s.path, kind})
					continue
				}
				for _, v := range s.each(h) {
					if s.has != nil && !s.has(h, l.Tag, v) {
						continue
					}
					out = append(out, Address{l.Tag + before + v + after, kind})
				}
			}
		}
	}
	return out
}

// cutWildcard parts a pattern at its wildcard.
func cutWildcard(pattern string) (before, after string, ok bool) {
	before, rest, ok := strings.Cut(pattern, "{")
	_, after, _ = strings.Cut(rest, "}")
	return before, after, ok
}

// screenAt is the screen that an address below the language belongs to.
func screenAt(path string) (screen, bool) {
	for _, a := range areas {
		for _, s := range a.screens {
			before, after, wild := cutWildcard(s.path)
			in, ok := strings.CutPrefix(path, before)
			if ok {
				in, ok = strings.CutSuffix(in, after)
			}
			if s.kind != post && (path == s.path || wild && ok && in != "" && !strings.Contains(in, "/")) {
				return s, true
			}
		}
	}
	return screen{}, false
}

// routes of all areas, in each language that has the words.
func (h *Hub) routeAreas(m *http.ServeMux) {
	for _, l := range h.words.Languages() {
		for _, a := range areas {
			for _, s := range a.screens {
				if h.Talk != "" && (s.kind == post || s.kind == chatKind) || !h.offers(s) || !h.words.Holds(l.Tag, s.catalogue) {
					continue
				}
				method, path := "GET ", "/"+l.Tag+s.path
				if s.kind == post {
					method = "POST "
				}
				if strings.HasSuffix(path, "/") {
					path += "{$}"
				}
				m.HandleFunc(method+path, h.page(func(w http.ResponseWriter, r *http.Request, say locale.Say) error {
					return s.show(h, w, r, say)
				}))
			}
		}
	}
}
