package app

import (
	"context"
	"errors"
	"fmt"
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

// reachable says whether other machines can reach a listener.
func reachable(l net.Listener) bool {
	tcp, ok := l.Addr().(*net.TCPAddr)
	return ok && !tcp.IP.IsLoopback()
}

// notInClear refuses to serve words and passphrases to other machines without TLS.
func notInClear(l net.Listener, secure bool) error {
	if reachable(l) && !secure {
		return fmt.Errorf("--listen %s: other machines can reach it, and what is said would travel in the clear: give --cert and --key, or --secure if a proxy in front serves it over HTTPS", l.Addr())
	}
	return nil
}

// grace is how long requests under way may finish after a stop is asked for; then open streams end.
const grace = time.Second

// writeTimeout is how long an answer may take to be read: who takes it in drop by drop must not hold it
// in our memory. Streams set deadlines of their own.
var writeTimeout = 2 * time.Minute

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
			WriteTimeout:      writeTimeout,
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
