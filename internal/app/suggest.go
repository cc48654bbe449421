package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"amparo/internal/suggest"
	"amparo/law"
	"amparo/packs"
)

// maxAccount bounds an account: some two hundred pages.
const maxAccount = 512 << 10

// suggestNotice stands above all that suggest writes.
const suggestNotice = `These are proposals, not facts: patterns of words were matched, nothing was understood, nothing is accepted.
A trained member must read each in its place, and accept or reject it. What is not listed may still have happened.`

// SuggestCmd is amparo suggest.
type SuggestCmd struct {
	File string `arg:"" help:"An account as plain text in UTF-8; - reads standard input."`
	Lang string `default:"" enum:",en,es" help:"Its language, en or es; guessed if left out."`
	JSON bool   `name:"json" help:"Write the proposals as JSON."`
}

// A suggestion is a proposal as suggest writes it.
type suggestion struct {
	Question string         `json:"question"`
	Text     string         `json:"text"` // of the question, in English
	Answer   string         `json:"answer"`
	Start    int            `json:"start"` // bytes of the account
	End      int            `json:"end"`
	Line     int            `json:"line"`
	Quote    string         `json:"quote"` // the words from Start to End
	Band     suggest.Band   `json:"band"`
	Notes    []suggest.Note `json:"notes"`
	Rule     string         `json:"rule"`
}

// suggestions is all that suggest writes.
type suggestions struct {
	Notice    string       `json:"notice"`
	Language  string       `json:"language"`
	Guessed   bool         `json:"guessed"` // the language was not given
	Unsure    bool         `json:"unsure"`  // the text may be in a language that is not read
	Reviewed  string       `json:"reviewed"`
	Proposals []suggestion `json:"proposals"`
}

// Run reads the account and writes proposals; it keeps and logs nothing.
func (c *SuggestCmd) Run(ctx context.Context, p *Program) error {
	name, text, err := readAccount(p, c.File)
	if err != nil {
		return err
	}
	questions, err := vocabulary()
	if err != nil {
		return err
	}
	reader, err := suggest.New(ids(questions))
	if err != nil {
		return err
	}
	out := suggestions{Notice: suggestNotice, Language: c.Lang, Proposals: []suggestion{}}
	if c.Lang == "" {
		lang, sure := reader.Guess(text)
		out.Language, out.Guessed, out.Unsure = lang, true, !sure
	}
	for _, l := range reader.Languages() {
		if l.Tag == out.Language {
			out.Reviewed = l.Reviewed
		}
	}
	for _, s := range reader.Read(text, out.Language) {
		i := slices.IndexFunc(questions, func(q law.Question) bool { return q.ID == s.Question })
		out.Proposals = append(out.Proposals, suggestion{s.Question, questions[i].Text.In("en"), s.Answer, s.Start, s.End,
			1 + strings.Count(text[:s.Start], "\n"), text[s.Start:s.End], s.Band, append([]suggest.Note{}, s.Notes...), s.Rule})
	}
	if c.JSON {
		return writeJSON(p.Stdout, out)
	}
	_, err = io.WriteString(p.Stdout, out.sheet(name, text))
	return err
}

// readAccount reads a whole account and says what is wrong with it, naming the file and never its words.
func readAccount(p *Program, file string) (name, text string, err error) {
	name, from := "standard input", p.Stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return "", "", err
		}
		defer f.Close()
		name, from = file, f
	}
	data, err := io.ReadAll(io.LimitReader(from, maxAccount+1))
	text = strings.TrimPrefix(string(data), "\ufeff")
	switch {
	case err != nil:
		return "", "", err
	case len(data) > maxAccount:
		return "", "", fmt.Errorf("%s: larger than %d KiB: split it", name, maxAccount>>10)
	case strings.TrimSpace(text) == "":
		return "", "", fmt.Errorf("%s: empty: there is no account to read", name)
	case !utf8.ValidString(text):
		return "", "", fmt.Errorf("%s: not UTF-8 at byte %d: save it as plain text in UTF-8", name, badByte(string(data)))
	}
	return name, text, nil
}

func badByte(text string) int {
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)) {
			return i
		}
	}
	return len(text)
}

// vocabulary is every question of the shipped packs, once each.
func vocabulary() (all []law.Question, err error) {
	for _, name := range packs.Names() {
		pack, err := packs.Load(name)
		if err != nil {
			return nil, err
		}
		for _, q := range pack.Questions {
			if !slices.ContainsFunc(all, func(o law.Question) bool { return o.ID == q.ID }) {
				all = append(all, q)
			}
		}
	}
	if len(all) == 0 {
		return nil, errors.New("no pack asks any question")
	}
	return all, nil
}

func ids(questions []law.Question) (out []string) {
	for _, q := range questions {
		out = append(out, q.ID)
	}
	return out
}

// sheet is the proposals for a reader at a terminal, those for one answer together.
func (s suggestions) sheet(name, text string) string {
	var b strings.Builder
	language := map[string]string{"en": "English", "es": "Spanish"}[s.Language]
	if s.Guessed {
		language += " (guessed)"
	}
	fmt.Fprintf(&b, "%s\n%q, read as %s; this lexicon was reviewed by %s.\n", s.Notice, name, language, s.Reviewed)
	if s.Unsure {
		b.WriteString("It may be in another language, which is not read.\n")
	}
	if len(s.Proposals) == 0 {
		b.WriteString("\nNo pattern matched. That says nothing about what happened.\n")
	}
	done := map[string]bool{}
	for i, first := range s.Proposals {
		if done[first.Question+first.Answer] {
			continue
		}
		done[first.Question+first.Answer] = true
		fmt.Fprintf(&b, "\n%s Proposed: %s (%s)\n", first.Text, first.Answer, first.Question)
		for _, p := range s.Proposals[i:] {
			if p.Question != first.Question || p.Answer != first.Answer {
				continue
			}
			fmt.Fprintf(&b, "  line %d, bytes %d to %d: %s\n    %s", p.Line, p.Start, p.End, around(text, p.Start, p.End), p.Band)
			for _, n := range p.Notes {
				fmt.Fprintf(&b, "; %s", n)
			}
			fmt.Fprintf(&b, "\n    rule %s\n", p.Rule)
		}
	}
	return b.String()
}

// around shows the words from start to end in square brackets, with some of what stands about them. Signs that a
// terminal would obey come out escaped.
func around(text string, start, end int) string {
	const some = 40
	from, to := max(0, start-some), min(len(text), end+some)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	part := strings.Join(strings.Fields(text[from:start]+"["+text[start:end]+"]"+text[end:to]), " ")
	quoted := fmt.Sprintf("%q", part)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}
