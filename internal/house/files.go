package house

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Limits on the length of a source file and of the README, in lines.
const (
	maxLines    = 600
	maxMedian   = 120
	maxReadme   = 150
	fewestFiles = 3 // fewer than this have no telling median
)

// Sources reads every file below root that a person wrote for the program, by its slash-separated
// path: code, styles, templates and pages. It leaves out what is installed, built or test data,
// and the bundles, whose sources are elsewhere.
func Sources(root string) (map[string]string, error) {
	files := map[string]string{}
	var bundles []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if slices.Contains([]string{".git", "node_modules", "bin", "out", "testdata"}, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".go", ".js", ".mjs", ".css", ".html", ".tmpl", ".svg"}, path.Ext(rel)) && d.Name() != "bundle.json" {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if d.Name() == "bundle.json" {
			made, err := bundled(text)
			if err != nil {
				return fmt.Errorf("%s: %w", rel, err)
			}
			for _, m := range made {
				bundles = append(bundles, path.Join(path.Dir(rel), m))
			}
			return nil
		}
		files[rel] = string(text)
		return nil
	})
	for _, b := range bundles {
		delete(files, b)
	}
	return files, err
}

// bundled gives the names of the files that a bundle.json makes, beside itself.
func bundled(text []byte) ([]string, error) {
	var rows []struct{ From, To string }
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&rows); err != nil {
		return nil, err
	}
	var made []string
	for i, r := range rows {
		if r.From == "" || r.To == "" {
			return nil, fmt.Errorf("row %d: wants from and to", i+1)
		}
		made = append(made, r.To)
	}
	return made, nil
}

var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// TooLong says which code, style or page is longer than 600 lines, and whether half of them are
// longer than 120. Generated Go and drawings do not count.
func TooLong(files map[string]string) []string {
	var wrong []string
	var lengths []int
	for _, name := range sorted(files) {
		if path.Ext(name) == ".svg" || generated.MatchString(files[name]) {
			continue
		}
		n := lines(files[name])
		if n > maxLines {
			wrong = append(wrong, fmt.Sprintf("%s has %d lines, more than %d", name, n, maxLines))
		}
		lengths = append(lengths, n)
	}
	slices.Sort(lengths)
	if len(lengths) >= fewestFiles && lengths[len(lengths)/2] > maxMedian {
		wrong = append(wrong, fmt.Sprintf("the median file has %d lines, more than %d", lengths[len(lengths)/2], maxMedian))
	}
	return wrong
}

var (
	comments = regexp.MustCompile(`(?s)<!--.*?-->|/\*.*?\*/`)
	elements = regexp.MustCompile(`(?is)<(?:link|script|img|image|iframe|frame|source|video|audio|track|embed|object|input|use|base|form|button)\b[^>]*?\s(?:xlink:href|href|src|srcset|imagesrcset|poster|data|action|formaction)\s*=\s*["']?\s*(?:https?:)?//[^\s"'>]*`)
	refresh  = regexp.MustCompile(`(?is)<meta\b[^>]*url\s*=\s*["']?\s*(?:https?:)?//[^\s"'>]*`)
	styles   = regexp.MustCompile(`(?i)@import\s+(?:url\(\s*)?["']?\s*(?:https?:)?//[^\s"')]*|url\(\s*["']?\s*(?:https?:)?//[^\s"')]*`)
	modules  = regexp.MustCompile(`(?m)\b(?:from|import)\s*\(?\s*["'` + "`" + `](?:https?:)?//[^"'` + "`" + `]*`)
)

// Fetches says which template, page, style or script would make a browser fetch from, or send a
// form to, someone else. A link that a person follows is not a fetch.
func Fetches(files map[string]string) []string {
	var wrong []string
	for _, name := range sorted(files) {
		var rules []*regexp.Regexp
		switch path.Ext(name) {
		case ".html", ".tmpl", ".svg":
			rules = []*regexp.Regexp{elements, refresh, styles, modules}
		case ".css":
			rules = []*regexp.Regexp{styles}
		case ".js", ".mjs":
			rules = []*regexp.Regexp{modules}
		}
		text := files[name]
		if path.Ext(name) != ".js" && path.Ext(name) != ".mjs" { // there, /* may stand inside a string
			text = comments.ReplaceAllStringFunc(text, func(c string) string { return strings.Repeat("\n", strings.Count(c, "\n")) })
		}
		for _, rule := range rules {
			for _, at := range rule.FindAllStringIndex(text, -1) {
				wrong = append(wrong, fmt.Sprintf("%s:%d: third party: %s", name, lines(text[:at[1]]), strings.Join(strings.Fields(text[at[0]:at[1]]), " ")))
			}
		}
	}
	return wrong
}

// lines counts the lines of a text; the last need not be ended.
func lines(text string) int {
	n := strings.Count(text, "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		n++
	}
	return n
}
