package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tinbao/dashboard"
)

const (
	readyLimit  = 2 * time.Second
	headerLimit = 10 * time.Second
	readLimit   = 30 * time.Second // an update of Telegram is small
	answerLimit = 2 * time.Minute
	idleLimit   = 2 * time.Minute
	drainLimit  = 10 * time.Second
)

// routes serves what operators and Telegram ask for.
func (a *app) routes() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", a.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.metrics.registry, promhttp.HandlerOpts{}))
	if a.settings.Mode == webhook {
		a.webhooks(mux)
	}
	if a.settings.DashboardURL == "" {
		return mux, nil
	}
	board, err := a.board()
	if err != nil {
		return nil, fmt.Errorf("the pages of the dashboard are unsound: %w", err)
	}
	mux.Handle(dashboard.Base, board)
	mux.Handle(dashboard.Base+"/", board)
	return mux, nil
}

const tokenMend = "it was revoked or is wrong, check TINBAO_TELEGRAM_TOKEN"

// ready tells whether updates can be taken: the program is not being stopped, and
// Postgres answers. Redis may be away.
func (a *app) ready(w http.ResponseWriter, r *http.Request) {
	if a.stopping.Load() {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), readyLimit)
	defer cancel()
	if err := a.store.Ping(ctx); err != nil {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "postgres is away", http.StatusServiceUnavailable)
		return
	}
	if a.stations.Refused() { // another program would not be better off, so this one stays ready
		fmt.Fprintln(w, "ready, but Telegram does not accept the token: "+tokenMend)
		return
	}
	fmt.Fprintln(w, "ready")
}

// listen opens the address before anything else starts, so that a taken one is
// found at once.
func (a *app) listen(ctx context.Context) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.settings.HTTPAddr)
	if err != nil {
		return nil, &settingError{"TINBAO_HTTP_ADDR", "cannot be opened: " + a.settings.HTTPAddr + " is in use or not an address like 127.0.0.1:8080"}
	}
	return l, nil
}

// serveHTTP serves what operators and Telegram ask for.
func (a *app) serveHTTP(ctx context.Context, l net.Listener) error {
	routes, err := a.routes()
	if err != nil {
		return err
	}
	return serveOn(ctx, l, &http.Server{
		Handler: a.discreetly(routes), ReadHeaderTimeout: headerLimit, ReadTimeout: readLimit, WriteTimeout: answerLimit, IdleTimeout: idleLimit, MaxHeaderBytes: pageHeaders,
	})
}

// listenWeb opens the address of the web form; nil when it is off.
func (a *app) listenWeb(ctx context.Context) (net.Listener, error) {
	if a.settings.WebAddr == "" {
		return nil, nil
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.settings.WebAddr)
	if err != nil {
		return nil, &settingError{"TINBAO_WEB_ADDR", "cannot be opened: " + a.settings.WebAddr + " is in use or not an address like 127.0.0.1:8090"}
	}
	return l, nil
}

const (
	formLimit   = 3 * time.Minute // for three photos over a slow line
	pageHeaders = 16 << 10
)

// serveWeb serves the web form.
func (a *app) serveWeb(ctx context.Context, l net.Listener) error {
	pages, err := a.site()
	if err != nil {
		return fmt.Errorf("the pages of the web are unsound: %w", err)
	}
	return serveOn(ctx, l, &http.Server{
		Handler: a.discreetly(pages), ReadHeaderTimeout: headerLimit, ReadTimeout: formLimit, WriteTimeout: formLimit, IdleTimeout: idleLimit, MaxHeaderBytes: pageHeaders,
	})
}

// serveOn serves until ctx ends, then lets open requests finish, for drainLimit at
// most: after that they are cut off.
func serveOn(ctx context.Context, l net.Listener, server *http.Server) error {
	// What the server would print about a broken connection quotes what came over it.
	server.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainLimit)
		defer cancel()
		err := server.Shutdown(drain)
		if errors.Is(err, context.DeadlineExceeded) {
			err = server.Close()
		}
		stopped <- err
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving HTTP: %w", err)
	}
	return <-stopped
}
