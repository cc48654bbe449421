package desk

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"amparo/internal/casework"
	"amparo/internal/fault"
	"amparo/internal/staff"
	"amparo/internal/vault"

	"golang.org/x/net/html"
)

// A troubled gate gives one member a hub that does not answer to so many writes of a case's parts.
type troubled struct {
	casework.Gate
	casework.Hub
	drop int
}

func (g *troubled) LogIn(ctx context.Context, l staff.Login) (staff.Entry, casework.Hub, error) {
	e, hub, err := g.Gate.LogIn(ctx, l)
	g.Hub = hub
	return e, g, err
}

func (g *troubled) PutPart(ctx context.Context, p vault.Part) error {
	if g.drop > 0 {
		g.drop--
		return fault.New(fault.Busy, "hub does not answer")
	}
	return g.Hub.PutPart(ctx, p)
}

// trouble serves a desk through a troubled gate.
func trouble(t *testing.T) (*served, *troubled) {
	t.Helper()
	g := &troubled{}
	return serve(t, func(c *Config) { g.Gate, c.Gate = c.Gate, g }), g
}

// field is the value of the first field of a name on the page.
func (b *browser) field(name string) string {
	b.t.Helper()
	n := find(b.doc, func(n *html.Node) bool { return attr(n, "name") == name })
	if n == nil {
		b.t.Fatalf("%s has no field %s", b.at.Path, name)
	}
	if n.Data == "textarea" {
		return strings.TrimSpace(text(n))
	}
	return attr(n, "value")
}

// A member settles a clash while the hub does not answer: what they chose is there still.
func TestAClashOutlivesAHubThatDoesNotAnswer(t *testing.T) {
	s, g := trouble(t)
	ana := s.member("ana")
	base := opened(t, s, ana, "Hola")
	ana.get(base).submit(base+"/episodes", url.Values{"label": {"The farm"}})
	episode := ana.at.Path
	two := *ana // the same member's other window
	ana.get(episode)
	two.get(episode)
	ana.submit(episode, url.Values{"label": {"The egg farm"}})
	two.submit(episode, url.Values{"label": {"The trailers"}})
	two.sees("Two of you changed the same thing")
	at := two.at.Path
	g.drop = 2 // it is sent once more by itself
	two.submit(at, url.Values{"keep": {"mine"}, "label": {"The egg farm and the trailers"}})
	if two.at.Path != at || two.status != http.StatusConflict {
		t.Fatalf("after a hub that did not answer: %s (%d)", two.at.Path, two.status)
	}
	two.sees("The hub does not answer.")
	if got := two.field("label"); got != "The egg farm and the trailers" {
		t.Errorf("the form has %q", got)
	}
	two.submit(at, url.Values{"keep": {"mine"}})
	two.sees("The egg farm and the trailers")
	if two.get(at); two.status != http.StatusNotFound {
		t.Errorf("a clash that was settled: %d", two.status)
	}

	answer := func(b *browser, answer string, was string) string {
		for _, n := range factForms(b) {
			if mark := find(n, func(e *html.Node) bool { return attr(e, "name") == "w.locked" }); mark != nil {
				if was == "" {
					was = attr(mark, "value")
				}
				b.post(episode+"/facts", url.Values{"a.locked": {answer}, "g.locked": {"said"}, "w.locked": {was}})
				return was
			}
		}
		t.Fatal("locked is not asked")
		return ""
	}
	was := answer(ana.get(episode), "yes", "")
	answer(two.get(episode), "no", was)
	at = two.at.Path
	g.drop = 2
	two.submit(at, url.Values{"k.locked": {"both"}})
	two.sees("The hub does not answer.")
	two.submit(two.at.Path, nil) // as it stands
	if two.at.Path != episode {
		t.Fatalf("settled: %s", two.at.Path)
	}
	ana.get(base).sees("Yes Were you locked in", "No Were you locked in")
}
