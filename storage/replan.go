package storage

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// slowStatement is far beyond what a statement with the right plan takes; the first
	// use of a statement by a session, which reads the catalogue and plans, stays below.
	slowStatement = 200 * time.Millisecond
	// replanPause bounds what planning anew can cost when it is not the plan that is slow.
	replanPause = 30 * time.Second
)

// replanner lets sessions forget plans that became slow.
//
// A session keeps the plan of a statement it asks often, made for the tables as they were
// at that moment. While a queue is empty any way through it is as good as another; when
// ten thousand people write within a minute, a way that reads all of it at each step
// costs seconds, and Postgres would keep to it until the table is analysed the next time.
// So a session in which a statement was slow plans its statements anew at the next use,
// for the tables as they are then.
type replanner struct{}

// planState is what is remembered of a session, in its CustomData.
type planState struct {
	slow      bool
	replanned time.Time
}

type askedKey struct{}

func planStateOf(conn *pgx.Conn) *planState {
	const name = "tinbao.plans"
	data := conn.PgConn().CustomData()
	state, ok := data[name].(*planState)
	if !ok {
		state = &planState{}
		data[name] = state
	}
	return state
}

func (replanner) start(ctx context.Context) context.Context {
	return context.WithValue(ctx, askedKey{}, time.Now())
}

func (replanner) end(ctx context.Context, conn *pgx.Conn) {
	if asked, ok := ctx.Value(askedKey{}).(time.Time); ok && time.Since(asked) > slowStatement {
		planStateOf(conn).slow = true
	}
}

// TraceQueryStart notes when a statement is asked.
func (r replanner) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return r.start(ctx)
}

// TraceQueryEnd notes that one was slow.
func (r replanner) TraceQueryEnd(ctx context.Context, conn *pgx.Conn, _ pgx.TraceQueryEndData) {
	r.end(ctx, conn)
}

// TraceBatchStart notes when several are asked at once.
func (r replanner) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return r.start(ctx)
}

// TraceBatchQuery is there for the interface.
func (replanner) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd notes that they were slow.
func (r replanner) TraceBatchEnd(ctx context.Context, conn *pgx.Conn, _ pgx.TraceBatchEndData) {
	r.end(ctx, conn)
}

// prepare lets a session forget its plans before it is used again, when one was slow.
func (replanner) prepare(ctx context.Context, conn *pgx.Conn) (bool, error) {
	state := planStateOf(conn)
	if !state.slow || time.Since(state.replanned) < replanPause {
		return true, nil
	}
	state.slow, state.replanned = false, time.Now()
	_, err := conn.Exec(ctx, "discard plans")
	return err == nil, nil // a session that fails is replaced by another
}

// watch sets the pool's hooks.
func (r replanner) watch(pc *pgxpool.Config) {
	pc.ConnConfig.Tracer = r
	pc.PrepareConn = r.prepare
}
