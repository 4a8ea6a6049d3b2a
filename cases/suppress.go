package cases

import (
	"slices"
	"time"
)

// SmallestTold is the smallest number of people that is told in the figures of help
// (domain.md 10, group H); 0 is told.
const SmallestTold = 5

// HelpAtom is a number of requests for help that are alike in everything that is counted.
type HelpAtom struct {
	Service   Service
	Under18   bool
	Contacted bool   // somebody dealt with it
	Sent      bool   // referred
	Answer    Verb   // the first of a service: Accept, Decline; "" = none yet
	Closed    bool   // closed after that answer
	Outcome   string // the first result that was recorded; "" = none yet
	N         int
}

// HelpCell names one figure about requests for help. Each counts what happened since the
// first day of the plan, and what has happened stays so; so no count ever falls.
type HelpCell string

// The cells that hold others: contacted are of those received, sent and ended of those
// contacted, accepted and declined of those sent, completed of those accepted. Who has a result need not be closed, nor
// the other way round: what both of them are cannot be worked out.
const (
	HelpReceived  HelpCell = "received"
	HelpContacted HelpCell = "contacted"
	HelpSent      HelpCell = "sent"
	HelpEnded     HelpCell = "ended"
	HelpAccepted  HelpCell = "accepted"
	HelpDeclined  HelpCell = "declined"
	HelpCompleted HelpCell = "completed"
)

const (
	helpUnder18 HelpCell = "under18"
	helpAdult   HelpCell = "adult"
	rest                 = "other" // what no list names
)

func serviceCell(s Service) HelpCell   { return HelpCell("service/" + s) }
func outcomeCell(name string) HelpCell { return HelpCell("outcome/" + name) }

// helpOrder are the cells that hold others, what holds before what is held.
var helpOrder = []HelpCell{HelpReceived, HelpContacted, HelpSent, HelpEnded, HelpAccepted, HelpDeclined, HelpCompleted}

// helpHolds says what is part of what; the parts in one list share nobody.
var helpHolds = map[HelpCell][][]HelpCell{
	HelpReceived:  {{HelpContacted}},
	HelpContacted: {{HelpSent}, {HelpEnded}},
	HelpSent:      {{HelpAccepted, HelpDeclined}},
	HelpAccepted:  {{HelpCompleted}},
}

// helpFamily is a cell cut into parts that are all of it.
type helpFamily struct {
	whole HelpCell
	parts []HelpCell
}

var helpFamilies = []helpFamily{
	{HelpReceived, cellsOf(Services, serviceCell, serviceCell(rest))},
	{HelpReceived, []HelpCell{helpUnder18, helpAdult}},
	{HelpEnded, cellsOf(Outcomes, outcomeCell, outcomeCell(rest))},
}

func cellsOf[T any](list []T, cell func(T) HelpCell, more HelpCell) (cells []HelpCell) {
	for _, one := range list {
		cells = append(cells, cell(one))
	}
	return append(cells, more)
}

// CountHelp adds atoms up to cells; every cell is there, 0 too.
func CountHelp(atoms []HelpAtom) map[HelpCell]int {
	n := map[HelpCell]int{}
	for _, cell := range helpOrder {
		n[cell] = 0
	}
	for _, f := range helpFamilies {
		for _, cell := range f.parts {
			n[cell] = 0
		}
	}
	for _, a := range atoms {
		for _, cell := range a.cells() {
			n[cell] += a.N
		}
	}
	return n
}

// cells are the cells an atom is counted in. Whoever was referred or has a result was
// dealt with, whatever the history calls it.
func (a HelpAtom) cells() []HelpCell {
	cells := []HelpCell{HelpReceived, serviceCell(rest), helpAdult}
	if slices.Contains(Services, a.Service) {
		cells[1] = serviceCell(a.Service)
	}
	if a.Under18 {
		cells[2] = helpUnder18
	}
	sent := a.Sent || a.Answer != ""
	if a.Contacted || sent || a.Outcome != "" {
		cells = append(cells, HelpContacted)
	}
	if sent {
		cells = append(cells, HelpSent)
	}
	switch a.Answer {
	case Accept:
		cells = append(cells, HelpAccepted)
		if a.Closed {
			cells = append(cells, HelpCompleted)
		}
	case Decline:
		cells = append(cells, HelpDeclined)
	}
	switch {
	case a.Outcome == "":
	case slices.Contains(Outcomes, a.Outcome):
		cells = append(cells, HelpEnded, outcomeCell(a.Outcome))
	default:
		cells = append(cells, HelpEnded, outcomeCell(rest))
	}
	return cells
}

