//go:build unix

package app

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"amparo/law"
)

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

// processor is the time that processors have worked for this process, in its own code and for it: what a busy
// machine does not change much.
func processor(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkBulk runs the command over a file, from the first byte read to the last written, on one core and on all.
func BenchmarkBulk(b *testing.B) {
	const journeys = 100_000
	pack, _, err := openPack("us")
	if err != nil {
		b.Fatal(err)
	}
	for _, form := range forms {
		data := manyJourneys(pack, journeys, form.short, form.named)
		file := filepath.Join(b.TempDir(), "cases.jsonl")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			b.Fatal(err)
		}
		size := float64(len(data))
		data = nil
		for _, cores := range []int{1, runtime.NumCPU()} {
			b.Run(fmt.Sprintf("%s/cores=%d", form.name, cores), func(b *testing.B) {
				// Not by -cpu: the first of its numbers is not yet set when b.Loop runs.
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
				runtime.GC()
				before, share := processor(b), 0.0
				for b.Loop() {
					share += swept(b, file)
				}
				spent := processor(b) - before
				runs := b.Elapsed() / time.Duration(b.N)
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(journeys/runs.Seconds(), "journeys/s")
				b.ReportMetric(float64(runs)/journeys, "ns/journey")
				b.ReportMetric(float64(spent)/float64(b.N)/journeys, "cpu-ns/journey")
				b.ReportMetric(size/1e6/runs.Seconds(), "MB/s")
				b.ReportMetric(share/float64(b.N), "%logic")
			})
		}
	}
}

// swept runs the command over a file and gives the share of the work that was logic, as the command tells it.
func swept(b *testing.B, file string) (share float64) {
	out, err := os.Create(file + ".findings")
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	var errs bytes.Buffer
	if code := Main(b.Context(), Program{append(bulkArgs, file), nil, out, &errs, func(string) string { return "" }}); code != 0 {
		b.Fatalf("exit %d, %s", code, &errs)
	}
	_, after, _ := strings.Cut(errs.String(), " a second; ")
	if _, err := fmt.Sscanf(after, "%f%%", &share); err != nil {
		b.Fatalf("%v: %s", err, &errs)
	}
	return share
}
