package packs

import (
	"regexp"
	"strings"
	"testing"
)

// Words that wound, frighten or conclude. A question asks for a fact in plain words.
var unfit = regexp.MustCompile(`(?i)\b(illegal\w*|alien\w*|victim\w*|coerc\w*|traffick\w*|exploit\w*|ilegal\w*|v[ií]ctima\w*|coacci\w*|trata|explota\w*)\b`)

func TestQuestionsArePlain(t *testing.T) {
	for _, name := range Names() {
		p, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		vulnerable := 0
		for _, q := range p.Questions {
			if q.Vulnerability {
				vulnerable++
			}
			for lang := range p.Languages {
				text := q.Text[lang]
				if !strings.HasSuffix(text, "?") {
					t.Errorf("%s/%s %s is no question: %q", name, lang, q.ID, text)
				}
				for _, sentence := range regexp.MustCompile(`[.?!]\s*`).Split(text+" "+q.Help[lang], -1) {
					if n := len(strings.Fields(sentence)); n > 20 {
						t.Errorf("%s/%s %s: a sentence of %d words: %q", name, lang, q.ID, n, sentence)
					}
				}
				if word := unfit.FindString(text + " " + q.Help[lang]); word != "" {
					t.Errorf("%s/%s %s says %q", name, lang, q.ID, word)
				}
			}
		}
		if vulnerable < 12 {
			t.Errorf("%s: only %d vulnerabilities", name, vulnerable)
		}
		t.Logf("%s: context that carries no element: %v", name, p.Unused())
	}
}
