package release

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// Page writes the table and its chart as one whole web page that asks for nothing from anywhere.
func (t Table) Page(w io.Writer, lang string) error {
	var chart bytes.Buffer
	if err := t.SVG(&chart, lang); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(pageCSS))
	return pageTemplate.Execute(w, struct {
		View   View
		Policy string
		Style  template.CSS
		Chart  template.HTML
	}{
		View:   t.View(lang),
		Policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		Style:  template.CSS(pageCSS),
		Chart:  template.HTML(chart.String()), // SVG escapes every text in it
	})
}