// HelpClosing is what was decided at the end of a half-year: the counts since the first
// day of the plan, and which of them are told. It is made once and never changes.
type HelpClosing struct {
	Day  Day // the last of the half-year
	N    map[HelpCell]int
	Told map[HelpCell]bool
}

// NextClosing is the first day after a day that ends a half-year of the calendar.
func NextClosing(after Day) Day {
	end := Day{after.Year, time.June, 30}
	if after.Start().Before(end.Start()) {
		return end
	}
	if end = (Day{after.Year, time.December, 31}); after.Start().Before(end.Start()) {
		return end
	}
	return Day{after.Year + 1, time.June, 30}
}

// BeforePlan is the day before the first that figures are counted from.
var BeforePlan = Day{FirstYear - 1, time.December, 31}

// CloseHelp decides what is told at the end of a half-year, from what was told before and
// the counts now. Whoever has all that is told, of all times, can add and subtract as they
// like: every group of people whose number comes out has none or at least SmallestTold.
//
//   - The count of a cell is told when it rose by 0 or enough since it was told last.
//   - What a cell leaves of the cell that holds it is a group, too, and so is what several
//     parts that share nobody leave.
//   - Of parts that are all of a cell those not told are known together. Since when differs
//     from part to part; the groups that come out of it are those of leftovers.
func CloseHelp(before []HelpClosing, day Day, n map[HelpCell]int) HelpClosing {
	l := ledger(append(slices.Clone(before), HelpClosing{Day: day, N: n, Told: map[HelpCell]bool{}}))
	now := len(l) - 1
	for _, cell := range helpOrder {
		l[now].Told[cell] = l.mayTell(cell, now)
	}
	for _, f := range helpFamilies {
		l.tellParts(f, now)
	}
	return l[now]
}

// ledger are all closings in order. Point -1 is the day before the plan: all cells are
// told to be 0.
type ledger []HelpClosing

func (l ledger) n(cell HelpCell, at int) int {
	if at < 0 {
		return 0
	}
	return l[at].N[cell]
}

func (l ledger) told(cell HelpCell, at int) bool { return at < 0 || l[at].Told[cell] }

// last is the last point up to a point at which the cell was told.
func (l ledger) last(cell HelpCell, upTo int) int {
	for !l.told(cell, upTo) {
		upTo--
	}
	return upTo
}

// first is the first point after a point at which the cell was told.
func (l ledger) first(cell HelpCell, after int) (at int, ok bool) {
	for at = after + 1; at < len(l); at++ {
		if l.told(cell, at) {
			return at, true
		}
	}
	return at, false
}

// few reports a number that could tell of a person.
func few(n int) bool { return n != 0 && n < SmallestTold }

// mayTell decides on a cell that holds others, after those that hold it.
func (l ledger) mayTell(cell HelpCell, now int) bool {
	n := l.n(cell, now)
	if few(n - l.n(cell, l.last(cell, now-1))) {
		return false
	}
	for whole, lists := range helpHolds {
		for _, parts := range lists {
			if !slices.Contains(parts, cell) {
				continue
			}
			if !l.told(whole, now) || few(l.leaves(whole, parts, now, cell)) {
				return false
			}
		}
	}
	for _, parts := range helpHolds[cell] {
		if few(l.leaves(cell, parts, now, cell)) {
			return false
		}
	}
	return true
}

// leaves is what parts, as they were told last, leave of the whole now, if cell is told now.
func (l ledger) leaves(whole HelpCell, parts []HelpCell, now int, cell HelpCell) int {
	n := l.n(whole, now)
	for _, p := range parts {
		at := now
		if p != cell {
			at = l.last(p, now)
		}
		n -= l.n(p, at)
	}
	return n
}

