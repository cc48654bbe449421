package browser

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const bundle = "dist/law.min.js"

// A node answers for an evaluator in JavaScript; see answer.mjs.
type node struct {
	t      testing.TB
	to     io.WriteCloser
	from   *bufio.Reader
	cmd    *exec.Cmd
	stderr bytes.Buffer
}

// startNode starts Node.js on one evaluator. Without Node.js the test is skipped.
func startNode(t testing.TB, evaluator string) *node {
	t.Helper()
	program, err := exec.LookPath("node")
	if err != nil {
		t.Skip("skipped: Node.js is not installed, so the browser's evaluator is not held against package law")
	}
	n := &node{t: t, cmd: exec.Command(program, "answer.mjs", evaluator)}
	n.cmd.Stderr = &n.stderr
	if n.to, err = n.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	n.from = bufio.NewReaderSize(out, 1<<20)
	if err := n.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		n.to.Close()
		if err := n.cmd.Wait(); err != nil && !t.Failed() {
			t.Errorf("node: %v\n%s", err, n.stderr.Bytes())
		}
	})
	return n
}

// ask sends one question and reads its answer.
func (n *node) ask(question, answer any) {
	n.t.Helper()
	line, err := json.Marshal(question)
	if err != nil {
		n.t.Fatal(err)
	}
	if _, err := n.to.Write(append(line, '\n')); err != nil {
		n.t.Fatalf("node: %v\n%s", err, n.stderr.Bytes())
	}
	if line, err = n.from.ReadBytes('\n'); err != nil {
		n.cmd.Wait()
		n.t.Fatalf("node: %v\n%s", err, n.stderr.Bytes())
	}
	if err := json.Unmarshal(line, answer); err != nil {
		n.t.Fatal(err)
	}
}

// faulty writes the evaluator's source with one thing changed.
func faulty(t *testing.T, old, new string) string {
	t.Helper()
	source, err := os.ReadFile("law.js")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(source), old) != 1 {
		t.Fatalf("law.js has %d times %q", strings.Count(string(source), old), old)
	}
	name := filepath.Join(t.TempDir(), "law.mjs")
	if err := os.WriteFile(name, []byte(strings.Replace(string(source), old, new, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// The bundle is read here so that Go runs these tests again when it has changed.
func TestBundleIsThere(t *testing.T) {
	for _, name := range []string{bundle, "answer.mjs", "check.js", "span.js"} {
		if data, err := os.ReadFile(name); err != nil || len(data) == 0 {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
	}
}
