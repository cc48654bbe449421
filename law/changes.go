package law

import (
	"slices"
)

// Changes tell of journeys that lie in two batches where the findings of the two packs differ: whom a change
// of the law touches. Rules are the same if they have the same id and are asked of the same.
type Changes struct {
	of              [2]*Batch
	episode, person [][2]readout
	alone           [2][]string // rules that only one pack has
}

// Against gives the changes from one batch to another; both must have run. It may be used again when they have been
// filled anew.
func (b *Batch) Against(other *Batch) *Changes {
	c := &Changes{of: [2]*Batch{b, other}, alone: [2][]string{{}, {}}}
	pair := func(a, b []readout) (both [][2]readout) {
		for _, r := range a {
			i := slices.IndexFunc(b, func(o readout) bool { return o.rule.id == r.rule.id })
			if i >= 0 {
				both = append(both, [2]readout{r, b[i]})
			} else {
				c.alone[0] = append(c.alone[0], r.rule.id)
			}
		}
		for _, r := range b {
			if !slices.ContainsFunc(a, func(o readout) bool { return o.rule.id == r.rule.id }) {
				c.alone[1] = append(c.alone[1], r.rule.id)
			}
		}
		return both
	}
	c.episode, c.person = pair(b.episode, other.episode), pair(b.person, other.person)
	return c
}

// AppendHead adds to dst the first line of the changes as JSON Lines: the two packs, the rules compared, and
// those that the first or the second has alone.
func (c *Changes) AppendHead(dst []byte) []byte {
	type pack struct {
		Pack    string `json:"pack"`
		Version string `json:"version"`
	}
	ids := func(pairs [][2]readout) []string {
		out := []string{}
		for _, r := range pairs {
			out = append(out, r[0].rule.id)
		}
		return out
	}
	data, _ := marshal(struct { // of words alone, which always can be written
		Format   string            `json:"format"`
		Packs    [2]pack           `json:"packs"`
		AsOf     Date              `json:"as_of"`
		Standard Standard          `json:"standard"`
		Letters  map[string]Status `json:"letters"`
		Episode  []string          `json:"episode"`
		Person   []string          `json:"person"`
		Alone    [2][]string       `json:"alone"`
	}{
		"amparo.law.changes/1", [2]pack{{c.of[0].pack.ID, c.of[0].pack.Version}, {c.of[1].pack.ID, c.of[1].pack.Version}},
		c.of[0].options.AsOf, c.of[0].options.Standard, statusNames(), ids(c.episode), ids(c.person), c.alone,
	})
	return append(append(dst, data...), '\n')
}

// AppendJSON adds to dst one line of changes: of the journey at place i of the first batch and k of the second,
// which stood in the line given. It adds nothing where no finding differs. Each rule that does has two letters,
// by the first pack and by the second.
//
//	{"line":2,"id":"A-17","episodes":{"farm":{"us.1589":"oe"}},"person":{"us.t-screen":"ro"}}
func (c *Changes) AppendJSON(dst []byte, line, i, k int) []byte {
	a, b := c.of[0], c.of[1]
	j, o := &a.journeys[i], &b.journeys[k]
	start, differ := len(dst), false
	dst = a.appendOpening(dst, line, j)
	dst = append(dst, `,"episodes":{`...)
	for e := range j.last - j.first {
		at := len(dst)
		if dst[len(dst)-1] == '}' {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, a.part(a.episodes[j.first+e].id)), ':')
		changed := false
		if dst, changed = c.appendChanges(dst, c.episode, j, o, &a.episodes[j.first+e], &b.episodes[o.first+e]); changed {
			differ = true
		} else {
			dst = dst[:at]
		}
	}
	dst = append(dst, `},"person":`...)
	dst, changed := c.appendChanges(dst, c.person, j, o, nil, nil)
	if !differ && !changed {
		return dst[:start]
	}
	return append(dst, "}\n"...)
}

func (c *Changes) appendChanges(dst []byte, rules [][2]readout, j, o *placed, e, f *placedEpisode) ([]byte, bool) {
	changed := false
	dst = append(dst, '{')
	for n := range rules {
		r := &rules[n]
		was, is := c.of[0].letter(j, &r[0], e), c.of[1].letter(o, &r[1], f)
		if was == is {
			continue
		}
		if changed {
			dst = append(dst, ',')
		}
		changed = true
		dst = append(appendString(dst, []byte(r[0].rule.id)), ':', '"', was, is, '"')
	}
	return append(dst, '}'), changed
}
