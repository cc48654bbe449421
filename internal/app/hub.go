package app

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"amparo/internal/bus"
	"amparo/internal/fault"
	"amparo/internal/hub"
	"amparo/internal/hub/deskapi"
	"amparo/internal/store"
	"amparo/internal/switchboard"
)

// HubCmd runs the hub.
type HubCmd struct {
	Listen    string   `default:"127.0.0.1:8080" help:"Address of the public site and the desk API."`
	DB        string   `required:"" name:"db" help:"Where to keep things: sqlite:PATH or postgres://…"`
	ExitURL   string   `name:"exit-url" default:"https://www.weather.gov/" help:"Where Exit leads: a page that means nothing."`
	Directory string   `type:"existingfile" help:"A directory of services, HSDS 3.0 JSON. The telephones in it that are answered at any hour are shown when nobody is here."`
	Voices    string   `type:"existingdir" help:"Recordings of people who read pages aloud, as TAG/home.mp3, TAG/exit-help.mp3 and so on; a computer's voice reads what is not there."`
	Partner   []string `help:"Origin of a web site, such as https://clinic.example.org, whose pages may show the finder and the self-check within them; may be repeated."`
	Cert      string   `type:"existingfile" and:"tls" help:"TLS certificate."`
	Key       string   `type:"existingfile" and:"tls" help:"TLS key."`
	Secure    bool     `help:"A proxy in front of the hub serves it over HTTPS."`
	Metrics   string   `help:"A private address for metrics, such as 127.0.0.1:9090; none by default."`
}

// Run serves until ctx ends.
func (c *HubCmd) Run(ctx context.Context, p *Program) error {
	log := newLog(p.Stderr)
	services, err := loadDirectory(c.Directory)
	if err != nil {
		return err
	}
	var voices fs.FS
	if c.Voices != "" {
		voices = os.DirFS(c.Voices)
	}
	h, err := openHub(ctx, c.DB)
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.public(ctx, log, hub.Config{ExitURL: c.ExitURL, Numbers: numbers(services, time.Now()), Directory: services, Voices: voices, Partners: c.Partner, Secure: c.Secure || c.Cert != ""}); err != nil {
		return fmt.Errorf("%s: %w", redact(c.DB), err)
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	if err := notInClear(l, c.Secure || c.Cert != ""); err != nil {
		return err
	}
	sites := []site{{"hub", l, h.watch, c.Cert, c.Key}}
	if c.Metrics != "" {
		m, err := h.metrics(c.Metrics)
		if err != nil {
			return err
		}
		sites = append(sites, m)
		fmt.Fprintf(p.Stdout, "metrics %s\n", address(m.listener, ""))
	}
	fmt.Fprintf(p.Stdout, "site %s\nready\n", address(l, c.Cert))
	return h.serve(ctx, log, sites...)
}

// A hubProgram is a hub with all it stands on.
type hubProgram struct {
	store *store.Store
	board *switchboard.Switchboard
	site  *hub.Hub
	watch *watchman
}

// openHub opens the store and puts a switchboard on it.
func openHub(ctx context.Context, db string) (*hubProgram, error) {
	st, err := store.Open(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", redact(db), err)
	}
	return &hubProgram{store: st, board: switchboard.New(st, &bus.Memory{}, time.Now)}, nil
}

// public puts the site and the desk API on a hub that is set up. The caller fills what of config is the
// organisation's choice.
func (h *hubProgram) public(ctx context.Context, log *slog.Logger, config hub.Config) error {
	org, _, err := h.board.Org(ctx)
	switch fault.KindOf(err) {
	case "":
	case fault.Busy: // the queue key has ended: who can turn it must still get in
		log.Error("visitors cannot write: a supervisor must turn the queue key at the desk", "wing", "hub", "err", err)
	default:
		return fmt.Errorf("not set up: run `amparo init`, or look with `amparo doctor`: %w", err)
	}
	config.Name, config.Switchboard, config.Log, config.Ready = org.Name, h.board, log, h.store.Ping
	if h.site, err = hub.New(config); err != nil {
		return err
	}
	desks := deskapi.New(h.board, log)
	// No ServeMux here: it would redirect some addresses before the site's headers are on.
	h.watch = watched("hub", log, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, deskapi.Prefix) {
			desks.ServeHTTP(w, r)
		} else {
			h.site.ServeHTTP(w, r)
		}
	}))
	return nil
}

func (h *hubProgram) close() error { return h.store.Close() }

// sweepEvery is how often the hub does what time asks for.
const sweepEvery = 10 * time.Second

// serve runs the sites, sweeping meanwhile.
func (h *hubProgram) serve(ctx context.Context, log *slog.Logger, sites ...site) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(ctx, h.site.Close)()
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(sweepEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if err := h.board.Sweep(ctx); err != nil && ctx.Err() == nil {
					log.Error("sweep failed", "wing", "hub", "err", err)
				}
			}
		}
	}()
	err := serve(ctx, log, sites...)
	stop()
	<-done
	return err
}

// metrics is the site of the hub's counts, on a private address.
func (h *hubProgram) metrics(on string) (site, error) {
	l, err := net.Listen("tcp", on)
	if err != nil {
		return site{}, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		h.watch.write(w)
	})
	return site{name: "metrics", listener: l, handler: mux}, nil
}

// address is the URL of a listener.
func address(l net.Listener, cert string) string {
	scheme := "http"
	if cert != "" {
		scheme = "https"
	}
	return scheme + "://" + l.Addr().String() + "/"
}
