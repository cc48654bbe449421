package house

import (
	"fmt"
	"slices"
	"strings"
)

// Climbs says which packages break the floors: an import of the same or a higher floor, or a
// package that stands in no room of the plan.
func Climbs(all []Package) []string {
	var wrong []string
	for _, p := range all {
		room, level, ok := Room(p.ImportPath)
		if !ok {
			wrong = append(wrong, fmt.Sprintf("%s stands in no room of house.Floors", p.ImportPath))
			continue
		}
		for _, imp := range p.Imports {
			to, below, ok := Room(imp)
			switch {
			case !ok || to == room || below < level: // not ours (or told of above), at home, or down
			case below == level:
				wrong = append(wrong, fmt.Sprintf("%s imports %s: both on floor %v", p.ImportPath, imp, level))
			default:
				wrong = append(wrong, fmt.Sprintf("%s on floor %v imports %s on floor %v", p.ImportPath, level, imp, below))
			}
		}
	}
	return wrong
}

// blind are the rooms that a hub is built from; open are the rooms they may never reach, for
// those unlock what visitors wrote.
var (
	blind = []string{"internal/hub", "internal/switchboard", "internal/store", "internal/bus", "internal/channel"}
	open  = []string{"internal/keyring", "internal/casefile"}
)

// Sighted says which packages of the hub reach, through any import, a room that opens or holds
// a case, naming the chain of imports.
func Sighted(all []Package) []string {
	var wrong []string
	for _, p := range all {
		if !inRooms(p.ImportPath, blind) {
			continue
		}
		for _, room := range open {
			if chain := chainTo(all, p.ImportPath, func(path string) bool { return inRooms(path, []string{room}) }); chain != nil {
				wrong = append(wrong, "the hub can see: "+strings.Join(chain, " → "))
			}
		}
	}
	return wrong
}

// worldly are packages that reach outside the process; floor 2 thinks and does not touch.
var worldly = []string{"net", "net/http", "net/rpc", "net/smtp", "net/textproto", "database/sql", "os/exec", "os/signal"}

// Impure says which packages of floor 2 reach a worldly one through packages of this house.
func Impure(all []Package) []string {
	isWorldly := func(path string) bool {
		return slices.ContainsFunc(worldly, func(w string) bool { return path == w || w != "net" && within(path, w) })
	}
	var wrong []string
	for _, p := range all {
		if _, level, ok := Room(p.ImportPath); !ok || level != 2 {
			continue
		}
		if chain := chainTo(all, p.ImportPath, isWorldly); chain != nil {
			wrong = append(wrong, "floor 2 is pure, yet: "+strings.Join(chain, " → "))
		}
	}
	return wrong
}

func inRooms(importPath string, rooms []string) bool {
	return slices.ContainsFunc(rooms, func(r string) bool { return within(importPath, Module+"/"+r) })
}

// chainTo finds the shortest chain of imports from one package to any that is wanted, walking
// only through packages of this module; nil when there is none.
func chainTo(all []Package, from string, wanted func(string) bool) []string {
	imports := map[string][]string{}
	for _, p := range all {
		imports[p.ImportPath] = p.Imports
	}
	came := map[string]string{from: ""}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, next := range imports[queue[0]] {
			if _, seen := came[next]; seen {
				continue
			}
			came[next] = queue[0]
			if wanted(next) {
				var chain []string
				for at := next; at != ""; at = came[at] {
					chain = append(chain, at)
				}
				slices.Reverse(chain)
				return chain
			}
			queue = append(queue, next)
		}
	}
	return nil
}
