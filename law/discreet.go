package law

import (
	"regexp"
	"strings"
)

// Discreet gives the error without a word of what the file says: the same place, the field as far as its name is
// one of a journey's, and words of our own. A file of journeys tells of people's lives; a list of its errors
// must not.
func (e *SyntaxError) Discreet() *SyntaxError {
	out := *e
	out.Message = "cannot be read"
	for _, w := range discreet {
		if strings.Contains(e.Message, w.says) {
			out.Message = w.means
			break
		}
	}
	if e.Field != "" {
		parts := strings.Split(e.Field, ".")
		for i, part := range parts {
			if !fieldOfJourney.MatchString(part) {
				parts[i] = "…"
			}
		}
		out.Field = strings.Join(parts, ".")
	}
	return &out
}

var fieldOfJourney = regexp.MustCompile(`^(id|person|episodes|complete|linked_actors|filed|grade|source|label|when|actors|from|until|words|yes|no|facts|question|answer|why|actor)(\[[0-9]{1,5}\])*$`)

// discreet has for the messages about journeys, some words of each and what may be told of it.
var discreet = []struct{ says, means string }{
	{"no such field", "no such field"},
	{"said twice", "said twice"},
	{"the vocabulary has no question", "the vocabulary has no such question"},
	{"is asked of an episode, not of the person", "a question asked of an episode, not of the person"},
	{"is not one of: ", "not one of the words that may stand here"},
	{"an unknown answer has no grade", "an unknown answer has no grade"},
	{"only an unknown answer has a reason", "only an unknown answer has a reason"},
	{"is not among the episode's actors", "not among the episode's actors"},
	{"is no date", "no date: write 2013, 2013-05 or 2013-05-12, with \"about \" before it if it is not exact"},
	{" is before ", "it ends before it begins"},
	{"a second episode with the id", "a second episode with the same id"},
	{" episodes, at most ", "too many episodes"},
	{"want true or false", "want true or false"},
	{"want a group of fields in braces", "want a group of fields in braces, as JSON"},
	{"want a group of fields, not", "want a group of fields"},
	{"want a list, not", "want a list"},
	{"want a single value, not", "want a single value"},
	{"holds a control character", "holds a control character"},
	{"holds a zero byte", "holds a zero byte"},
	{"not UTF-8 text", "not UTF-8 text"},
	{"nested too deep", "nested too deep"},
	{"too big: ", "too big"},
	{"text after the end", "text after the end"},
	{"the text ends too soon", "the text ends too soon"},
	{"invalid character", "not JSON"},
	{"missing", "missing"},
	{"empty", "empty"},
}
