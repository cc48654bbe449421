package app

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"amparo/internal/desk"
	"amparo/internal/line"
	"amparo/packs"
)

// DeskCmd runs the desk.
type DeskCmd struct {
	Hub       string `required:"" help:"Address of the hub, https://…"`
	Listen    string `default:"127.0.0.1:8081" help:"Address of the desk."`
	Hosted    bool   `help:"The desk is beside the hub and serves a team: less safe than one on each member's own machine, and every page says so."`
	Directory string `type:"existingfile" help:"The directory of services, HSDS 3.0 JSON."`
	Pack      string `default:"us" help:"The body of law."`
	Cert      string `type:"existingfile" and:"tls" help:"TLS certificate."`
	Key       string `type:"existingfile" and:"tls" help:"TLS key."`
	Secure    bool   `help:"A proxy in front of the desk serves it over HTTPS."`
}

// Run serves until ctx ends.
func (c *DeskCmd) Run(ctx context.Context, p *Program) error {
	log := newLog(p.Stderr)
	services, err := loadDirectory(c.Directory)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	if reachable(l) && !c.Hosted {
		return fmt.Errorf("--listen %s: a desk that others can reach is a hosted one: say --hosted, and serve it over HTTPS", c.Listen)
	}
	secure := c.Secure || c.Cert != ""
	if err := notInClear(l, secure); err != nil {
		return err
	}
	d, err := openDesk(log, c.Hub, c.Pack, desk.Config{Directory: services, Hosted: c.Hosted, Secure: secure})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Stdout, "desk %s\nready\n", address(l, c.Cert))
	return serve(ctx, log, site{"desk", l, d, c.Cert, c.Key})
}

// openDesk puts the console on a line to the hub.
func openDesk(log *slog.Logger, hubURL, pack string, config desk.Config) (*watchman, error) {
	gate, err := line.New(hubURL)
	if err != nil {
		return nil, err
	}
	if config.Pack, err = packs.Load(pack); err != nil {
		return nil, err
	}
	config.Gate, config.Log, config.Now = gate, log, time.Now
	h, err := desk.New(config)
	if err != nil {
		return nil, err
	}
	return watched("desk", log, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/healthz":
			fmt.Fprintln(w, "ok")
		case "/readyz":
			if _, err := gate.Stretch(r.Context(), "nobody"); err != nil {
				log.Warn("hub does not answer", "wing", "desk", "err", err)
				http.Error(w, "not ready", http.StatusServiceUnavailable)
				return
			}
			fmt.Fprintln(w, "ready")
		default:
			h.ServeHTTP(w, r)
		}
	})), nil
}
