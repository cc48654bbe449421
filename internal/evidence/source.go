package evidence

import (
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

func (k *checker) source(s *Source) {
	k.text("what", s.What, s.Title == "")
	k.text("publisher", s.Publisher, false)
	if s.Title != "" {
		if _, err := language.Parse(s.Lang); err != nil {
			k.wrong("language", "lang", "%q: want the language of the title, such as en", s.Lang)
		}
	}
	if s.Year != 0 && (s.Year < 1800 || k.ahead(s.Year)) {
		k.wrong("year", "year", "%d is no year in which it was published by %s", s.Year, k.at)
	}
	if s.URL != "" {
		if what := LinkFault(s.URL); what != "" {
			k.wrong("link", "url", "%s", what)
		}
	}
	if !k.cited[s.ID] {
		k.wrong("uncited", "id", "no claim cites it")
	}
}

// LinkFault says what is wrong with the shape of a link to a source, or nothing. It asks nobody: whether the
// page is still there is for a person to look up.
func LinkFault(link string) string {
	u, err := url.Parse(link)
	switch {
	case err != nil || strings.ContainsFunc(link, func(c rune) bool { return c > unicode.MaxASCII || c <= ' ' || c == '\\' }):
		return "not a web address"
	case len(link) > 200:
		return "longer than 200 letters"
	case u.Scheme != "https" || u.Opaque != "":
		return "does not begin with https://"
	case u.User != nil:
		return "holds a user name"
	case u.Port() != "" || strings.HasSuffix(u.Host, ":"):
		return "names a port"
	case !publicHost(u.Host):
		return "its host is no public name with a dot, in small letters"
	case u.RawQuery != "" || u.ForceQuery:
		return "has a query after ?, which may track who follows it"
	case u.Fragment != "" || strings.HasSuffix(link, "#"):
		return "has a fragment after #"
	}
	return ""
}

// publicHost says whether a host is a name with a dot that others can look up.
func publicHost(host string) bool {
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil || host != strings.ToLower(host) {
		return false
	}
	labels := strings.Split(host, ".")
	for _, l := range labels {
		if l == "" || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(labels) > 1 && last != "local" && last != "internal" && strings.Trim(last, "0123456789") != ""
}
