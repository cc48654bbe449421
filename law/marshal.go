package law

import (
	"bytes"
	"encoding/json"
)

// marshal is json.Marshal without escaping for HTML: the bytes are read by people and by other programs.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
