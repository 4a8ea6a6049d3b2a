package main

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/storage"
)

const (
	senders      = 200             // messages of a bot on their way at once
	pressSenders = 50              // answers to presses on their way besides; they do not wait for Telegram's limits
	inHandFor    = 5 * time.Second // no more messages are in hand than may be sent in this time
	lookEvery    = time.Second     // between two looks for messages of which nobody told
	lookSoonest  = 20 * time.Millisecond
	dueMost      = 1000             // lanes known at once that wait for a place
	deliverShift = 10 * time.Second // after so long a lane makes room for one that waits
	leaseMargin  = time.Second      // a call ends so long before the lease does
	presentLimit = time.Second      // after so long a replica begins to deliver without saying whose its leases are
	maxTries     = 60               // of a message, about a day with the pauses below
	longestPause = 30 * time.Minute
	failComplain = time.Minute      // between two lines of the log that messages do not arrive
	refusedPause = 15 * time.Second // while Telegram does not accept the token
)

// courier delivers what waits in the outbox, the messages of a lane in their order. It is
// told of what this program queues as soon as that is committed; what others queued, what
// had to wait and what a replica left behind when it was killed it finds by looking. It
// keeps nothing that would be lost with it: a message is its own while it holds a lease.
type courier struct {
	app    *app
	places int
	wake   chan struct{}

	mu      sync.Mutex
	ctx     context.Context             // for what is in hand; nil = nothing is delivered
	lanes   map[string]*laneOf          // known ones
	queue   []string                    // lanes that wait for a place
	busy    int                         // lanes in hand
	after   []byte                      // where the last look ended, nil = at the end
	next    time.Time                   // of the next look
	ends    bool                        // only what is in hand is finished
	failing rate.Sometimes              // log lines that messages do not arrive
	shown   map[int64][]storage.Showing // what arrived in a chat and is not remembered yet
	wg      sync.WaitGroup
}

// laneOf is what is known about a lane.
type laneOf struct {
	hands  int  // goroutines that deliver it; more than one only when its first messages were queued at the same moment
	waits  bool // for a place
	again  bool // it was told of while it was in hand
	urgent bool
}

// newCourier makes a courier that begins with work.
func newCourier(a *app) *courier {
	return &courier{
		app: a, places: max(1, min(senders, int(inHandFor.Seconds())*a.settings.pace().All)) * len(a.stations),
		failing: rate.Sometimes{Interval: failComplain},
		wake:    make(chan struct{}, 1), lanes: map[string]*laneOf{}, shown: map[int64][]storage.Showing{},
	}
}

// Free is a part of the places that are free, so that all handlers may ask at once.
func (c *courier) Free() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx == nil {
		return 0
	}
	return max(0, c.places-c.busy-len(c.queue)) / handlers
}

// Take begins to deliver.
func (c *courier) Take(leased []*storage.Outgoing, lanes [][]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx == nil {
		return // the leases end, and lanes are looked for
	}
	for _, m := range leased {
		c.start(string(m.Lane), m)
	}
	for _, lane := range lanes {
		c.told(string(lane))
	}
}

// told notes a lane in which something waits; mu is held.
func (c *courier) told(lane string) {
	if c.ends {
		return
	}
	l := c.lane(lane)
	switch {
	case l.hands > 0:
		l.again = true
	case l.waits:
	case c.room(l.urgent):
		c.start(lane, nil)
	case l.urgent:
		l.waits, c.queue = true, slices.Insert(c.queue, 0, lane)
	case len(c.queue) < dueMost:
		l.waits, c.queue = true, append(c.queue, lane)
	default:
		delete(c.lanes, lane) // it will be looked for
	}
}

func (c *courier) lane(lane string) *laneOf {
	l, known := c.lanes[lane]
	if !known {
		l = &laneOf{urgent: storage.Press([]byte(lane))}
		c.lanes[lane] = l
	}
	return l
}

func (c *courier) room(urgent bool) bool {
	return c.busy < c.places || urgent && c.busy < c.places+pressSenders
}

// start takes a lane in hand, with its first message when that is leased already; mu is
// held.
func (c *courier) start(lane string, m *storage.Outgoing) {
	c.lane(lane).hands++
	c.busy++
	ctx := c.ctx
	c.wg.Go(func() { c.carry(ctx, lane, m) })
}

// leave gives a lane out of hand, unless something new waits in it; the place goes to
// the next lane. later = what waits in it is to be delivered after the others.
func (c *courier) leave(lane string, later bool) (stays bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.lanes[lane]
	if l.again && !later && !c.ends && l.hands == 1 {
		l.again = false
		return true
	}
	l.hands--
	c.busy--
	if l.hands == 0 {
		delete(c.lanes, lane)
		if later {
			c.told(lane)
		}
	}
	for len(c.queue) > 0 && !c.ends && c.room(c.lanes[c.queue[0]].urgent) {
		next := c.queue[0]
		c.queue = c.queue[1:]
		c.lanes[next].waits = false
		c.start(next, nil)
	}
	if len(c.queue) == 0 && c.after != nil {
		c.lookIn(0)
	}
	return false
}

