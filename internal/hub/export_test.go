package hub

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// copied is a hub that is a copy, as files in a folder.
func copied(t *testing.T) (*Hub, string) {
	t.Helper()
	h, err := New(Config{Talk: "https://help.example/", Name: "Puerto & Faro", ExitURL: exitURL})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "copy")
	if n, err := h.Export(dir); err != nil || n < 10 {
		t.Fatalf("%d files: %v", n, err)
	}
	return h, dir
}

// TestACopyIsWhole follows each address of each page: to a file of the copy, to the talk, or away.
func TestACopyIsWhole(t *testing.T) {
	_, dir := copied(t)
	pages := 0
	err := filepath.WalkDir(dir, func(file string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".html" {
			return err
		}
		pages++
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		policy, talk := false, 0
		walk(t, string(data), func(n *html.Node) {
			policy = policy || attr(n, "http-equiv") == "Content-Security-Policy" && strings.Contains(attr(n, "content"), "default-src 'none'")
			for _, a := range n.Attr {
				if a.Key != "href" && a.Key != "src" && a.Key != "action" && !strings.HasPrefix(a.Key, "data-") {
					continue
				}
				switch {
				case strings.HasPrefix(a.Val, "/"):
					t.Errorf("%s: %s=%q is not relative", file, a.Key, a.Val)
				case strings.HasPrefix(a.Val, "https://help.example/"):
					talk++
				case a.Val == exitURL || strings.HasPrefix(a.Val, "tel:") || strings.HasPrefix(a.Val, "#") || strings.HasPrefix(a.Val, "https://"):
				case strings.HasPrefix(a.Val, "../") || a.Key == "src":
					to, _, _ := strings.Cut(a.Val, "#")
					if _, err := os.Stat(filepath.Join(filepath.Dir(file), filepath.FromSlash(to))); err != nil {
						t.Errorf("%s: %s=%q: %v", file, a.Key, a.Val, err)
					}
				}
			}
			if n.Data == "form" && attr(n, "method") == "post" {
				t.Errorf("%s has a form that nobody answers", file)
			}
		})
		if !policy {
			t.Errorf("%s has no policy", file)
		}
		if strings.HasSuffix(file, "/en/index.html") && talk < 2 {
			t.Errorf("%s leads to the talk %d times", file, talk)
		}
		return nil
	})
	if err != nil || pages < 7 {
		t.Fatalf("%d pages: %v", pages, err)
	}
}

func TestACopyIsTheSameTwice(t *testing.T) {
	_, one := copied(t)
	_, two := copied(t)
	err := fs.WalkDir(os.DirFS(one), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		a, _ := os.ReadFile(filepath.Join(one, name))
		b, err := os.ReadFile(filepath.Join(two, name))
		if string(a) != string(b) {
			t.Errorf("%s differs", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatCannotBeCopied(t *testing.T) {
	h, dir := copied(t)
	if _, err := h.Export(dir); err == nil || !strings.Contains(err.Error(), "holds something") {
		t.Errorf("over another: %v", err)
	}
	if _, err := open(t, "").hub.Export(t.TempDir()); err == nil || !strings.Contains(err.Error(), "talk") {
		t.Errorf("the site itself: %v", err)
	}
	if _, err := relink([]byte(`<a href="/en/gone">x</a>`), "en/index.html", map[string]string{"/en/": "en/index.html"}); err == nil || !strings.Contains(err.Error(), "/en/gone") {
		t.Errorf("a link to nothing: %v", err)
	}
	if _, err := New(Config{Name: "x", ExitURL: exitURL}); err == nil {
		t.Error("neither a talk nor where it is")
	}
}
