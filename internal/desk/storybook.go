package desk

import "net/http"

func (d *desk) storybook(w http.ResponseWriter, r *http.Request, v visit) error {
	return d.nowhere(w, r, v)
}
func (d *desk) story(w http.ResponseWriter, r *http.Request, v visit) error {
	return d.nowhere(w, r, v)
}
