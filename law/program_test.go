package law_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amparo/law"
)

// A planesVector gives lanes as letters: y known yes, n known no, ? neither, ! both.
type planesVector struct {
	Name    string
	Program law.Program
	Facts   map[string]string
	Dates   []string
	Rules   map[string]string
}

// A journeyVector is a journey as the browser's evaluator takes it: answers as 1 yes, 2 no, 3 both, 0 asked in
// vain; what is told of an episode as one object, or as one for each group of actors.
type journeyVector struct {
	Name    string
	Program law.Program
	Journey struct {
		AsOf     string
		Filed    *days
		Complete bool
		Person   told
		Episodes []struct {
			Facts groups
			When  days
		}
	}
	Findings []settled
	Next     []ask
}

type told map[string]int

type groups []told

func (g *groups) UnmarshalJSON(data []byte) error {
	if data[0] == '[' {
		return json.Unmarshal(data, (*[]told)(g))
	}
	*g = groups{nil}
	return json.Unmarshal(data, &(*g)[0])
}

// days are the first day on which something can have begun and the last on which it can have ended.
type days struct{ First, Last string }

// settled is a finding, [rule, episode, status].
type settled struct {
	rule    string
	episode int
	status  law.Status
}

func (s *settled) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&s.rule, &s.episode, &s.status})
}

// ask is a question, [fact, episode, how many findings it settles].
type ask struct {
	fact             string
	episode, settles int
}

func (a *ask) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&a.fact, &a.episode, &a.settles})
}

// vectors reads a file of vectors that the browser's evaluator reads too.
func vectors[V any](t *testing.T, name string) (out []V) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "program", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	if len(out) <= 10 {
		t.Fatalf("%s has %d vectors", name, len(out))
	}
	return out
}

