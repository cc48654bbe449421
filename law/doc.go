// Package law lays what happened to one person beside a body of law, and says what its facts make out.
//
// A [Pack] is one body of law as data: an ordered vocabulary of plain questions, and rules made of
// elements, each with its citation, its dates, a condition over the vocabulary, and exceptions. A [Journey] is
// what happened: facts about the person, and episodes in order. [Pack.Assess] gives, for each rule and each
// episode, a [Finding]: established, open, ruled out, in conflict, or not law at that time; with one minimal
// reason why or why not, what could still turn it, the fewest answers it lacks, and what to ask next.
//
//	pack, err := law.Load(fsys, "us")
//	journey, err := pack.ParseJourney("journey.yaml", data)
//	assessment, err := pack.Assess(journey, law.Options{AsOf: law.Date{Year: 2026, Month: 1, Day: 2}})
//	for _, finding := range assessment.Findings {
//		fmt.Println(pack.Explain(finding, "en"))
//	}
//
// [Finding.Tree] shows the elements with the facts that carry them, [Finding.Reasons] every minimal reason.
// [Pack.Anatomy] shows a rule with nothing known. [Pack.Check] tries a pack on decided cases and leaves out each
// element in turn; [Compare] says what changed between two packs. [Pack.Program] is the same law for other
// evaluators, such as the one in the browser, and [Planes] runs it over 64 scenes at a time.
//
// What is promised. Unknown is never taken for no: the logic has three values, and a yes that meets a no
// is kept as a conflict; in a rule that a contested fact both helps and hurts, each of its sides is used where it
// helps, and Contested names it. Within one group of actors in one episode it is exact: a rule is settled when, and only
// when, every way the unknown may turn out agrees. Act, means, purpose and actor are bound there; across groups
// and episodes what is known of each is joined. Acts are judged by the law in force when they happened, benefits
// by the day of filing or of decision; where the dates do not settle that, the finding says so. The same
// journey, pack and options give the same bytes of JSON. Learning a fact never turns established into
// ruled out, or back, without a conflict. Every reason given re-derives its finding, and no fact in it
// can be dropped.
//
// What is not. The package decides nothing about a person and gives no advice: it lays facts beside
// elements so that a trained member of staff can. It reads no clock, opens no file but through the
// [io/fs.FS] it is given, and keeps no state; a loaded Pack may be used by several goroutines at once.
package law
