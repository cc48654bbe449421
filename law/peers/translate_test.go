package peers

import (
	"testing"

	"pgregory.net/rapid"
)

// everyPeer is each of the others by name, over the same questions.
type everyPeer struct {
	peers map[string]Peer
	node  *Node
}

func (e everyPeer) load(t failer, p Program, questions []Question) everyPeer {
	t.Helper()
	e.peers = map[string]Peer{}
	for name, made := range map[string]func() (Peer, error){
		"cel, shared parts said anew":     func() (Peer, error) { return NewCEL(p.Facts, questions, false, false) },
		"cel, shared parts bound":         func() (Peer, error) { return NewCEL(p.Facts, questions, false, true) },
		"cel partial, said anew":          func() (Peer, error) { return NewCEL(p.Facts, questions, true, false) },
		"cel partial, shared parts bound": func() (Peer, error) { return NewCEL(p.Facts, questions, true, true) },
		"opa":                             func() (Peer, error) { return NewOPA(questions) },
	} {
		peer, err := made()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		e.peers[name] = peer
	}
	if err := e.node.Load(questions); err != nil {
		t.Fatalf("node: %v", err)
	}
	return e
}

// verdicts gives what each peer says of one journey.
func (e everyPeer) verdicts(t failer, n int, a Answers) map[string][]Verdict {
	t.Helper()
	all := map[string][]Verdict{}
	for name, peer := range e.peers {
		prepared, err := peer.Prepare(a)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = make([]Verdict, n)
		if err := peer.Answer(prepared, all[name]); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	for _, name := range []string{JSONLogicName, RulesEngineName} {
		verdicts, err := e.node.Answer(name, []Answers{a})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = verdicts[0]
	}
	return all
}

// failer is what a test and a property have in common.
type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func started(t *testing.T) everyPeer {
	t.Helper()
	node, err := Start(".")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := node.Close(); err != nil {
			t.Error(err)
		}
	})
	return everyPeer{node: node}
}

// Every language says the same as the program: with all facts known each peer decides as brute force does.
func TestTranslationsDecideAsBruteForce(t *testing.T) {
	every := started(t)
	rapid.Check(t, func(t *rapid.T) {
		p := programs().Draw(t, "program")
		questions, _ := p.Questions()
		each := every.load(t, p, questions)
		for range 4 {
			known := fully(len(p.Facts)).Draw(t, "known")
			values := brute(p, func(f int) bool { return known[f] })
			for name, verdicts := range each.verdicts(t, len(questions), answers(p, known)) {
				for i, q := range questions {
					if want := verdict(values[q.Rule.Body]); verdicts[i] != want {
						t.Fatalf("%s: %s of %v with %v: %s, want %s", name, q.ID, p.Ops, known, verdicts[i], want)
					}
				}
			}
		}
	})
}

// With facts unknown, CEL's partial evaluator says nothing that brute force does not, and each of the others
// decides as if what is unknown were no.
func TestPeersWithUnknownFacts(t *testing.T) {
	every := started(t)
	settledByAll, leftOpen := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := programs().Draw(t, "program")
		questions, _ := p.Questions()
		each := every.load(t, p, questions)
		each.peers = map[string]Peer{"cel partial": each.peers["cel partial, said anew"], "opa": each.peers["opa"]}
		known := partly(len(p.Facts)).Draw(t, "known")
		exact, closed := settled(p, known), brute(p, func(f int) bool { return known[f] })
		for name, verdicts := range each.verdicts(t, len(questions), answers(p, known)) {
			for i, q := range questions {
				got, want := verdicts[i], exact[q.Rule.Body]
				if name != "cel partial" {
					if want := verdict(closed[q.Rule.Body]); got != want {
						t.Fatalf("%s: %s of %v with %v: %s, want %s", name, q.ID, p.Ops, known, got, want)
					}
					continue
				}
				if got != Open && got != want {
					t.Fatalf("%s: %s of %v with %v: %s, want %s", name, q.ID, p.Ops, known, got, want)
				}
				if want != Open {
					settledByAll++
					if got == Open {
						leftOpen++
					}
				}
			}
		}
	})
	t.Logf("of %d settled verdicts on drawn programs, cel-go's partial evaluation left %d unknown", settledByAll, leftOpen)
	if settledByAll == 0 {
		t.Error("nothing was settled")
	}
}
