// Package invented has coded rows of nobody, for the demonstration and for tests.
package invented

import (
	"bytes"
	_ "embed"

	"amparo/internal/release"
)

//go:embed rows.jsonl
var rows []byte

// Rows gives the invented rows. They are part of the program: one that does not read is a mistake in it.
func Rows() []release.Row {
	out, err := release.ReadRows("rows.jsonl", bytes.NewReader(rows))
	if err != nil {
		panic(err)
	}
	return out
}
