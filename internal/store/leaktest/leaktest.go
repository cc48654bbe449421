// Package leaktest looks for words that must not be on a disk. A test plants a canary, a word that
// occurs nowhere else, in a sensitive field, runs the program, and searches everything it wrote.
package leaktest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"
)

// A Hit is a canary found in a file.
type Hit struct {
	File   string // path, as below dir
	Offset int64  // in bytes
	Canary string
	As     string // how it was written: UTF-8, UTF-16LE, base64, …
}

func (h Hit) String() string {
	return fmt.Sprintf("%s holds %q as %s at byte %d", h.File, h.Canary, h.As, h.Offset)
}

// least is how short a canary may be: the middle of its base64 must still be telling.
const least = 8

// Search reads every file below dir, logs, databases and temporary files alike, and gives the first
// place in each file of each canary in each way of writing. The error is of a file that could not be
// read, of a canary that is too short, or of a folder without any file: a search that saw nothing says
// nothing.
func Search(dir string, canaries ...string) ([]Hit, error) {
	var needles []needle
	for _, c := range canaries {
		if len(c) < least {
			return nil, fmt.Errorf("leaktest: canary %q is shorter than %d bytes", c, least)
		}
		needles = append(needles, disguises(c)...)
	}
	var hits []Hit
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		lower := small(text)
		for _, n := range needles {
			in := text
			if n.anyCase {
				in = lower
			}
			if at := bytes.Index(in, n.text); at >= 0 {
				hits = append(hits, Hit{path, int64(at), n.canary, n.as})
			}
		}
		return nil
	})
	if err == nil && files == 0 {
		err = fmt.Errorf("leaktest: no file below %s", dir)
	}
	return hits, err
}

// small is b with A to Z made small, byte for byte: what is searched need not be text.
func small(b []byte) []byte {
	out := bytes.Clone(b)
	for i, c := range out {
		if 'A' <= c && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return out
}

type needle struct {
	canary, as string
	text       []byte
	anyCase    bool // text is in small letters, and matches any
}

// disguises are the ways in which a canary may be written.
func disguises(canary string) []needle {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(canary)) {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	out := []needle{
		{canary, "UTF-8", []byte(canary), false},
		{canary, "UTF-16LE", little, false},
		{canary, "UTF-16BE", big, false},
		{canary, "hex", []byte(hex.EncodeToString([]byte(canary))), true},
	}
	for _, escaped := range []string{url.QueryEscape(canary), url.PathEscape(canary), percent(canary)} {
		if escaped != canary {
			out = append(out, needle{canary, "URL-encoded", small([]byte(escaped)), true})
		}
	}
	for shift := range 3 {
		middle := base64Middle(canary, shift)
		out = append(out, needle{canary, "base64", []byte(middle), false})
		if u := strings.NewReplacer("+", "-", "/", "_").Replace(middle); u != middle {
			out = append(out, needle{canary, "base64url", []byte(u), false})
		}
	}
	return out
}

func percent(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, "%%%02x", c)
	}
	return b.String()
}

// base64Middle is what base64 makes of s when shift bytes stand before it, without the letters at both
// ends that depend on its neighbours.
func base64Middle(s string, shift int) string {
	all := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), s...))
	from := []int{0, 2, 3}[shift] // letters that hold a bit of what stands before
	to := (shift + len(s)) * 8 / 6
	return all[from:to]
}