// lookIn makes the next look come after a pause, unless it comes earlier; mu is held.
func (c *courier) lookIn(pause time.Duration) {
	if at := time.Now().Add(max(pause, lookSoonest)); at.Before(c.next) {
		c.next = at
		hint(c.wake)
	}
}

// deliver lets the courier work until ctx ends. As long as it does, the replica says whose
// its leases are, and takes over what replicas had in hand that ended.
func (a *app) deliver(ctx context.Context, handled <-chan struct{}) {
	attending, leave := context.WithCancel(context.WithoutCancel(ctx))
	present := make(chan struct{}, 1)
	var wg sync.WaitGroup
	wg.Go(func() {
		a.store.Attend(attending, storage.Attendance{
			Begun:    func() { hint(present) },
			Released: func() { a.courier.again(0) },
		})
	})
	wait(ctx, present, presentLimit)
	a.courier.work(ctx, handled)
	leave()
	wg.Wait()
}

// work delivers until ctx ends. Then it begins with nothing that waits, sends what the
// handlers still give it until they are done, and returns when nothing is in hand.
func (c *courier) work(ctx context.Context, handled <-chan struct{}) {
	sending, cancel := outlive(ctx, stopLimit)
	defer cancel()
	c.mu.Lock()
	c.ctx = sending
	c.mu.Unlock()
	for ctx.Err() == nil {
		c.mu.Lock()
		pause := time.Until(c.next)
		c.mu.Unlock()
		if pause > 0 {
			wait(ctx, c.wake, pause)
			continue
		}
		c.complain(ctx, c.app.guarded(func() error { return c.look(ctx) }))
	}
	c.mu.Lock()
	c.ends, c.queue = true, nil
	c.mu.Unlock()
	<-handled
	c.mu.Lock()
	c.ctx = nil
	c.mu.Unlock()
	c.wg.Wait()
}

// look finds lanes of which nobody told, going on where the last look ended.
func (c *courier) look(ctx context.Context) error {
	c.mu.Lock()
	after, most := c.after, dueMost-len(c.queue)
	c.next = time.Now().Add(lookEvery)
	c.mu.Unlock()
	if most <= 0 {
		return nil
	}
	lanes, err := c.app.store.Due(ctx, after, most)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.after = nil
	if len(lanes) == most {
		c.after = lanes[most-1]
	}
	for _, lane := range lanes {
		c.told(string(lane))
	}
	return nil
}

// complain tells now and then why messages wait.
func (c *courier) complain(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		c.app.complain.Do(func() { c.app.log.Warn("messages wait", "err", err) })
	}
}

// carry delivers a lane until it is empty, has to wait, or its shift is over.
func (c *courier) carry(ctx context.Context, lane string, m *storage.Outgoing) {
	end, later := time.Now().Add(deliverShift), false
	for again := true; again; again = c.leave(lane, later) {
		c.complain(ctx, c.app.guarded(func() (err error) {
			if m == nil {
				m, err = c.app.store.Next(ctx, []byte(lane))
			}
			for m != nil && err == nil {
				one := m
				m, later = nil, c.crowded(end)
				m, err = c.deliver(ctx, one, !later)
				if m == nil {
					c.remember(ctx, one.Chat)
				}
			}
			return err
		}))
	}
}

// crowded reports that a lane has to make room.
func (c *courier) crowded(end time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ends || len(c.queue) > 0 && time.Now().After(end)
}

