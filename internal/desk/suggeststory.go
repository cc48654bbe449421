package desk

import (
	"net/http"
	"net/url"
	"time"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/seal"
	"amparo/internal/staff"
)

// storyNote is what a member wrote after a call.
const storyNote = "On the phone, through her sister. The boss took her passport; her sister says that they locked her in at night. She is 17 years old."

// storySaid is what an invented person says, a message each.
var storySaid = []string{
	"Hola. Me trajeron a trabajar en una granja. El patrón me quitó el pasaporte y no me deja salir.",
	"Nos encerraban con llave por la noche. A mí nunca me pegó.\n<b>No es negrita</b>",
	"No me pagaron nada. Tengo 17 años.",
}

// suggestStory is the page of proposals in a state, for words said to be in a language.
func suggestStory(state, lang string) story {
	path := "/cases/" + string(storyCase) + "/suggest"
	return story{"suggest", state, staff.Advocate, path, func(d *desk, r *http.Request, v visit) (string, any, error) {
		c, said := caseOf(), storySaid
		switch state {
		case "no-episode":
			c.Episodes = nil
		case "none":
			said = []string{"Hola. ¿Hay alguien ahí?"}
		}
		t := casework.Talk{Conversation: chat.Conversation{Lang: lang}}
		for i, text := range said {
			t.Lines = append(t.Lines, casework.Line{ID: "m", Seq: uint64(i + 1), From: seal.FromVisitor, Text: text, Fate: casework.Opened,
				At: storyTime.Add(time.Duration(i) * time.Minute)})
		}
		if state == "other-list" {
			t.Lines[2].Fate = casework.Missing
		}
		w := casework.TalkWords(t)
		if state == "note" {
			w = casework.NoteWords(casework.Kept[casefile.Note]{ID: storyOne, By: storyMe, At: storyTime, Doc: casefile.Note{Text: storyNote}})
		}
		if len(c.Episodes) > 0 {
			c.Episodes[0].Doc.Facts = append(c.Episodes[0].Doc.Facts, casefile.Fact{Question: "locked", Answer: casefile.No, Grade: "said-by-other"})
		}
		s := casework.Propose(d.reader, c, w, "")
		for i, o := range s.Offers {
			form := url.Values{"proposal": {string(o.Key)}, "part": {string(storyOne)}, "grade": {"said"}}
			switch {
			case state == "asking" && o.Question == "locked":
				form.Set("ask", "1")
				v.note(path, flash{Form: form})
			case state == "unknown" && o.Question == "papers_taken":
				form.Set("ask", "1")
				form.Set("part", string(storyTwo))
				v.note(path, flash{Form: form})
			case state == "wrong" && o.Question == "papers_taken":
				form.Set("part", "")
				v.note(path, flash{Kind: fault.Invalid, Field: "part", Form: form})
			case o.Question == "hit":
				s.Offers[i].Rejected = true
			}
		}
		return "suggest.html", d.suggestPage(r, v, s, ""), nil
	}}
}
