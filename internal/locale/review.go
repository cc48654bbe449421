package locale

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// A Review is a person's mark that the words of a key say what the English says. It ends when either changes.
type Review struct {
	By      string `json:"by"` // a name or a role
	On      string `json:"on"` // the day: 2026-11-24
	English string `json:"english"`
	Words   string `json:"words"` // digests of what was read
}

// digest tells one message from another: 128 bits of SHA-256 over its forms.
func (m message) digest() string {
	data, err := json.Marshal(m)
	if err != nil {
		panic(err) // a map of strings can be written
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}

// readReviews reads reviews/TAG.json of every language that has it.
func (w *Words) readReviews(fsys fs.FS) error {
	names, err := fs.Glob(fsys, path.Join(w.dir, "reviews", "*.json"))
	if err != nil {
		return err
	}
	for _, name := range names {
		t := w.tongue(strings.TrimSuffix(path.Base(name), ".json"))
		if t == nil {
			return fmt.Errorf("%s: languages.json has no such language", name)
		}
		data, err := fs.ReadFile(fsys, name)
		if err == nil {
			t.reviews, err = readReviews(data)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func readReviews(data []byte) (map[string]Review, error) {
	all := map[string]Review{}
	var wrong error
	err := members(data, func(key string, raw json.RawMessage) {
		var r Review
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.DisallowUnknownFields()
		err := dec.Decode(&r)
		if _, twice := all[key]; twice {
			err = errors.New("stands twice")
		}
		if err == nil {
			err = r.check()
		}
		if err != nil && wrong == nil {
			wrong = fmt.Errorf("%q: %w", key, err)
		}
		all[key] = r
	})
	return all, errors.Join(err, wrong)
}

func (r Review) check() error {
	if what := unfit(r.By); what != "" {
		return fmt.Errorf("by: %s; it names who has read the words", what)
	}
	if _, err := time.Parse(time.DateOnly, r.On); err != nil {
		return fmt.Errorf("on: %q is no day, such as 2026-11-24", r.On)
	}
	for _, d := range []string{r.English, r.Words} {
		if b, err := hex.DecodeString(d); err != nil || len(b) != 16 {
			return fmt.Errorf("%q is no digest: sign again", d)
		}
	}
	return nil
}

// ended says why a key of a language is not signed; "" when it is.
func (w *Words) ended(t *tongue, key string) string {
	r, ok := t.reviews[key]
	m, en := t.own[key], w.tongues[0].own[key]
	switch {
	case !ok:
		return "nobody has signed it"
	case m == nil || en == nil:
		return "the key is gone"
	case r.English != en.digest():
		return "the English has changed"
	case r.Words != m.digest():
		return "the translation has changed"
	}
	return ""
}

// Sign gives reviews/TAG.json with a mark for each key that a pattern fits ("exit.head", "exit.*"), and how many.
// Marks that no longer fit are left out. A pattern that fits no key is an error.
func (w *Words) Sign(tag string, patterns []string, by string, on time.Time) (file []byte, signed int, err error) {
	t := w.tongue(tag)
	if t == nil {
		return nil, 0, fmt.Errorf("%s is none of the languages", tag)
	}
	all := map[string]Review{}
	for key, r := range t.reviews {
		if w.ended(t, key) == "" {
			all[key] = r
		}
	}
	mark := Review{By: strings.TrimSpace(by), On: on.Format(time.DateOnly)}
	for _, p := range patterns {
		fits := 0
		for _, key := range slices.Sorted(maps.Keys(t.own)) {
			ok, err := path.Match(p, key)
			if err != nil {
				return nil, 0, fmt.Errorf("key %q: %w", p, err)
			}
			if !ok {
				continue
			}
			fits++
			m, en := t.own[key], w.tongues[0].own[key]
			if m == nil || en == nil || len(m.differs(en, t)) > 0 {
				return nil, 0, fmt.Errorf("key %q cannot be signed: amparo words check says what is wrong with it", key)
			}
			mark.English, mark.Words = en.digest(), m.digest()
			if err := mark.check(); err != nil {
				return nil, 0, err
			}
			if all[key] != mark {
				all[key] = mark
				signed++
			}
		}
		if fits == 0 {
			return nil, 0, fmt.Errorf("%s has no key %q", tag, p)
		}
	}
	file, err = json.MarshalIndent(all, "", "  ")
	return append(file, '\n'), signed, err
}
