package hub

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/net/html"

	"amparo/internal/asset"
)

// Export writes a copy of the site (Config.Talk) into a folder that is empty or not there yet: pages as
// PATH/index.html, each leading to the others by relative addresses, so that any web host, a folder of one,
// or a mirror by content can serve it. It gives how many files it wrote.
func (h *Hub) Export(dir string) (files int, err error) {
	if h.Talk == "" {
		return 0, errors.New("hub: only a copy of the site can be exported: where is the talk?")
	}
	if found, err := os.ReadDir(dir); err == nil && len(found) > 0 {
		return 0, fmt.Errorf("%s: holds something already; give an empty folder", dir)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	write := func(name string, data []byte) error {
		files++
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, data, 0o644)
	}
	pages := append([]Address{{"", "page"}}, h.Addresses()...)
	at := map[string]string{} // the file of each address
	for _, p := range pages {
		at["/"+p.Path] = fileOf(p)
	}
	for _, a := range h.assets.set.Addresses() {
		at[a] = strings.TrimPrefix(a, "/")
	}
	for _, p := range pages {
		body, err := h.fetch("/" + p.Path)
		if err == nil && p.Kind != fileKind {
			body, err = relink(body, fileOf(p), at)
		}
		if err == nil {
			err = write(fileOf(p), body)
		}
		if err != nil {
			return files, fmt.Errorf("/%s: %w", p.Path, err)
		}
	}
	for _, a := range h.assets.set.Addresses() {
		body, err := h.fetch(a)
		if err == nil {
			err = write(strings.TrimPrefix(a, "/"), body)
		}
		if err != nil {
			return files, fmt.Errorf("%s: %w", a, err)
		}
	}
	return files, nil
}

// fileOf is where the page of an address lies.
func fileOf(a Address) string {
	if a.Kind == fileKind {
		return a.Path
	}
	return path.Join(a.Path, "index.html")
}

// fetch asks the site for one address as a browser would.
func (h *Hub) fetch(address string) ([]byte, error) {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	w := &page200{header: http.Header{}}
	h.ServeHTTP(w, r)
	if w.status != 0 && w.status != http.StatusOK {
		return nil, fmt.Errorf("answers %d", w.status)
	}
	return w.Bytes(), nil
}

// A page200 keeps an answer.
type page200 struct {
	bytes.Buffer
	header http.Header
	status int
}

func (p *page200) Header() http.Header    { return p.header }
func (p *page200) WriteHeader(status int) { p.status = status }

// policyCopy is the policy of a page on a host whose headers we do not set. What a page may be framed in can
// be said in a header only.
var policyCopy = strings.Replace(policy, "frame-ancestors 'none'; ", "", 1)

// relink makes the addresses of a page relative to the file it will be, and puts its policy into it. An
// address of ours that leads nowhere is an error.
func relink(page []byte, file string, at map[string]string) ([]byte, error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	up := strings.Repeat("../", strings.Count(file, "/"))
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "head" {
			n.InsertBefore(meta("name", "referrer", "no-referrer"), n.FirstChild)
			n.InsertBefore(meta("http-equiv", "Content-Security-Policy", policyCopy), n.FirstChild)
		}
		for i, a := range n.Attr {
			if !strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "//") {
				continue
			}
			address, fragment, _ := strings.Cut(a.Val, "#")
			to, ok := at[address]
			if !ok && (a.Key == "href" || a.Key == "src" || a.Key == "action" || strings.HasPrefix(address, asset.Prefix)) {
				return nil, fmt.Errorf("leads to %s, which a copy does not have", address)
			}
			if ok {
				n.Attr[i].Val = up + to
				if fragment != "" {
					n.Attr[i].Val += "#" + fragment
				}
			}
		}
	}
	var b bytes.Buffer
	err = html.Render(&b, root)
	return b.Bytes(), err
}

func meta(key, value, content string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: "meta", Attr: []html.Attribute{{Key: key, Val: value}, {Key: "content", Val: content}}}
}
