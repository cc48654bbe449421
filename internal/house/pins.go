package house

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

var exact = regexp.MustCompile(`^\d+\.\d+\.\d+$`)

// Unpinned says which npm package is not named by one exact version, and which line of the lock
// file tells where somebody's machine got one from.
func Unpinned(packageJSON, lock string) []string {
	var npm struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal([]byte(packageJSON), &npm); err != nil {
		return []string{"package.json: " + err.Error()}
	}
	var wrong []string
	for _, group := range []map[string]string{npm.Dependencies, npm.DevDependencies} {
		for _, name := range sorted(group) {
			if !exact.MatchString(group[name]) {
				wrong = append(wrong, fmt.Sprintf("package.json: %s is not pinned: %s", name, group[name]))
			}
		}
	}
	for n, line := range strings.Split(lock, "\n") {
		if strings.Contains(line, `"resolved"`) || strings.Contains(line, `"link"`) || strings.Contains(line, "file:") {
			wrong = append(wrong, fmt.Sprintf("package-lock.json:%d: names a place: %s", n+1, strings.TrimSpace(line)))
		}
	}
	return wrong
}

var clock = regexp.MustCompile(`\btime\.(Sleep|Tick|After|AfterFunc|NewTicker|NewTimer)\(`)

// Ticking says which code of floor 2 waits for the clock. There, time is a value that is handed in.
func Ticking(files map[string]string) []string {
	var wrong []string
	for _, name := range sorted(files) {
		_, level, ok := Room(Module + "/" + name)
		if !ok || level != 2 || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, at := range clock.FindAllStringIndex(files[name], -1) {
			wrong = append(wrong, fmt.Sprintf("%s:%d: floor 2 waits for the clock: %s", name, lines(files[name][:at[1]]), files[name][at[0]:at[1]]))
		}
	}
	return wrong
}