// deliver sends one message, settles what became of it, and takes the next of its lane
// if it may go on.
func (c *courier) deliver(ctx context.Context, m *storage.Outgoing, on bool) (*storage.Outgoing, error) {
	ctx, end := c.app.traces.begin(ctx, spanMessage)
	limited, cancel := context.WithTimeout(ctx, m.Until.Sub(c.app.clock())-leaseMargin)
	message, err := c.send(limited, m)
	cancel()
	count := func(outcome string) {
		c.app.metrics.sent.WithLabelValues(outcome).Inc()
		end(outcome)
	}
	if err == nil {
		count(wasDelivered)
		c.app.metrics.waited.Observe(time.Since(m.Queued).Seconds())
		c.shows(ctx, m, message)
		return c.arrived(ctx, m, on)
	}
	settled := context.WithoutCancel(ctx)
	var refused *bot.Failure
	known := errors.As(err, &refused)
	fault, refusal := "network", ""
	if known { // Telegram's own words could quote the message
		fault, refusal = strconv.Itoa(refused.Code), refused.Words()
	}
	if ctx.Err() == nil {
		c.failing.Do(func() {
			c.app.log.Warn("a message did not arrive", "fault", fault, "refusal", refusal, "attempts", m.Attempts)
		})
	}
	pause, limitedBy := bot.RetryIn(err)
	switch {
	case limitedBy:
		count(wasPutOff)
		c.again(pause)
		return nil, c.app.store.PutOff(settled, m, pause, fault)
	case known && refused.Code == http.StatusUnauthorized: // of the bot, not of the message
		count(wasPutOff)
		c.again(refusedPause)
		return nil, c.app.store.PutOff(settled, m, refusedPause, fault)
	case known && refused.Gone():
		err = c.gone(settled, m)
	case known && refused.Refused():
		err = c.app.store.GiveUp(settled, m.ID, fault)
	case m.Attempts >= maxTries:
		err = c.app.store.GiveUp(settled, m.ID, "tries")
	default:
		count(wasPutOff)
		pause = min(time.Second<<min(m.Attempts-1, 11), longestPause)
		c.again(pause)
		return nil, c.app.store.Later(settled, m, pause, fault)
	}
	count(wasGivenUp)
	c.app.log.Warn("a message is given up", "fault", fault, "refusal", refusal, "attempts", m.Attempts)
	if err != nil || !on {
		return nil, err
	}
	return c.app.store.Next(ctx, m.Lane)
}

// send delivers one message, or clears the chat: of the messages that were known when that
// was asked for, and of those that arrived since.
func (c *courier) send(ctx context.Context, m *storage.Outgoing) (message int, err error) {
	messages, clears := bot.Clearing(m.Payload)
	if !clears {
		return c.app.stations.Send(ctx, m.Chat, m.Payload)
	}
	c.remember(ctx, m.Chat)
	more, err := c.app.store.ShownIn(ctx, m.Chat)
	if err != nil {
		return 0, err
	}
	messages = append(messages, more...)
	slices.Sort(messages)
	messages = slices.Compact(messages)
	slices.Reverse(messages)
	stayed, err := c.app.stations.Clear(ctx, m.Chat, messages)
	if stayed > 0 {
		c.app.log.Warn("messages of a chat that was cleared stay", "messages", stayed)
	}
	return 0, err
}

// shows takes down what is in a chat now, so that it can be deleted, and in which message
// the ward wrote about a case, so that an answer finds it. The latter is remembered at once.
func (c *courier) shows(ctx context.Context, m *storage.Outgoing, message int) {
	if message == 0 && len(m.Seen) == 0 {
		return
	}
	one := storage.Showing{Messages: append([]int{message}, m.Seen...), Hidden: m.Hidden}
	if m.CaseID != "" && message != 0 {
		one.Case = cases.CaseRef{Stream: m.Stream, ID: m.CaseID}
	}
	c.mu.Lock()
	c.shown[m.Chat] = append(c.shown[m.Chat], one)
	c.mu.Unlock()
	if one.Case != (cases.CaseRef{}) || one.Hidden != "" {
		c.remember(ctx, m.Chat)
	}
}

// remember writes down what arrived in a chat. It has arrived: what cannot be written down
// is not sent again for it.
func (c *courier) remember(ctx context.Context, chat int64) {
	c.mu.Lock()
	list := c.shown[chat]
	delete(c.shown, chat)
	c.mu.Unlock()
	if len(list) > 0 {
		c.complain(ctx, c.app.store.Showed(context.WithoutCancel(ctx), chat, list...))
	}
}

// again sees to it that a message is looked for when its pause is over.
func (c *courier) again(pause time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lookIn(pause)
}

// arrived forgets a message that arrived and takes the next of its lane. While Postgres
// is away it asks again and again: what is not forgotten would be sent twice.
func (c *courier) arrived(ctx context.Context, m *storage.Outgoing, on bool) (next *storage.Outgoing, err error) {
	settled := context.WithoutCancel(ctx)
	for {
		if on {
			next, err = c.app.store.NextAfter(settled, m)
		} else {
			err = c.app.store.Delivered(settled, m.ID)
		}
		if err == nil || ctx.Err() != nil {
			return next, err
		}
		c.complain(ctx, err)
		wait(ctx, nil, awayPause)
	}
}

// gone ends a message to somebody who blocked the bot; the case tells staff so.
func (c *courier) gone(ctx context.Context, m *storage.Outgoing) error {
	if m.CaseID != "" {
		if err := c.app.store.Silent(ctx, m.Stream, m.CaseID); err != nil {
			return err
		}
	}
	return errors.Join(c.app.store.Forsake(ctx, m.Chat), c.app.store.GiveUp(ctx, m.ID, "gone"))
}
