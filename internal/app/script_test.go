package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rsc.io/script"
	"rsc.io/script/scripttest"
)

// TestStories runs every story in testdata/script: the command line as its users see it, in this process.
// $WORK is the story's own folder and $REPO the checkout; paths given to amparo must be whole, since the
// process stays where it is. A first argument stdin=FILE is what the command reads.
func TestStories(t *testing.T) {
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	engine := &script.Engine{Cmds: scripttest.DefaultCmds(), Conds: scripttest.DefaultConds()}
	engine.Cmds["amparo"] = script.Command(script.CmdUsage{Summary: "run amparo in this process", Args: "[stdin=FILE] args..."}, runAmparo)
	scripttest.Test(t, context.Background(), engine, append(os.Environ(), "REPO="+repo), "testdata/script/*.txt")
}

func runAmparo(s *script.State, args ...string) (script.WaitFunc, error) {
	var stdin io.Reader = strings.NewReader("")
	if len(args) > 0 && strings.HasPrefix(args[0], "stdin=") {
		data, err := os.ReadFile(s.Path(strings.TrimPrefix(args[0], "stdin=")))
		if err != nil {
			return nil, err
		}
		stdin, args = bytes.NewReader(data), args[1:]
	}
	return func(s *script.State) (stdout, stderr string, err error) {
		var out, errs bytes.Buffer
		env := func(key string) string {
			value, _ := s.LookupEnv(key)
			return value
		}
		if code := Main(s.Context(), Program{Args: args, Stdin: stdin, Stdout: &out, Stderr: &errs, Env: env}); code != 0 {
			err = fmt.Errorf("exit %d", code)
		}
		return out.String(), errs.String(), err
	}, nil
}