// tellParts decides on the parts of a cell: as many as can be, the smallest hidden first.
func (l ledger) tellParts(f helpFamily, now int) {
	told := l[now].Told
	if !told[f.whole] {
		return
	}
	rise := func(cell HelpCell) int { return l.n(cell, now) - l.n(cell, l.last(cell, now-1)) }
	for _, cell := range f.parts {
		told[cell] = !few(rise(cell))
	}
	for l.tellsOfFew(f, now) {
		least := HelpCell("")
		for _, cell := range f.parts {
			if told[cell] && rise(cell) > 0 && (least == "" || rise(cell) < rise(least)) {
				least = cell
			}
		}
		if least == "" { // what did not rise was told before; nothing new comes of telling nothing
			for _, cell := range f.parts {
				told[cell] = false
			}
			return
		}
		told[least] = false
	}
}

// tellsOfFew reports whether a group of leftovers is small.
func (l ledger) tellsOfFew(f helpFamily, now int) bool {
	for from := -1; from < now; from++ {
		if !l.told(f.whole, from) {
			continue
		}
		if few(l.leftover(f, from, now)) {
			return true
		}
		if n, known := l.before(f, from); known && few(n) {
			return true
		}
	}
	return false
}

// leftover is the group that comes out of two points at which the whole is told: of every
// part the time in which nothing is told of it.
func (l ledger) leftover(f helpFamily, from, now int) (n int) {
	for _, cell := range f.parts {
		then, present := l.told(cell, from), l.told(cell, now)
		switch {
		case then && !present:
			n += l.n(cell, now) - l.n(cell, l.last(cell, now))
		case !then && !present:
			n += l.n(cell, now) - l.n(cell, from)
		case !then && present:
			next, _ := l.first(cell, from)
			n += l.n(cell, next) - l.n(cell, from)
		}
	}
	return n
}

// before is the group that comes out of a point once all that was not told there is told
// later: of every part the time until it is.
func (l ledger) before(f helpFamily, from int) (n int, known bool) {
	for _, cell := range f.parts {
		if l.told(cell, from) {
			continue
		}
		next, ok := l.first(cell, from)
		if !ok {
			return 0, false
		}
		n += l.n(cell, next) - l.n(cell, from)
	}
	return n, true
}

// HelpFigures are the figures of the closed half-years inside a period, or of the last one
// before its end when it holds none; nil when none is closed by then. closings are in order.
func HelpFigures(closings []HelpClosing, p Period) *HelpStatistics {
	l := ledger(closings)
	to := -1
	for i, c := range l {
		if !p.To.Start().Before(c.Day.Start()) {
			to = i
		}
	}
	if to < 0 {
		return nil
	}
	from := to - 1
	for from >= 0 && !l.day(from-1).Add(1).Start().Before(p.From.Start()) {
		from--
	}
	cell := func(c HelpCell) Cell {
		if !l.told(c, from) || !l.told(c, to) {
			return Cell{Hidden: true}
		}
		return Cell{N: l.n(c, to) - l.n(c, from)}
	}
	h := &HelpStatistics{
		Period: Period{l.day(from).Add(1), l.day(to)}, Received: cell(HelpReceived), Under18: cell(helpUnder18),
		ByService: map[Service]Cell{}, Outcomes: map[string]Cell{}, Referrals: map[string]Cell{},
		Waiting: Cell{Hidden: true},
	}
	for _, s := range Services {
		h.ByService[s] = cell(serviceCell(s))
	}
	for _, o := range Outcomes {
		h.Outcomes[o] = cell(outcomeCell(o))
	}
	for _, c := range []HelpCell{HelpSent, HelpAccepted, HelpDeclined, HelpCompleted} {
		h.Referrals[string(c)] = cell(c)
	}
	if l.told(HelpReceived, to) && l.told(HelpContacted, to) {
		h.Waiting = Cell{N: l.n(HelpReceived, to) - l.n(HelpContacted, to)}
	}
	return h
}

func (l ledger) day(at int) Day {
	if at < 0 {
		return BeforePlan
	}
	return l[at].Day
}

// Referrals lists the keys of HelpStatistics.Referrals in their order.
var Referrals = []string{string(HelpSent), string(HelpAccepted), string(HelpDeclined), string(HelpCompleted)}
