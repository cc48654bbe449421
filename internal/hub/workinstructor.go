package hub

import (
	"net/http"
	"slices"
	"strconv"

	"amparo/internal/fault"
	"amparo/internal/locale"
)

type instructorPage struct {
	page
	Cases []caseLink
	Data  exerciseData
}

type caseLink struct{ To, Title, Citation string }

// instructorWords are what the page that makes exercises says by its script.
var instructorWords = []string{
	"work.make.step", "work.make.say", "work.make.when", "work.make.offer", "work.make.offered", "work.make.act", "work.make.protect", "work.make.wrong",
	"work.make.add", "work.make.drop", "work.make.save", "work.make.saved", "work.make.facts",
	"work.wrong.ask.conclusion", "work.wrong.ask.leading", "work.wrong.ask.unsafe",
}

func (h *Hub) instructor(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	book, err := workLaw()
	if err != nil {
		return err
	}
	p := instructorPage{page: h.workPage(say, "/work/instructor"), Data: dataFor(say, slices.Concat(instructorWords, exerciseWords))}
	p.Script = h.assets.at("work-make.js")
	for _, x := range book.ready {
		p.Cases = append(p.Cases, caseLink{"/work/instructor/" + x.ID + "/exercise.json", x.Case.Title, x.Case.Citation})
	}
	return h.show(w, http.StatusOK, "work-instructor.html", p)
}

// readyFile gives the ready exercise of a decided case, to be kept.
func (h *Hub) readyFile(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	book, err := workLaw()
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil || n < 1 || n > len(book.ready) || strconv.Itoa(n) != r.PathValue("n") {
		return fault.New(fault.Unknown, "no such case")
	}
	w.Header().Set("Content-Disposition", `attachment; filename="exercise.json"`)
	return sendJSON(w, book.ready[n-1])
}
