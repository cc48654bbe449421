package app

import (
	"context"
	"errors"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// A site is one handler on one address.
type site struct {
	name     string
	listener net.Listener
	handler  http.Handler
	cert     string // file names of certificate and key; empty for plain HTTP
	key      string
}

// grace is how long requests under way may finish after a stop is asked for; then open streams end.
const grace = time.Second

// serve runs the sites until ctx ends or one fails, and stops them all cleanly.
func serve(ctx context.Context, logger *slog.Logger, sites ...site) error {
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	failed := make(chan error, len(sites))
	var servers []*http.Server
	for _, s := range sites {
		server := &http.Server{
			Handler:           s.handler,
			ReadHeaderTimeout: 10 * time.Second,
			ReadTimeout:       60 * time.Second, // streams write: only their reading ends
			IdleTimeout:       2 * time.Minute,
			MaxHeaderBytes:    32 << 10,
			BaseContext:       func(net.Listener) context.Context { return life },
			ErrorLog:          log.New(discard{logger, s.name}, "", 0),
		}
		servers = append(servers, server)
		go func() {
			var err error
			if s.cert != "" {
				err = server.ServeTLS(s.listener, s.cert, s.key)
			} else {
				err = server.Serve(s.listener)
			}
			if !errors.Is(err, http.ErrServerClosed) {
				failed <- err
			}
		}()
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	time.AfterFunc(grace, end)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*grace)
	defer cancel()
	for _, s := range servers {
		if e := s.Shutdown(stop); e != nil {
			err = errors.Join(err, e, s.Close())
		}
	}
	return err
}

// discard takes what net/http would log. Those lines name remote addresses, so only their number and
// wing are kept.
type discard struct {
	log  *slog.Logger
	wing string
}

func (d discard) Write(p []byte) (int, error) {
	d.log.Warn("connection trouble", "wing", d.wing)
	return len(p), nil
}
