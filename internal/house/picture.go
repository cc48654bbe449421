package house

import (
	"fmt"
	"slices"
	"strings"
)

// An Arrow says that some package of one room imports some package of another.
type Arrow struct{ From, To string }

// A Picture is the house as it stands: the rooms that exist and how they lean on each other.
// It is the same for the same source, in every byte.
type Picture struct {
	Floors  []Floor // highest first, each with the rooms that exist, in the order of the plan
	Arrows  []Arrow // in order of From, then To
	Up      []Arrow // those that do not go down
	Circles []string
}

// Draw makes the picture of these packages. The floor that only looks in is left out.
func Draw(all []Package) Picture {
	stands := map[string]bool{}
	leans := map[Arrow]bool{}
	for _, p := range all {
		room, level, ok := Room(p.ImportPath)
		if !ok || level == Floors[0].Level {
			continue
		}
		stands[room] = true
		for _, imp := range p.Imports {
			if to, _, ok := Room(imp); ok && to != room {
				leans[Arrow{room, to}] = true
			}
		}
	}
	var pic Picture
	for _, f := range Floors {
		rooms := slices.DeleteFunc(slices.Clone(f.Rooms), func(r string) bool { return !stands[r] })
		if len(rooms) > 0 {
			pic.Floors = append(pic.Floors, Floor{f.Level, rooms})
		}
	}
	for a := range leans {
		pic.Arrows = append(pic.Arrows, a)
	}
	slices.SortFunc(pic.Arrows, func(a, b Arrow) int {
		return strings.Compare(a.From+"\x00"+a.To, b.From+"\x00"+b.To)
	})
	for _, a := range pic.Arrows {
		_, from, _ := Room(Module + "/" + a.From)
		_, to, _ := Room(Module + "/" + a.To)
		if to >= from {
			pic.Up = append(pic.Up, a)
		}
	}
	for room := range stands {
		if pic.reaches(room, room, Arrow{}) {
			pic.Circles = append(pic.Circles, room)
		}
	}
	slices.Sort(pic.Circles)
	return pic
}

// leansOn gives the rooms that a room imports.
func (pic Picture) leansOn(room string) []string {
	var to []string
	for _, a := range pic.Arrows {
		if a.From == room {
			to = append(to, a.To)
		}
	}
	return to
}

// reaches says whether arrows lead from one room to another without using the one left out.
func (pic Picture) reaches(from, to string, without Arrow) bool {
	seen := map[string]bool{}
	for todo := []string{from}; len(todo) > 0; {
		at := todo[0]
		todo = todo[1:]
		for _, next := range pic.leansOn(at) {
			if (Arrow{at, next}) == without || seen[next] {
				continue
			}
			if next == to {
				return true
			}
			seen[next] = true
			todo = append(todo, next)
		}
	}
	return false
}

// Verdict is the picture in one line.
func (pic Picture) Verdict() string {
	say := func(what string, found []string) string {
		if len(found) == 0 {
			return what + ": none"
		}
		return what + ": " + strings.Join(found, ", ")
	}
	var up []string
	for _, a := range pic.Up {
		up = append(up, short(a.From)+" → "+short(a.To))
	}
	return fmt.Sprintf("%d arrows, all listed · %s · %s", len(pic.Arrows), say("running up or sideways", up), say("in a circle", pic.Circles))
}

// Text draws for a terminal: a line for each room, with the rooms it leans on.
func (pic Picture) Text() string {
	var b strings.Builder
	for _, f := range pic.Floors {
		level := fmt.Sprintf("%3s", f.Number())
		for _, r := range f.Rooms {
			var to []string
			for _, t := range pic.leansOn(r) {
				to = append(to, short(t))
			}
			fmt.Fprintln(&b, strings.TrimRight(fmt.Sprintf("%s  %-12s → %s", level, short(r), strings.Join(to, " ")), " →"))
			level = "   "
		}
	}
	return b.String() + pic.Verdict() + "\n"
}

// Mermaid draws for a Markdown page. An arrow that others already imply is left out.
func (pic Picture) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart TB\n")
	for i, f := range pic.Floors {
		fmt.Fprintf(&b, "  subgraph floor%d[floor %s]\n    direction LR\n", i, f.Number())
		for _, r := range f.Rooms {
			fmt.Fprintf(&b, "    %s\n", short(r))
		}
		b.WriteString("  end\n")
	}
	for _, a := range pic.Arrows {
		if !pic.reaches(a.From, a.To, a) {
			fmt.Fprintf(&b, "  %s --> %s\n", short(a.From), short(a.To))
		}
	}
	return b.String()
}

// short is the name that people call a room by.
func short(room string) string {
	return strings.TrimPrefix(strings.TrimPrefix(room, "internal/"), "cmd/")
}
