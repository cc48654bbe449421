package house

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// licences tells a licence text by phrases that all stand in it; the first match names it, as
// SPDX writes it, so the narrower stand before the wider. Phrases are in lower case, without commas, in single spaces.
var licences = []struct {
	name    string
	phrases []string
}{
	{"MPL-2.0", []string{"mozilla public license version 2.0", "1.1. \"contributor\""}},
	{"GPL family", []string{"everyone is permitted to copy and distribute verbatim copies"}},
	{"Apache-2.0", []string{"apache license version 2.0", "grant of patent license"}},
	{"BSD-3-Clause", []string{"redistributions in binary form must reproduce", "be used to endorse or promote"}},
	{"BSD-2-Clause", []string{"redistributions in binary form must reproduce"}},
	{"MIT", []string{"permission is hereby granted free of charge", "the above copyright notice and this permission notice shall be included"}},
	{"ISC", []string{"permission to use copy modify and/or distribute this software", "provided that the above copyright notice"}},
	{"0BSD", []string{"permission to use copy modify and/or distribute this software"}},
}

// Licence names a licence by its text, as SPDX does, or gives "" for one it does not know.
func Licence(text string) string {
	text = strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(text, ",", " "))), " ")
	for _, l := range licences {
		if !slices.ContainsFunc(l.phrases, func(p string) bool { return !strings.Contains(text, p) }) {
			return l.name
		}
	}
	return ""
}

var licenceFiles = []string{"LICENSE*", "LICENCE*", "License*", "license*", "COPYING*"}

// LicenceIn names the licence of the module or package that lies in dir, or gives "" when it has
// no licence file or one that Licence does not know.
func LicenceIn(dir string) string {
	for _, pattern := range licenceFiles {
		found, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, f := range found {
			if text, err := os.ReadFile(f); err == nil {
				if name := Licence(string(text)); name != "" {
					return name
				}
			}
		}
	}
	return ""
}

// mayUse says whether code under a licence may be used there: permissive ones anywhere, the
// Mozilla licence only where nothing of it is shipped.
func mayUse(licence, where string) bool {
	switch licence {
	case "MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "0BSD":
		return true
	case "MPL-2.0":
		return where == inTests || where == inTools
	}
	return false
}
