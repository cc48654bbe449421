package suggest_test

import (
	"testing"

	"amparo/internal/suggest"
)

// newReader is a reader that proposes all that its lexicons know. That the vocabulary asks each of these
// questions is tested in internal/app.
func newReader(t testing.TB) *suggest.Reader {
	t.Helper()
	r, err := suggest.New([]string{"minor"})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, l := range r.Languages() {
		all = append(all, l.Questions...)
	}
	if r, err = suggest.New(all); err != nil {
		t.Fatal(err)
	}
	return r
}