func TestEveryFileOfVectorsIsRead(t *testing.T) {
	files, err := filepath.Glob("testdata/program/*")
	want := []string{"testdata/program/journeys.json", "testdata/program/planes.json", "testdata/program/refused.json"}
	if diff := cmp.Diff(want, files); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

const laneLetters = "?yn!"

func planesOf(lanes string) (yes, no uint64) {
	for i, c := range lanes {
		bits := uint64(strings.IndexRune(laneLetters, c))
		yes, no = yes|(bits&1)<<i, no|(bits>>1)<<i
	}
	return yes, no
}

func lanesOf(yes, no uint64, n int) string {
	out := make([]byte, n)
	for i := range out {
		out[i] = laneLetters[yes>>i&1|no>>i&1<<1]
	}
	return string(out)
}

func TestProgramsRunAsTheVectorsSay(t *testing.T) {
	for _, v := range vectors[planesVector](t, "planes.json") {
		t.Run(v.Name, func(t *testing.T) {
			planes, err := v.Program.Planes()
			if err != nil {
				t.Fatal(err)
			}
			for i, id := range v.Program.Facts {
				yes, no := planesOf(v.Facts[id])
				planes.Fact(i, yes, no)
			}
			for i, lanes := range v.Dates {
				in, out := planesOf(lanes)
				planes.Date(i, in, out)
			}
			planes.Run()
			got := map[string]string{}
			for i, r := range v.Program.Rules {
				yes, no := planes.Rule(i)
				got[r.ID] = lanesOf(yes, no, len(v.Rules[r.ID]))
			}
			if diff := cmp.Diff(v.Rules, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestJourneysComeOutAsTheVectorsSay(t *testing.T) {
	for _, v := range vectors[journeyVector](t, "journeys.json") {
		t.Run(v.Name, func(t *testing.T) {
			s := newScenes(t, v)
			got := s.findings(nil)
			if diff := cmp.Diff(v.Findings, got, cmp.AllowUnexported(settled{})); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(v.Next, s.next(got), cmp.AllowUnexported(ask{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// scenes lays a journey out in lanes: one for each group of each episode, and the person's last.
type scenes struct {
	journeyVector
	planes  *law.Planes
	episode []int // of each lane; -1 is the person
	told    []told
}

func newScenes(t *testing.T, v journeyVector) *scenes {
	t.Helper()
	planes, err := v.Program.Planes()
	if err != nil {
		t.Fatal(err)
	}
	s := &scenes{journeyVector: v, planes: planes}
	for i, e := range v.Journey.Episodes {
		for _, group := range e.Facts {
			s.episode, s.told = append(s.episode, i), append(s.told, group)
		}
	}
	s.episode, s.told = append(s.episode, -1), append(s.told, v.Journey.Person)
	s.planes.Episodes(1<<(len(s.episode)-1)-1, v.Journey.Complete)
	return s
}

func (s *scenes) lanes(episode int) (lanes uint64) {
	for lane, e := range s.episode {
		if e == episode {
			lanes |= 1 << lane
		}
	}
	return lanes
}

// answer is one more answer: 1 yes, 2 no.
type answer struct {
	fact, episode, bits int
}

// findings evaluates the journey with, perhaps, one more answer.
func (s *scenes) findings(more *answer) []settled {
	out := []settled{}
	for i, id := range s.Program.Facts {
		var yes, no uint64
		for lane := range s.episode {
			bits := s.told[lane][id]
			if slices.Contains(s.Program.Person, i) {
				bits |= s.Journey.Person[id]
			}
			if more != nil && more.fact == i && (more.episode < 0 || more.episode == s.episode[lane]) {
				bits |= more.bits
			}
			yes, no = yes|uint64(bits&1)<<lane, no|uint64(bits>>1)<<lane
		}
		s.planes.Fact(i, yes, no)
	}
	for i := range s.Program.Dates {
		var in, out uint64
		for lane, episode := range s.episode {
			bits := s.force(i, episode)
			in, out = in|(bits&1)<<lane, out|(bits>>1)<<lane
		}
		s.planes.Date(i, in, out)
	}
	s.planes.Run()
	for episode := range len(s.Journey.Episodes) + 1 {
		if episode == len(s.Journey.Episodes) {
			episode = -1
		}
		for i, r := range s.Program.Rules {
			if (r.Scope == "person") == (episode < 0) {
				out = append(out, settled{r.ID, episode, s.status(i, episode)})
			}
		}
	}
	return out
}

func (s *scenes) status(rule, episode int) law.Status {
	lanes := s.lanes(episode)
	yes, no := s.planes.Rule(rule)
	force := s.force(s.Program.Rules[rule].Date, episode)
	met, failed := yes&lanes != 0, no&lanes == lanes
	switch {
	case force == 2:
		return law.NotLaw
	case met && failed:
		return law.Conflict
	case failed:
		return law.RuledOut
	case met && force == 1:
		return law.Established
	}
	return law.Open
}

// force is 1 where the stretch of law was in force, 2 where it was not, 0 where that is not known.
func (s *scenes) force(date, episode int) uint64 {
	if date < 0 {
		return 1
	}
	law, when := s.Program.Dates[date], days{s.Journey.AsOf, s.Journey.AsOf}
	if episode >= 0 {
		when = s.Journey.Episodes[episode].When
	} else if law.By == "filing" && s.Journey.Filed != nil {
		when = *s.Journey.Filed
	}
	// Whether the journey's days lie on a day or after it, and whether they lie before.
	side := func(day string) (after, before bool) {
		after = when.First != "" && when.First >= day
		return after, !after && when.Last != "" && when.Last < day
	}
	in, out := true, false
	if day := law.From.String(); day != "" {
		in, out = side(day)
	}
	if day := law.Until.String(); day != "" {
		after, before := side(day)
		in, out = in && before, out || after
	}
	return map[bool]uint64{true: 1}[in] | map[bool]uint64{true: 2}[out]
}

// next asks everything that was not asked yet, one thing at a time.
func (s *scenes) next(before []settled) []ask {
	out := []ask{}
	for i, id := range s.Program.Facts {
		for episode := range len(s.Journey.Episodes) + 1 {
			if episode == len(s.Journey.Episodes) {
				episode = -1
			}
			if slices.Contains(s.Program.Person, i) != (episode < 0) || s.asked(id, episode) {
				continue
			}
			yes, no := s.findings(&answer{i, episode, 1}), s.findings(&answer{i, episode, 2})
			n := 0
			for f := range before {
				if before[f].status == law.Open && (yes[f].status != law.Open || no[f].status != law.Open) {
					n++
				}
			}
			if n > 0 {
				out = append(out, ask{id, episode, n})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ask) int { return b.settles - a.settles })
	return out
}

// asked says whether something was said of the fact there; about the person, also whether it was asked in
// vain in an episode.
func (s *scenes) asked(id string, episode int) bool {
	for lane, told := range s.told {
		bits, ok := told[id]
		if ok && (s.episode[lane] == episode || episode < 0 && bits == 0) {
			return true
		}
	}
	return false
}

func TestProgramsThatCannotRunAreRefused(t *testing.T) {
	for _, v := range vectors[planesVector](t, "refused.json") {
		if _, err := v.Program.Planes(); err == nil {
			t.Errorf("not refused: %s", v.Name)
		}
	}
}
