package leaktest_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"amparo/internal/store/leaktest"
)

const canary = "kánária 7?>~ÿ"

func TestSearchFindsWhatIsPlanted(t *testing.T) {
	planted := map[string]string{
		"plain":      canary,
		"hex":        hex.EncodeToString([]byte(canary)),
		"HEX":        strings.ToUpper(hex.EncodeToString([]byte(canary))),
		"query":      url.QueryEscape(canary),
		"path":       url.PathEscape(canary),
		"path small": strings.ToLower(url.PathEscape(canary)),
	}
	var little, big string
	for _, u := range utf16.Encode([]rune(canary)) {
		little += string([]byte{byte(u), byte(u >> 8)})
		big += string([]byte{byte(u >> 8), byte(u)})
	}
	planted["little"], planted["big"] = little, big
	for before := range 7 {
		for behind := range 4 {
			text := strings.Repeat("x", before) + canary + strings.Repeat("y", behind)
			name := fmt.Sprintf("%d-%d", before, behind)
			planted["std"+name] = base64.StdEncoding.EncodeToString([]byte(text))
			planted["url"+name] = base64.RawURLEncoding.EncodeToString([]byte(text))
		}
	}
	for name, text := range planted {
		dir := t.TempDir()
		deep := filepath.Join(dir, "a", "b")
		if err := os.MkdirAll(deep, 0o700); err != nil {
			t.Fatal(err)
		}
		noise := strings.Repeat("\x00\xffnoise", 1000)
		if err := os.WriteFile(filepath.Join(deep, "hub.db-wal"), []byte(noise+text+noise), 0o600); err != nil {
			t.Fatal(err)
		}
		hits, err := leaktest.Search(dir, "another word", canary)
		if err != nil || len(hits) == 0 {
			t.Errorf("%s: hits %v, %v", name, hits, err)
			continue
		}
		for _, h := range hits {
			if h.Canary != canary || h.Offset < int64(len(noise)) || h.Offset > int64(len(noise)+len(text)) {
				t.Errorf("%s: %v; planted at %d", name, h, len(noise))
			}
		}
	}
}

func TestSearchFindsNothingWhereNothingIs(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "log"), []byte(strings.Repeat("quiet "+canary[:len(canary)-2], 99)), 0o600); err != nil {
		t.Fatal(err)
	}
	if hits, err := leaktest.Search(dir, canary); err != nil || len(hits) > 0 {
		t.Errorf("hits %v, %v", hits, err)
	}
}

func TestSearchThatCouldSeeNothingIsAnError(t *testing.T) {
	if _, err := leaktest.Search(t.TempDir(), canary); err == nil {
		t.Error("an empty folder was searched without a word")
	}
	if _, err := leaktest.Search(filepath.Join(t.TempDir(), "none"), canary); err == nil {
		t.Error("a folder that is not there was searched without a word")
	}
	if _, err := leaktest.Search(t.TempDir(), "short"); err == nil {
		t.Error("a canary that proves nothing was taken")
	}
}
