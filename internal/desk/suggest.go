package desk

import (
	"errors"
	"maps"
	"net/http"
	"slices"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/suggest"
)

// openReader loads the word lists, for the questions that the cards ask and no others.
func openReader(asked map[string]bool) (*suggest.Reader, error) {
	if len(asked) == 0 { // a desk without law, of which only the templates are checked
		return nil, nil
	}
	return suggest.New(slices.Sorted(maps.Keys(asked)))
}

// wordList gives the tag of the word list that the address names, or "" for the one of the words' language.
func (d *desk) wordList(r *http.Request) (string, error) {
	tag := r.URL.Query().Get("list")
	known := slices.ContainsFunc(d.reader.Languages(), func(l suggest.Language) bool { return l.Tag == tag })
	if tag != "" && !known {
		return "", fault.New(fault.Unknown, "no such word list")
	}
	return tag, nil
}

// suggestions shows what the words of a conversation, or of a note that the path names, might tell.
func (d *desk) suggestions(w http.ResponseWriter, r *http.Request, v visit) error {
	list, err := d.wordList(r)
	if err != nil {
		return err
	}
	s, err := v.Suggest(r.Context(), v.at(id.Case(r.PathValue("case"))), d.reader, id.Part(r.PathValue("note")), list)
	if err != nil {
		return d.reasonFirst(w, r, v, err)
	}
	return d.show(w, http.StatusOK, "suggest.html", d.suggestPage(r, v, s, list))
}

// decide takes what a member decided about one proposal, and leads to the next.
func (d *desk) decide(w http.ResponseWriter, r *http.Request, v visit) error {
	l, _, _, err := caseForm(r, v)
	if err != nil {
		return err
	}
	list, err := d.wordList(r)
	if err != nil {
		return err
	}
	key, path := casework.Mark(r.PostFormValue("proposal")), r.URL.Path
	done := r.PostFormValue("do")
	switch done {
	case "accepted":
		var s casework.Suggestions
		if s, err = v.Suggest(r.Context(), l, d.reader, id.Part(r.PathValue("note")), list); err == nil {
			err = d.accept(r, v, s, key)
		}
	case "rejected", "restored":
		err = v.Reject(r.Context(), l, key, done == "rejected")
	default:
		err = fault.New(fault.Unknown, "no such choice")
	}
	to := "#p-" + string(key)
	var other *casework.Otherwise
	switch k := fault.KindOf(err); {
	case err == nil:
		v.note(path, flash{Done: done})
		if next := r.PostFormValue("next"); next != "" {
			to = "#p-" + next
		} else {
			to = "#suggest-title"
		}
	case errors.As(err, &other):
		form := r.PostForm
		form.Set("ask", "1")
		form.Set("seen", string(casework.MarkOf(other.There)))
		v.note(path, flash{Form: form})
	case toldOnPage[k]:
		v.note(path, flash{Kind: k, Field: fault.FieldOf(err), Form: r.PostForm})
	default:
		return err
	}
	http.Redirect(w, r, suggestPath(path, list)+to, http.StatusSeeOther)
	return nil
}

// toldOnPage are the kinds of fault that the member can put right, or try again.
var toldOnPage = map[fault.Kind]bool{fault.Invalid: true, fault.TooLong: true, fault.Conflict: true, fault.Full: true, fault.Busy: true, fault.Slow: true}

// suggestPath is a page of proposals, read with the word list that was chosen if one was.
func suggestPath(path, list string) string {
	if list != "" {
		path += "?list=" + list
	}
	return path
}

// accept makes a fact of a proposal, where the form says and known as it says.
func (d *desk) accept(r *http.Request, v visit, s casework.Suggestions, key casework.Mark) error {
	o, err := s.Find(key)
	if err != nil {
		return err
	}
	part := id.Part(r.PostFormValue("part"))
	if q, _ := d.Pack.Question(o.Question); q.Scope == "person" {
		part = ""
	} else if !slices.ContainsFunc(s.Case.Episodes, func(e casework.Kept[casefile.Episode]) bool { return e.ID == part }) {
		return fault.Field("part", "not an episode of the journey")
	}
	grade := r.PostFormValue("grade")
	if !slices.Contains(casefile.Grades, grade) {
		return fault.Field("grade", "no such kind of evidence")
	}
	f := casefile.Fact{Question: o.Question, Answer: o.Answer, Grade: grade, Source: d.source(v, o.Passage)}
	return v.Accept(r.Context(), v.at(s.Case.ID), s.Case, part, f, casework.Mark(r.PostFormValue("seen")))
}

// source says in the member's words where a fact came from.
func (d *desk) source(v visit, p casework.Passage) string {
	if p.Seq == 0 {
		return v.say.T("suggest.source-note", "Handle", v.Handle(p.By), "Time", d.day(p))
	}
	return v.say.T("suggest.source-talk", "Seq", p.Seq)
}
