// Amparo answers people who may be trafficked, smuggled or exploited.
package main

import (
	"context"
	"os"

	"amparo/internal/app"
)

func main() {
	os.Exit(app.Main(context.Background(), app.FromOS()))
}
