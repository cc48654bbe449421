package peers

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// The names of the peers that run on Node.
const (
	JSONLogicName   = "json-logic"
	RulesEngineName = "json-rules-engine"
)

// A Node is a Node.js process that answers questions with both peers of node.mjs.
type Node struct {
	command *exec.Cmd
	to      io.WriteCloser
	from    *bufio.Reader
	index   map[string]int
}

// Start starts node.mjs in dir, where npm packages must be installed.
func Start(dir string) (*Node, error) {
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "json-logic-js")); err != nil {
		return nil, errors.New("npm packages are not installed: run make law/peers/node_modules/.package-lock.json")
	}
	n := &Node{command: exec.Command("node", "node.mjs")}
	n.command.Dir, n.command.Stderr = dir, os.Stderr
	to, err := n.command.StdinPipe()
	if err != nil {
		return nil, err
	}
	from, err := n.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := n.command.Start(); err != nil {
		return nil, err
	}
	n.to, n.from = to, bufio.NewReader(from)
	return n, nil
}

// Load gives the process the questions that it is to answer from now on.
func (n *Node) Load(questions []Question) error {
	logic := map[string]any{}
	n.index = map[string]int{}
	for i, q := range questions {
		logic[q.ID], n.index[q.ID] = JSONLogic(q.Body), i
	}
	var loaded struct{ Rules int }
	err := n.ask(map[string]any{"load": map[string]any{"logic": logic, "engine": JSONRulesEngine(questions)}}, &loaded)
	if err == nil && loaded.Rules != len(questions) {
		err = fmt.Errorf("node took %d rules of %d", loaded.Rules, len(questions))
	}
	return err
}

// Close ends the process.
func (n *Node) Close() error { return errors.Join(n.to.Close(), n.command.Wait()) }

func (n *Node) ask(message, answer any) error {
	if err := json.NewEncoder(n.to).Encode(message); err != nil {
		return fmt.Errorf("node: %w", err)
	}
	line, err := n.from.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("node: %w", err)
	}
	return json.Unmarshal(line, answer)
}

// Answer gives the verdicts of a peer by journey and question.
func (n *Node) Answer(peer string, journeys []Answers) ([][]Verdict, error) {
	var answer struct{ Holds [][]string }
	if err := n.ask(map[string]any{"peer": peer, "answers": journeys}, &answer); err != nil {
		return nil, err
	}
	if len(answer.Holds) != len(journeys) {
		return nil, fmt.Errorf("node: %d answers to %d journeys", len(answer.Holds), len(journeys))
	}
	var all [][]Verdict
	for _, holds := range answer.Holds {
		verdicts := make([]Verdict, len(n.index))
		for i := range verdicts {
			verdicts[i] = No
		}
		for _, id := range holds {
			verdicts[n.index[id]] = Yes
		}
		all = append(all, verdicts)
	}
	return all, nil
}

// Time lets a peer answer the journeys over and over for at least some milliseconds, and gives the
// microseconds that one journey took.
func (n *Node) Time(peer string, journeys []Answers, milliseconds int) (float64, error) {
	var answer struct{ Us float64 }
	err := n.ask(map[string]any{"peer": peer, "answers": journeys, "ms": milliseconds}, &answer)
	return answer.Us, err
}
