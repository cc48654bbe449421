package law

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
)

// MaxLine is the length in bytes of the longest journey that AddJSON takes.
const MaxLine = maxBytes

// AddJSON takes a journey as JSON: what [Pack.ParseJourney] reads, and an "id" beside it, which is kept and given
// back. The error is a *SyntaxError that names file, line (the first is line) and field; the batch then stays as
// it was. The data may change once AddJSON is done.
func (b *Batch) AddJSON(file string, line int, data []byte) error {
	if b.scan.journey(data) {
		b.place(&b.scan.draft)
		return nil
	}
	if text := bytes.TrimLeft(data, " \t\r\n"); len(text) == 0 || text[0] != '{' {
		return (&node{file: file, line: line, col: 1}).errorf("want %s in braces, as JSON", mapNode)
	}
	n, err := parseNode(file, data, line-1)
	if whole, ok := errors.AsType[*SyntaxError](err); ok && whole.Line == 0 {
		whole.Line, whole.Column = line, 1
	}
	if err != nil {
		return err
	}
	r := &reader{}
	id := b.takeID(r, n)
	j := b.pack.readJourney(r, n)
	if r.err != nil {
		return r.err
	}
	b.add(id, j)
	return nil
}

// takeID takes the field "id" out of a journey.
func (b *Batch) takeID(r *reader, n *node) (id []byte) {
	if f := r.fields(n)["id"]; f != nil {
		id = []byte(r.need(f, f, ""))
	}
	if i := slices.IndexFunc(n.keys, func(key *node) bool { return key.value == "id" }); i >= 0 {
		n.keys, n.items = slices.Delete(n.keys, i, i+1), slices.Delete(n.items, i, i+1)
	}
	return id
}

// AppendHead adds to dst the first line of the findings as JSON Lines: what the journeys were laid beside, the
// letters, and the rules in the order of the letters.
//
//	{"format":"amparo.law.findings/1","pack":"us","version":"2026.1","as_of":"2026-01-02",
//	 "standard":"any-credible-evidence","letters":{"c":"conflict","e":"established", …},
//	 "episode":["us.7102-11-a", …],"person":["us.t-screen", …]}
func (b *Batch) AppendHead(dst []byte) []byte {
	head := struct {
		Format   string            `json:"format"`
		Pack     string            `json:"pack"`
		Version  string            `json:"version"`
		AsOf     Date              `json:"as_of"`
		Standard Standard          `json:"standard"`
		Letters  map[string]Status `json:"letters"`
		Episode  []string          `json:"episode"`
		Person   []string          `json:"person"`
	}{"amparo.law.findings/1", b.pack.ID, b.pack.Version, b.options.AsOf, b.options.Standard, statusNames(), []string{}, []string{}}
	for _, r := range b.episode {
		head.Episode = append(head.Episode, r.rule.id)
	}
	for _, r := range b.person {
		head.Person = append(head.Person, r.rule.id)
	}
	data, _ := marshal(head) // of words alone, which always can be written
	return append(append(dst, data...), '\n')
}

// AppendJSON adds to dst one line of findings: of the journey at a place, which stood in the line given. For each
// episode, by its id, and for the person it has one letter for each rule, as [Batch.AppendHead] lists them. An
// "id" is there where the journey had one.
//
//	{"line":2,"id":"A-17","episodes":{"crossing":"rrrrrore","farm":"reerrrrr"},"person":"oo"}
func (b *Batch) AppendJSON(dst []byte, line, i int) []byte {
	j := &b.journeys[i]
	dst = append(b.appendOpening(dst, line, j), `,"episodes":{`...)
	for k := j.first; k < j.last; k++ {
		e := &b.episodes[k]
		if k > j.first {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, b.part(e.id)), `:"`...)
		dst = append(b.appendLetters(dst, j, b.episode, e), '"')
	}
	dst = append(dst, `},"person":"`...)
	return append(b.appendLetters(dst, j, b.person, nil), "\"}\n"...)
}

func statusNames() map[string]Status {
	out := map[string]Status{}
	for letter, status := range statusOf {
		out[string(letter)] = status
	}
	return out
}

// appendOpening writes what a line begins with.
func (b *Batch) appendOpening(dst []byte, line int, j *placed) []byte {
	dst = strconv.AppendInt(append(dst, `{"line":`...), int64(line), 10)
	if id := b.part(j.id); len(id) > 0 {
		dst = appendString(append(dst, `,"id":`...), id)
	}
	return dst
}

// appendString writes a string as JSON.
func appendString(dst, s []byte) []byte {
	dst = append(dst, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
