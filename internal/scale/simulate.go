package scale

import (
	"container/heap"
	"math/rand/v2"
	"slices"
	"time"
)

// Result is what a simulated evening came to.
type Result struct {
	Busiest  int // updates in the busiest second
	Kept     int // most updates that were kept and waited to be handled
	Queue    int // most messages that waited for Telegram's limit
	Waits    []time.Duration
	Reports  int           // sent to the end
	GaveUp   int           // people who went away because no answer came
	Emptied  time.Duration // from the end of the programme until the last message was sent
	Messages int
}

// Wait is the time within which so many of a hundred answers came.
func (r Result) Wait(percent int) time.Duration {
	if len(r.Waits) == 0 {
		return 0
	}
	return r.Waits[min(len(r.Waits)*percent/100, len(r.Waits)-1)]
}

type what uint8

const (
	writes   what = iota // a person sends a message
	handled              // its update is committed
	slot                 // a message leaves under the limit
	answered             // the phone shows the answer
)

type event struct {
	at     time.Duration
	order  int // of two at the same moment the older goes first
	kind   what
	person int // -1 = a member of staff
}

type agenda []event

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return a[i].at < a[j].at || a[i].at == a[j].at && a[i].order < a[j].order
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }

// Push adds what heap.Push was given.
func (a *agenda) Push(x any) { *a = append(*a, x.(event)) } //nolint:errcheck // nothing else is pushed

// Pop removes what heap.Pop gives.
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}

type person struct {
	bot   int
	left  int // messages still to write, the one under way included
	whole bool
	since time.Duration
}

// evening is a simulation under way.
type evening struct {
	Scene
	rng     *rand.Rand
	agenda  agenda
	order   int
	people  []person
	waiting []int           // updates kept and not yet begun, in order
	idle    int             // handlers
	next    []time.Duration // of each bot: when its bucket would be full again
	queued  int
	hour    []time.Duration // when reports came, of which staff were told or would have been
	seconds map[int]int
	result  Result
}

// Run lets an evening pass. The same scene gives the same result.
func Run(s Scene) Result {
	e := &evening{
		Scene: s, rng: rand.New(rand.NewPCG(s.Seed, s.Seed)),
		people: make([]person, s.People), idle: s.Handlers, next: make([]time.Duration, s.Bots), seconds: map[int]int{},
	}
	for i := range e.people {
		p := person{bot: e.rng.IntN(s.Bots), left: s.Short, whole: e.rng.Float64() < s.Finishing}
		if p.whole {
			p.left = s.Long
		}
		e.people[i] = p
		// Two waits in a row, of equal mean: few come at once, most at Peak, some much later.
		e.plan(e.about(s.Peak)+e.about(s.Peak), writes, i)
	}
	for len(e.agenda) > 0 {
		e.step(heap.Pop(&e.agenda).(event)) //nolint:errcheck // nothing else is pushed
	}
	for _, n := range e.seconds {
		e.result.Busiest = max(e.result.Busiest, n)
	}
	slices.Sort(e.result.Waits)
	return e.result
}

func (e *evening) about(mean time.Duration) time.Duration {
	return time.Duration(e.rng.ExpFloat64() * float64(mean))
}

func (e *evening) plan(at time.Duration, kind what, who int) {
	e.order++
	heap.Push(&e.agenda, event{at, e.order, kind, who})
}

func (e *evening) step(v event) {
	switch v.kind {
	case writes:
		e.seconds[int(v.at/time.Second)]++
		e.people[v.person].since = v.at
		e.waiting = append(e.waiting, v.person)
		e.begin(v.at)
		e.result.Kept = max(e.result.Kept, len(e.waiting))
	case handled:
		e.idle++
		p := &e.people[v.person]
		e.send(v.at, p.bot, v.person)
		if p.left--; p.left == 0 && p.whole {
			e.result.Reports++
			e.tell(v.at)
		}
		e.begin(v.at)
	case slot:
		e.queued--
		e.leave(v.at, v.person)
	case answered:
		e.reads(v.at, v.person)
	}
}

// begin lets idle handlers take what waits.
func (e *evening) begin(now time.Duration) {
	for e.idle > 0 && len(e.waiting) > 0 {
		e.plan(now+e.Handling, handled, e.waiting[0])
		e.waiting = e.waiting[1:]
		e.idle--
	}
}

// send puts a message into the queue of a bot. A bucket of one second's worth stands for
// Telegram's limit; messages leave in the order in which they came.
func (e *evening) send(now time.Duration, bot, who int) {
	gap := time.Second / time.Duration(e.Rate)
	e.next[bot] = max(e.next[bot], now) + gap
	leaves := e.next[bot] - time.Second
	if leaves <= now {
		e.leave(now, who)
		return
	}
	e.queued++
	e.result.Queue = max(e.result.Queue, e.queued)
	e.plan(leaves, slot, who)
}

// leave is the moment a message goes out under the limit.
func (e *evening) leave(now time.Duration, who int) {
	e.result.Messages++
	e.result.Emptied = max(e.result.Emptied, now)
	if who >= 0 {
		e.plan(now+e.Delivery, answered, who)
	}
}

// tell lets staff know of a report, unless so many came within the hour that the rest is
// put apart and told of once. Staff came by the first bot.
func (e *evening) tell(now time.Duration) {
	e.hour = append(e.hour, now)
	for e.hour[0] < now-time.Hour {
		e.hour = e.hour[1:]
	}
	if len(e.hour) > e.Untold {
		return
	}
	for range e.Staff {
		e.send(now, 0, -1)
	}
}

// reads is the moment an answer is on the phone. A person who waited too long is gone.
func (e *evening) reads(now time.Duration, who int) {
	p := &e.people[who]
	e.result.Waits = append(e.result.Waits, now-p.since)
	switch {
	case now-p.since > e.Patience:
		if p.left > 0 {
			e.result.GaveUp++
		}
	case p.left > 0:
		e.plan(now+e.about(e.Thinking), writes, who)
	}
}
