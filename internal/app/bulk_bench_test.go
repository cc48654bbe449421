package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"amparo/law"
)

// manyJourneys makes lines of journeys as a case file has them, the same for the same seed: two episodes with about
// twelve facts each, told in full, and a few about the person. In short, a fact is the id of its question alone.
func manyJourneys(p *law.Pack, n int, short, named bool) []byte {
	r := rand.New(rand.NewPCG(2026, 1))
	var person, episode []string
	for _, q := range p.Questions {
		if q.Scope == "person" {
			person = append(person, q.ID)
		} else {
			episode = append(episode, q.ID)
		}
	}
	facts := func(ids []string, count int, actor string) (out []law.Fact) {
		for _, i := range r.Perm(len(ids))[:count] {
			f := law.Fact{Question: ids[i], Answer: law.Yes, Grade: law.Said, Actor: actor}
			switch r.IntN(8) {
			case 0, 1:
				f.Answer = law.No
			case 2:
				f.Answer, f.Grade, f.Why = law.Unknown, "", law.NotAsked
			case 3:
				f.Grade, f.Source = law.Documented, "payslip of March"
			}
			out = append(out, f)
		}
		return out
	}
	var out bytes.Buffer
	for i := range n {
		year := 1998 + r.IntN(27)
		j := law.Journey{Person: facts(person, 3, ""), Complete: r.IntN(2) == 0}
		actor := ""
		if named {
			actor = "the foreman"
		}
		for k, id := range []string{"crossing", "farm"} {
			j.Episodes = append(j.Episodes, law.Episode{
				ID: id, Label: "The " + id + ", as it was told in the first talk", Actors: []string{"the foreman", "a driver"},
				When:  law.Span{From: law.Date{Year: year, Month: 1 + r.IntN(12)}, Until: law.Date{Year: year + k, Month: 12, About: true}},
				Facts: facts(episode, 9+r.IntN(7), actor),
			})
		}
		data := []byte(shorten(j))
		if !short {
			data, _ = json.Marshal(j)
		}
		fmt.Fprintf(&out, `{"id":"A-%06d",%s`+"\n", i, data[1:])
	}
	return out.Bytes()
}

// shorten is a journey in the short form of facts; what is not known is left out.
func shorten(j law.Journey) string {
	type short struct {
		ID    string   `json:"id,omitempty"`
		When  law.Span `json:"when,omitzero"`
		Yes   []string `json:"yes,omitempty"`
		No    []string `json:"no,omitempty"`
		Grade string   `json:"grade,omitempty"`
	}
	in := func(s short, facts []law.Fact) short {
		for _, f := range facts {
			switch f.Answer {
			case law.Yes:
				s.Yes = append(s.Yes, f.Question)
			case law.No:
				s.No = append(s.No, f.Question)
			}
		}
		return s
	}
	var episodes []short
	for _, e := range j.Episodes {
		episodes = append(episodes, in(short{ID: e.ID, When: e.When, Grade: "said"}, e.Facts))
	}
	data, _ := json.Marshal(map[string]any{"person": in(short{}, j.Person), "episodes": episodes, "complete": j.Complete})
	return string(data)
}

// forms are the ways in which journeys are told.
var forms = []struct {
	name         string
	short, named bool
}{{"in full", false, false}, {"in short", true, false}, {"with actors", false, true}}

// BenchmarkBatch says what a journey costs on one core: to read, to evaluate and to write.
func BenchmarkBatch(b *testing.B) {
	pack, _, err := openPack("us")
	if err != nil {
		b.Fatal(err)
	}
	for _, form := range forms {
		b.Run(form.name, func(b *testing.B) {
			lines := bytes.Split(bytes.TrimSpace(manyJourneys(pack, 500, form.short, form.named)), []byte("\n"))
			batch, err := pack.NewBatch(law.Options{AsOf: law.Date{Year: 2026, Month: 1, Day: 2}})
			if err != nil {
				b.Fatal(err)
			}
			var out []byte
			var reading, logic, writing time.Duration
			n, size := 0, 0
			for b.Loop() {
				batch.Reset()
				out = out[:0]
				start := time.Now()
				for i, line := range lines {
					size += len(line) + 1
					if err := batch.AddJSON("file", i, line); err != nil {
						b.Fatal(err)
					}
				}
				read := time.Now()
				batch.Run()
				ran := time.Now()
				for i := range batch.Len() {
					out = batch.AppendJSON(out, i, i)
				}
				reading, logic, writing = reading+read.Sub(start), logic+ran.Sub(read), writing+time.Since(ran)
				n += batch.Len()
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(reading)/float64(n), "ns-read/journey")
			b.ReportMetric(float64(logic)/float64(n), "ns-logic/journey")
			b.ReportMetric(float64(writing)/float64(n), "ns-write/journey")
			b.ReportMetric(float64(size)/float64(n), "B/journey")
		})
	}
}

// BenchmarkOneByOne is the same journeys, each read and assessed alone, with its reasons.
func BenchmarkOneByOne(b *testing.B) {
	pack, _, err := openPack("us")
	if err != nil {
		b.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(manyJourneys(pack, 500, false, false)), []byte("\n"))
	n := 0
	for b.Loop() {
		_, line, _ := bytes.Cut(lines[n%len(lines)], []byte(","))
		j, err := pack.ParseJourney("line", append([]byte("{"), line...))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := pack.Assess(j, law.Options{AsOf: law.Date{Year: 2026, Month: 1, Day: 2}}); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

// BenchmarkBulk runs the command over a file, from the first byte read to the last written. -cpu says on how
// many cores.
func BenchmarkBulk(b *testing.B) {
	const journeys = 100_000
	pack, _, err := openPack("us")
	if err != nil {
		b.Fatal(err)
	}
	for _, form := range forms {
		b.Run(form.name, func(b *testing.B) {
			data := manyJourneys(pack, journeys, form.short, form.named)
			file := filepath.Join(b.TempDir(), "cases.jsonl")
			if err := os.WriteFile(file, data, 0o600); err != nil {
				b.Fatal(err)
			}
			size, share := len(data), 0.0
			data = nil
			for b.Loop() {
				out, err := os.Create(file + ".findings")
				if err != nil {
					b.Fatal(err)
				}
				var errs bytes.Buffer
				if code := Main(b.Context(), Program{append(bulkArgs, file), nil, out, &errs, func(string) string { return "" }}); code != 0 {
					b.Fatalf("exit %d, %s", code, &errs)
				}
				if err := out.Close(); err != nil {
					b.Fatal(err)
				}
				_, after, _ := strings.Cut(errs.String(), " a second; ")
				var part float64
				if _, err := fmt.Sscanf(after, "%f%%", &part); err != nil {
					b.Fatalf("%v: %s", err, &errs)
				}
				share += part
			}
			runs := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(journeys/runs.Seconds(), "journeys/s")
			b.ReportMetric(float64(runs)/journeys, "ns/journey")
			b.ReportMetric(float64(size)/1e6/runs.Seconds(), "MB/s")
			b.ReportMetric(share/float64(b.N), "%logic")
		})
	}
}
