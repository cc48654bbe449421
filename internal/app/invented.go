package app

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/goccy/go-yaml"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/line"
	"amparo/internal/release/invented"
	"amparo/internal/seal"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

//go:embed invented.yaml
var inventedTalks []byte

// A talk is an invented conversation, and the case that grew from it, if one did.
type talk struct {
	Lang string
	Door chat.Door
	Said []struct{ Visitor, Team string }
	Case *struct {
		Label    string
		Grade    string // of the evidence
		Person   Answers
		Complete bool
		Episodes []struct {
			Label, When string
			Actors      []string
			Answers     `yaml:",inline"`
		}
	}
}

// Answers are facts by question.
type Answers struct {
	Yes, No []string
	Unknown map[string]string // the reason
}

func (a Answers) edits(grade string) (out []casework.FactEdit) {
	put := func(q, answer, why, grade string) {
		out = append(out, casework.FactEdit{Question: q, Was: casework.MarkOf(casefile.Facts(nil)),
			Now: casefile.Facts{{Question: q, Answer: answer, Why: why, Grade: grade}}})
	}
	for _, q := range a.Yes {
		put(q, casefile.Yes, "", grade)
	}
	for _, q := range a.No {
		put(q, casefile.No, "", grade)
	}
	for q, why := range a.Unknown {
		put(q, casefile.Unknown, why, "")
	}
	return out
}

// invent fills a founded hub with invented talks, cases and coded rows, by the ways that real ones go.
func invent(ctx context.Context, board *switchboard.Switchboard, hubURL string, f casework.Founding) error {
	var talks []talk
	if err := yaml.UnmarshalWithOptions(inventedTalks, &talks, yaml.Strict()); err != nil {
		return err
	}
	gate, err := line.New(hubURL)
	if err != nil {
		return err
	}
	advocate, err := casework.LogIn(ctx, gate, f.Members[0].Member.Handle, f.Members[0].Passphrase)
	if err != nil {
		return err
	}
	for _, t := range talks {
		if err := t.play(ctx, board, advocate); err != nil {
			return fmt.Errorf("talk: %w", err)
		}
	}
	if err := inventRows(ctx, board, f); err != nil {
		return err
	}
	return advocate.LogOut(ctx)
}

// play says what was said, and lays out the case.
func (t talk) play(ctx context.Context, board *switchboard.Switchboard, advocate *casework.Session) error {
	v, err := newVisitor(ctx, board, t.Lang, t.Door)
	if err != nil {
		return err
	}
	for i, s := range t.Said {
		if s.Visitor != "" {
			if err := v.say(ctx, s.Visitor); err != nil {
				return err
			}
			continue
		}
		if i == 1 {
			if err := advocate.Claim(ctx, v.visit.Conversation); err != nil {
				return err
			}
		}
		if _, err := advocate.Reply(ctx, v.visit.Conversation, id.New[id.Message](), s.Team); err != nil {
			return err
		}
	}
	if t.Case == nil {
		return nil
	}
	c, err := advocate.OpenCase(ctx, v.visit.Conversation, t.Case.Label)
	if err != nil {
		return err
	}
	look := vault.Look{Case: c}
	if _, err := advocate.SaveFacts(ctx, look, "", t.Case.Person.edits(t.Case.Grade)); err != nil {
		return err
	}
	for _, e := range t.Case.Episodes {
		part := id.New[id.Part]()
		head := casework.Head{Label: e.Label, When: casefile.ParseWhen(e.When), Actors: e.Actors}
		if err := advocate.AddEpisode(ctx, look, part, head); err != nil {
			return err
		}
		if _, err := advocate.SaveFacts(ctx, look, part, e.edits(t.Case.Grade)); err != nil {
			return err
		}
	}
	if t.Case.Complete {
		if err := advocate.SetComplete(ctx, look, true); err != nil {
			return err
		}
	}
	return advocate.Close(ctx, v.visit.Conversation)
}

// A visitor seals as a browser would.
type visitor struct {
	board *switchboard.Switchboard
	org   string
	visit switchboard.Visit
	key   seal.Key
	turn  uint64
}

func newVisitor(ctx context.Context, board *switchboard.Switchboard, lang string, door chat.Door) (*visitor, error) {
	org, queue, err := board.Org(ctx)
	if err != nil {
		return nil, err
	}
	v := &visitor{board, org.ID, switchboard.Visit{Conversation: id.New[id.Conversation](), Token: switchboard.NewToken()}, seal.NewKey(), 0}
	c := chat.Conversation{ID: v.visit.Conversation, Key: queue.ID}
	envelope, err := seal.To(seal.TeamKEM, queue.Public, c.Binding(org.ID), v.key[:])
	if err != nil {
		return nil, err
	}
	o := switchboard.Opening{Visit: v.visit, Door: door, Lang: lang, Key: queue.ID, Envelope: envelope}
	return v, board.Open(ctx, o, chat.ByBrowser)
}

func (v *visitor) say(ctx context.Context, text string) (err error) {
	v.turn++
	m := chat.Message{Conversation: v.visit.Conversation, ID: id.New[id.Message](), From: seal.FromVisitor, Turn: v.turn}
	if m.Body, err = v.key.Seal(m.Binding(v.org), []byte(text)); err != nil {
		return err
	}
	_, err = v.board.Say(ctx, v.visit, m)
	return err
}

// inventRows leaves coded rows of nobody, so that there is something to count.
func inventRows(ctx context.Context, board *switchboard.Switchboard, f casework.Founding) error {
	var numbers vault.TeamKey
	for _, k := range f.Keys {
		if k.Purpose == vault.ForNumbers {
			numbers = k
		}
	}
	var sealed []vault.Row
	for _, row := range invented.Rows() {
		plain, err := json.Marshal(row)
		if err != nil {
			return err
		}
		r := vault.Row{ID: id.New[id.Row](), Key: numbers.ID}
		if r.Body, err = seal.Box(numbers.Public, r.Binding(f.Org), plain); err != nil {
			return err
		}
		sealed = append(sealed, r)
	}
	return board.Store.Write(ctx, func(tx switchboard.Tx) error {
		for _, r := range sealed {
			if err := tx.AddRow(r); err != nil {
				return err
			}
		}
		return nil
	})
}
