// Package storetest is the contract of switchboard.Store as a suite that every store must pass. Run
// runs it in a test; Refusals gives what a store gets wrong as values, so that the suite itself can be
// tried on stores that are broken on purpose.
package storetest

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"amparo/internal/fault"
	"amparo/internal/switchboard"
)

// A check looks at one promise of an empty store.
type check struct {
	name string
	look func(*probe)
}

// checks is the whole contract but for the model.
var checks = slices.Concat(staffChecks, keyChecks, chatChecks, vaultChecks, numberChecks, writeChecks)

// Run holds the stores that open gives, each of them empty, to the contract.
func Run(t *testing.T, open func(*testing.T) switchboard.Store) {
	for _, c := range checks {
		t.Run(c.name, func(t *testing.T) {
			for _, wrong := range c.refusals(open(t)) {
				t.Error(wrong)
			}
		})
	}
	t.Run("a plain model of conversations", func(t *testing.T) {
		s := open(t)
		rapid.Check(t, func(t *rapid.T) {
			choose := func(n int, what string) int { return rapid.IntRange(0, n-1).Draw(t, what) }
			if err := follow(t.Context(), s, choose); err != nil {
				t.Fatal(err)
			}
		})
	})
}

// Refusals gives, one after the other, what each promise finds wrong with the stores that open gives,
// each of them empty. A store that keeps the contract has none.
func Refusals(ctx context.Context, open func() switchboard.Store) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, c := range checks {
			for _, w := range c.refusals(open()) {
				if !yield(c.name + ": " + w) {
					return
				}
			}
		}
		s, random := open(), rand.New(rand.NewPCG(1, 2))
		for range 30 {
			if err := follow(ctx, s, func(n int, _ string) int { return random.IntN(n) }); err != nil {
				yield("a plain model of conversations: " + err.Error())
				return
			}
		}
	}
}

func (c check) refusals(s switchboard.Store) []string {
	p := &probe{ctx: context.Background(), store: s}
	func() {
		defer func() { // a store that is wrong enough makes a check trip
			if r := recover(); r != nil {
				p.note("panic: %v", r)
			}
		}()
		c.look(p)
	}()
	return p.wrong
}

// A probe is what a check asks with. What it finds wrong it notes, with the line, and goes on.
type probe struct {
	ctx   context.Context
	store switchboard.Store
	wrong []string
}

// write runs f in a Write that must succeed.
func (p *probe) write(f func(switchboard.Tx)) {
	p.none(p.store.Write(p.ctx, func(tx switchboard.Tx) error { f(tx); return nil }))
}

// read runs f in a Read that must succeed.
func (p *probe) read(f func(switchboard.Tx)) {
	p.none(p.store.Read(p.ctx, func(tx switchboard.Tx) error { f(tx); return nil }))
}

// refuses runs f, whose error must be of the kind, in a Write of its own.
func (p *probe) refuses(k fault.Kind, f func(switchboard.Tx) error) {
	p.kind(k, p.store.Write(p.ctx, f))
}

// unknown runs f in a Read; its error must be fault.Unknown.
func (p *probe) unknown(f func(switchboard.Tx) error) {
	p.kind(fault.Unknown, p.store.Read(p.ctx, f))
}

func (p *probe) none(err error) {
	if err != nil {
		p.note("%v", err)
	}
}

func (p *probe) kind(k fault.Kind, err error) {
	if fault.KindOf(err) != k {
		p.note("error is %v; want %s", err, k)
	}
}

// same compares a value, and the error that came with it, with what it must be.
func same[T any](p *probe, got T, err error, want T) {
	if err != nil {
		p.note("%v", err)
	} else if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		p.note("is not as it was kept (-want +got):\n%s", diff)
	}
}

// note keeps what is wrong with the line of the check that found it.
func (p *probe) note(format string, args ...any) {
	at := ""
	for skip := 1; ; skip++ {
		_, file, line, ok := runtime.Caller(skip)
		if base := filepath.Base(file); !ok || base != "storetest.go" {
			at = fmt.Sprintf("%s:%d: ", base, line)
			break
		}
	}
	p.wrong = append(p.wrong, at+fmt.Sprintf(format, args...))
}
