// Package line is the desk's way to the hub: each use case is one POST of JSON. Package deskapi is the
// other side.
package line

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
)

// maxAnswer bounds what is read of one answer, in bytes.
const maxAnswer = 64 << 20

// A Line goes to one hub, as nobody or as one member. It implements casework.Gate and casework.Hub.
type Line struct {
	base     string
	client   *http.Client
	patience time.Duration // for one use case; watching has no end
	token    string
}

// New is a line to the hub at base, such as https://hub.example.org. Only loopback may do without TLS.
func New(base string) (*Line, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("hub address %q is not a URL", base)
	}
	switch h := u.Hostname(); {
	case u.Scheme == "https":
	case u.Scheme == "http" && (h == "127.0.0.1" || h == "::1" || h == "localhost" || strings.HasSuffix(h, ".onion")):
	default:
		return nil, fmt.Errorf("hub address %q: https is needed, except on this machine and over Tor", base)
	}
	return &Line{base: strings.TrimSuffix(u.String(), "/") + "/desk/v1/", patience: 30 * time.Second, client: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

func (l *Line) post(ctx context.Context, name string, in any) (*http.Response, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, l.base+name, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if l.token != "" {
		req.Header.Set("Authorization", "Bearer "+l.token)
	}
	res, err := l.client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fault.New(fault.Busy, "hub does not answer: %w", err)
	}
	if res.StatusCode == http.StatusOK {
		return res, nil
	}
	defer res.Body.Close()
	var refused struct {
		Kind  fault.Kind
		Field string
	}
	if json.NewDecoder(io.LimitReader(res.Body, 4096)).Decode(&refused) != nil || refused.Kind == "" {
		refused.Kind = fault.OfStatus(res.StatusCode)
	}
	return nil, &fault.Error{Kind: refused.Kind, Field: refused.Field, Cause: fmt.Errorf("hub: %s: %s", name, res.Status)}
}

func call[Out any](ctx context.Context, l *Line, name string, in any) (out Out, err error) {
	patient, cancel := context.WithTimeout(ctx, l.patience)
	defer cancel()
	res, err := l.post(patient, name, in)
	if err != nil && patient.Err() != nil && ctx.Err() == nil {
		return out, fault.New(fault.Busy, "hub: %s: no answer in %v", name, l.patience)
	}
	if err != nil {
		return out, err
	}
	defer res.Body.Close()
	if err := json.NewDecoder(io.LimitReader(res.Body, maxAnswer)).Decode(&out); err != nil {
		return out, fault.New(fault.Busy, "hub: %s: answer is not whole: %w", name, err)
	}
	return out, nil
}

type none struct{}

func tell(ctx context.Context, l *Line, name string, in any) error {
	_, err := call[none](ctx, l, name, in)
	return err
}

// Stretch implements casework.Gate.
func (l *Line) Stretch(ctx context.Context, handle string) (staff.Stretch, error) {
	return call[staff.Stretch](ctx, l, "stretch", handle)
}

// LogIn implements casework.Gate.
func (l *Line) LogIn(ctx context.Context, in staff.Login) (staff.Entry, casework.Hub, error) {
	e, err := call[staff.Entry](ctx, l, "log-in", in)
	if err != nil {
		return staff.Entry{}, nil, err
	}
	return e, &Line{l.base, l.client, l.patience, e.Token}, nil
}

// Watch implements casework.Hub.
func (l *Line) Watch(ctx context.Context, cs ...id.Conversation) (<-chan chat.Note, error) {
	if cs == nil {
		cs = []id.Conversation{}
	}
	res, err := l.post(ctx, "watch", cs)
	if err != nil {
		return nil, err
	}
	notes := make(chan chat.Note)
	go func() {
		defer close(notes)
		defer res.Body.Close()
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			var n chat.Note
			if json.Unmarshal(lines.Bytes(), &n) != nil {
				continue // an empty line: the hub lives
			}
			select {
			case notes <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	return notes, nil
}
