package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	collected "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"tinbao/bot"
	"tinbao/cases"
)

// receiver takes traces as a collector would.
type receiver struct {
	mu    sync.Mutex
	heap  bytes.Buffer // everything that came, with headers
	spans []*spans.Span
	about []*spans.ResourceSpans
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	raw, err := io.ReadAll(q.Body)
	var in collected.ExportTraceServiceRequest
	if err != nil || q.URL.Path != tracesPath || proto.Unmarshal(raw, &in) != nil {
		http.Error(w, "not OTLP", http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprint(&r.heap, q.URL, q.Header)
	r.heap.Write(raw)
	for _, one := range in.GetResourceSpans() {
		r.about = append(r.about, one)
		for _, scope := range one.GetScopeSpans() {
			r.spans = append(r.spans, scope.GetSpans()...)
		}
	}
}

// What a span may be called, and the values of its attributes. The kinds of jobs come
// from the metrics, which know them all.
func (w *town) spoken() map[string][]string {
	kinds := []string{"press", "file", "place", "text", "other"}
	families, err := w.app.metrics.registry.Gather()
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != "tinbao_jobs_total" {
			continue
		}
		for _, m := range f.GetMetric() {
			for _, l := range m.GetLabel() {
				if l.GetName() == "kind" {
					kinds = append(kinds, l.GetValue())
				}
			}
		}
	}
	return map[string][]string{
		attrKind:    kinds,
		attrOutcome: {wasDone, wasFailed, wasPutOff, wasDelivered, wasGivenUp},
	}
}

// A receiver of traces learns when which kind of work was done and how it ended,
// and nothing of what people wrote or who they are.
func TestTracesHoldNoContent(t *testing.T) {
	t.Parallel()
	r := &receiver{}
	collector := httptest.NewServer(r)
	t.Cleanup(collector.Close)
	s := newStory(t)
	s.settings.Traces = collector.URL
	s.restart()
	for _, line := range []string{
		"an starts", "an presses 🔔 Gửi phản ánh", "an presses Dấu hiệu trên mạng", "an pins", "an says 22 giờ thứ Sáu",
		"an sends pdf: Chú thích dưới tệp này", "an presses ✅ Gửi", "an shares", "hoa says /ghichu PA-26-0001 Người này là hàng xóm",
	} {
		s.play(line)
	}
	canaries, allowed := s.canaries(), s.spoken()
	s.stop() // gives the last spans away
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range find("traces", unpacked(r.heap.Bytes()), canaries) {
		t.Error(f)
	}
	seen := map[string]int{}
	for _, span := range r.spans {
		what := span.GetName()
		for _, a := range span.GetAttributes() {
			value := a.GetValue().GetStringValue()
			if !slices.Contains(allowed[a.GetKey()], value) {
				t.Errorf("a span %s has %s=%q", span.GetName(), a.GetKey(), a.GetValue())
			}
			what += " " + value
		}
		seen[what]++
		if len(span.GetEvents())+len(span.GetLinks()) > 0 || span.GetStatus().GetMessage() != "" {
			t.Errorf("a span %s says more: %v", span.GetName(), span)
		}
	}
	for _, want := range []string{"update press done", "update text done", "update file done", "update place done", "message delivered", "job fetch_attachment done"} {
		if seen[want] == 0 {
			t.Errorf("no span %q; there are %v", want, seen)
		}
	}
	for what := range seen {
		if name, _, _ := strings.Cut(what, " "); !slices.Contains([]string{spanUpdate, spanMessage, spanJob}, name) {
			t.Errorf("a span is called %s", what)
		}
	}
	if got := fmt.Sprint(r.about[0].GetResource().GetAttributes()); !strings.Contains(got, "tinbao") || strings.Contains(got, "host") {
		t.Errorf("the spans come from %s", got)
	}
}

// Without a receiver nothing is held up, and the log does not repeat itself.
func TestReceiverOfTracesAway(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.settings.Traces = "http://user:password-of-traces@" + freeAddress(t)
	s.restart()
	s.play("an starts")
	s.stop()
	if log := s.log.String(); strings.Contains(log, "password-of-traces") || strings.Count(log, "traces do not arrive") > 1 {
		t.Errorf("the log:\n%s", log)
	}
}

func TestKindsOfUpdates(t *testing.T) {
	t.Parallel()
	for want, u := range map[string]bot.Update{
		"press": {Press: &bot.Press{}}, "file": {File: &cases.OfferedFile{}, Text: "x"}, "place": {Place: &cases.Place{}},
		"text": {Text: "/xem", Command: "xem"}, "other": {Odd: true},
	} {
		if got := kindOf(u); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestAddressOfTraces(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"http://127.0.0.1:4318": "http://127.0.0.1:4318/v1/traces", "https://otel.example/": "https://otel.example/v1/traces",
		"https://otel.example/own/path": "https://otel.example/own/path", "127.0.0.1:4318": "", "ftp://x": "", "http://": "",
	} {
		if got, err := receiverOf(address); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", address, got, err)
		}
	}
}
