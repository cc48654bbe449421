package app

import (
	"os"
	"time"

	"amparo/internal/directory"
	"amparo/internal/hub"
)

// loadDirectory reads the directory of services in a file; no file is an empty directory.
func loadDirectory(file string) (directory.Directory, error) {
	if file == "" {
		return directory.Directory{}, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return directory.Directory{}, err
	}
	return directory.Parse(file, data)
}

// mostNumbers is how many numbers a visitor can take in when nobody is here.
const mostNumbers = 3

// numbers gives the telephones that are answered at any hour, for visitors to see when nobody is at a
// desk. Only active services whose hours are known to be all hours count.
func numbers(d directory.Directory, now time.Time) (out []hub.Number) {
	for _, o := range d.Organizations {
		for _, s := range o.Services {
			if len(s.Phones) == 0 || s.Status != "active" || !atAnyHour(s, now) {
				continue
			}
			says := map[string]string{"en": s.Description}
			for lang := range s.Descriptions {
				says[lang] = s.DescriptionIn(lang)
			}
			out = append(out, hub.Number{Name: o.Name, Tel: s.Phones[0].Number, Says: says})
		}
	}
	return out[:min(len(out), mostNumbers)]
}

// atAnyHour says whether the service is known to be open in each hour of the week from now.
func atAnyHour(s directory.Service, now time.Time) bool {
	for h := range 7 * 24 {
		if s.Open(now.Add(time.Duration(h)*time.Hour)) != directory.Yes {
			return false
		}
	}
	return true
}
