package desk

import "testing"

func TestOnlyOwnPathsAreComeBackTo(t *testing.T) {
	for path, own := range map[string]bool{
		"/queue": true, "/cases/abc/episodes/d-1": true, "/numbers/table.csv?by=a,b": true,
		"": false, "/": false, "//evil.example": false, "/\t/evil.example": false, "/\\evil.example": false, "/a//b": false,
		"https://evil.example": false, "queue": false, "/a\nb": false, "/\u2028/x": false,
	} {
		if got := ours(path, "/other"); (got == path) != own {
			t.Errorf("%q leads to %q", path, got)
		}
	}
}
