package main

import (
	"context"
	"log/slog"
	"net/url"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	api "go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"golang.org/x/time/rate"

	"tinbao/bot"
)

// Everything a trace may hold: three names of spans and two of attributes, whose
// values are words of this program. Nothing leads from an update to the messages that
// answer it, because the outbox keeps nothing from which that could be told.
const (
	spanUpdate  = "update"  // one update handled
	spanMessage = "message" // one message given to Telegram
	spanJob     = "job"     // one job of the queue

	attrKind    = "tinbao.kind"
	attrOutcome = "tinbao.outcome"
)

const (
	flushLimit   = 5 * time.Second // for the last spans when the program ends
	complainEach = 10 * time.Minute
	tracesPath   = "/v1/traces" // where receivers of OTLP listen (opentelemetry.io/docs/specs/otlp, "OTLP/HTTP Request")
)

// tracing makes spans and gives them to a receiver, or to nobody.
type tracing struct {
	tracer   api.Tracer
	provider *sdk.TracerProvider // nil = off
}

// newTraces begins tracing to a receiver of OTLP over HTTP; address "" = off. It makes
// no connection, so an absent receiver stops nothing.
func newTraces(ctx context.Context, address string, log *slog.Logger) (*tracing, error) {
	if address == "" {
		return &tracing{tracer: noop.NewTracerProvider().Tracer("")}, nil
	}
	receiver, err := receiverOf(address)
	if err != nil {
		return nil, err
	}
	out, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(receiver))
	if err != nil {
		return nil, &settingError{"TINBAO_TRACES", "cannot be used as an address of a receiver"}
	}
	// The library's own words could hold the address with a password.
	now := rate.Sometimes{First: 1, Interval: complainEach}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(error) {
		now.Do(func() { log.Warn("traces do not arrive") })
	}))
	who := resource.NewSchemaless(attribute.String("service.name", "tinbao"), attribute.String("service.version", version))
	p := sdk.NewTracerProvider(sdk.WithBatcher(out), sdk.WithResource(who))
	return &tracing{tracer: p.Tracer("tinbao"), provider: p}, nil
}

// receiverOf is the full address to which spans go.
func receiverOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", &settingError{"TINBAO_TRACES", "is not an address; write it like http://127.0.0.1:4318"}
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = tracesPath
	}
	return u.String(), nil
}

// begin begins a span; end says what became of it.
func (t *tracing) begin(ctx context.Context, name string, attrs ...attribute.KeyValue) (context.Context, func(outcome string)) {
	ctx, span := t.tracer.Start(ctx, name, api.WithAttributes(attrs...))
	return ctx, func(outcome string) {
		span.SetAttributes(attribute.String(attrOutcome, outcome))
		if outcome == wasFailed {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}

// stop gives the last spans away, for flushLimit at most.
func (t *tracing) stop() {
	if t == nil || t.provider == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), flushLimit)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil {
		otel.Handle(err)
	}
}

// saw notes of which kind the update of a span is.
func saw(ctx context.Context, u bot.Update) {
	kind := kindOf(u)
	api.SpanFromContext(ctx).SetAttributes(attribute.String(attrKind, kind))
}

// kindOf is how somebody wrote, never what: not even which command it was.
func kindOf(u bot.Update) string {
	switch {
	case u.Press != nil:
		return "press"
	case u.File != nil:
		return "file"
	case u.Place != nil:
		return "place"
	case u.Text != "":
		return "text"
	}
	return "other"
}
