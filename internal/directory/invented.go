package directory

import (
	_ "embed"
	"sync"
)

//go:embed invented.json
var inventedJSON []byte

// Invented is a directory of nobody, in a place that is not there: for demonstrations and tests. Its
// telephone numbers are reserved for fiction, its addresses in the web end nowhere.
var Invented = sync.OnceValue(func() Directory {
	d, err := Parse("invented.json", inventedJSON)
	if err != nil {
		panic(err) // it is compiled into the program
	}
	return d
})
