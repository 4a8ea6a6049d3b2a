package cases_test

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

// life is what happened to a request, in half-years from 0; never = it did not.
type life struct {
	service                         cases.Service
	under18                         bool
	received, contacted, sent, said int
	answer                          cases.Verb
	ended, closed                   int
	outcome                         string
}

const never = 99

// at is the request as it stands at the end of a half-year.
func (l life) at(half, n int) (a cases.HelpAtom, there bool) {
	a = cases.HelpAtom{Service: l.service, Under18: l.under18, N: n, Contacted: l.contacted <= half, Sent: l.sent <= half}
	if l.said <= half {
		a.Answer, a.Closed = l.answer, l.closed <= half
	}
	if l.ended <= half {
		a.Outcome = l.outcome
	}
	return a, l.received <= half
}

// lives are all that can happen within some half-years, as far as vary tells apart.
func lives(halves int, vary func(life) life) []life {
	seen := map[life]bool{}
	var list []life
	from := func(first int) (times []int) {
		for t := first; t < halves; t++ {
			times = append(times, t)
		}
		return append(times, never)
	}
	for received := range halves {
		for _, service := range []cases.Service{cases.HealthCare, cases.LegalAid, cases.Training, cases.JobReferral} {
			for _, contacted := range from(received) {
				for _, sent := range from(min(contacted, halves)) {
					for _, said := range from(min(sent, halves)) {
						for _, ended := range from(min(contacted, halves)) {
							for _, outcome := range cases.Outcomes[:3] {
								for _, answer := range []cases.Verb{cases.Accept, cases.Decline} {
									l := vary(life{service: service, received: received, contacted: contacted, sent: sent, said: said, answer: answer, ended: ended, outcome: outcome})
									if !seen[l] {
										seen[l] = true
										list = append(list, l)
									}
								}
							}
						}
					}
				}
			}
		}
	}
	return list
}

// equations are all that is told: for each told cell of each closing the lives it counts.
func equations(closings []cases.HelpClosing, all []life) (rows [][]*big.Rat) {
	for half, c := range closings {
		for cell, told := range c.Told {
			if !told {
				continue
			}
			row := make([]*big.Rat, len(all))
			for i, l := range all {
				row[i] = new(big.Rat)
				if a, there := l.at(half, 1); there {
					row[i].SetInt64(int64(cases.CountHelp([]cases.HelpAtom{a})[cell]))
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// reduce brings equations into reduced echelon form; pivots are the columns that lead.
func reduce(rows [][]*big.Rat) (reduced [][]*big.Rat, pivots []int) {
	if len(rows) == 0 {
		return nil, nil
	}
	r := 0
	for col := range rows[0] {
		lead := r
		for lead < len(rows) && rows[lead][col].Sign() == 0 {
			lead++
		}
		if lead == len(rows) {
			continue
		}
		rows[r], rows[lead] = rows[lead], rows[r]
		inverse := new(big.Rat).Inv(rows[r][col])
		for j := range rows[r] {
			rows[r][j] = new(big.Rat).Mul(rows[r][j], inverse)
		}
		for i := range rows {
			if i == r || rows[i][col].Sign() == 0 {
				continue
			}
			f := new(big.Rat).Set(rows[i][col])
			for j := range rows[i] {
				if rows[r][j].Sign() != 0 {
					rows[i][j] = new(big.Rat).Sub(rows[i][j], new(big.Rat).Mul(f, rows[r][j]))
				}
			}
		}
		pivots = append(pivots, col)
		if r++; r == len(rows) {
			break
		}
	}
	return rows[:r], pivots
}

// groups gives every set of lives whose number can be worked out from what is told: every
// combination of the equations that counts each life once or not at all. In reduced form
// each equation is then taken once or not at all.
func groups(rows [][]*big.Rat, visit func(members []bool)) {
	reduced, _ := reduce(rows)
	if len(reduced) == 0 {
		return
	}
	width := len(reduced[0])
	// Small whole numbers, or a set is out of the question only at the end; so denominators
	// are kept: everything is scaled by their least common multiple.
	scale := big.NewInt(1)
	for _, row := range reduced {
		for _, x := range row {
			d := x.Denom()
			scale.Mul(scale, new(big.Int).Div(d, new(big.Int).GCD(nil, nil, scale, d)))
		}
	}
	one := scale.Int64()
	flat := make([][]int64, len(reduced))
	for i, row := range reduced {
		for _, x := range row {
			flat[i] = append(flat[i], new(big.Rat).Mul(x, new(big.Rat).SetInt(scale)).Num().Int64())
		}
	}
	sum := make([]int64, width)
	members := make([]bool, width)
	var walk func(i int)
	walk = func(i int) {
		if i == len(flat) {
			for j, x := range sum {
				if x != 0 && x != one {
					return
				}
				members[j] = x == one
			}
			visit(members)
			return
		}
		walk(i + 1)
		for j, x := range flat[i] {
			sum[j] += x
		}
		walk(i + 1)
		for j, x := range flat[i] {
			sum[j] -= x
		}
	}
	walk(0)
}

// Whoever has everything that was ever told about requests for help, and works out
// whatever follows from it, finds no group of one to four people.
func TestNothingToldAboutHelpSubtractsToAPerson(t *testing.T) {
	t.Parallel()
	plain := life{service: cases.HealthCare, contacted: never, sent: never, said: never, ended: never, closed: never}
	for name, world := range map[string]struct {
		halves int
		vary   func(life) life
	}{
		"services": {3, func(l life) life {
			return life{service: l.service, received: l.received, contacted: never, sent: never, said: never, ended: never, closed: never}
		}},
		"two services": {5, func(l life) life {
			l2 := plain
			l2.received = l.received
			if l.service != cases.HealthCare {
				l2.service = cases.LegalAid
			}
			return l2
		}},
		"services and contact": {2, func(l life) life {
			return life{service: l.service, received: l.received, contacted: l.contacted, sent: never, said: never, ended: never, closed: never}
		}},
		"age": {3, func(l life) life {
			l2 := plain
			l2.received, l2.under18, l2.contacted = l.received, l.service == cases.LegalAid, l.contacted
			return l2
		}},
		"referrals": {2, func(l life) life {
			l2 := life{service: cases.HealthCare, received: 0, contacted: l.contacted, sent: l.sent, said: l.said, ended: never, closed: never}
			if l.said != never {
				l2.answer = l.answer
			}
			return l2
		}},
		"completed": {2, func(l life) life {
			return life{service: cases.HealthCare, contacted: l.contacted, sent: l.contacted, said: l.sent, ended: never, closed: max(l.sent, l.ended), answer: cases.Accept}
		}},
		"referrals and results": {2, func(l life) life {
			l2 := life{service: cases.HealthCare, contacted: l.contacted, sent: l.sent, said: never, ended: l.ended, closed: never}
			if l.ended != never {
				l2.outcome = cases.Outcomes[0]
			}
			return l2
		}},
		"outcomes": {3, func(l life) life {
			l2 := life{service: cases.HealthCare, received: 0, contacted: 0, sent: never, said: never, ended: l.ended, closed: never}
			if l.ended != never {
				l2.outcome = l.outcome
			}
			return l2
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := lives(world.halves, world.vary)
			told := 0
			rapid.Check(t, func(t *rapid.T) {
				counts := make([]int, len(all))
				sparse := rapid.IntRange(0, 3).Draw(t, "sparse")
				for i := range counts {
					if rapid.IntRange(0, 3).Draw(t, "there") >= sparse {
						counts[i] = rapid.SampledFrom([]int{0, 1, 2, 3, 4, 5, 6, 7, 9, 12}).Draw(t, "n")
					}
				}
				closings := closeAll(world.halves, all, counts)
				groups(equations(closings, all), func(members []bool) {
					n := 0
					for i, in := range members {
						if in {
							n += counts[i]
						}
					}
					if n > 0 {
						told++
					}
					if n > 0 && n < cases.SmallestTold {
						t.Fatalf("%d people are found: %v", n, describe(all, counts, members, closings))
					}
				})
			})
			if told == 0 {
				t.Error("nothing was ever told")
			}
		})
	}
}

func closeAll(halves int, all []life, counts []int) (closings []cases.HelpClosing) {
	day := cases.BeforePlan
	for half := range halves {
		var atoms []cases.HelpAtom
		for i, l := range all {
			if a, there := l.at(half, counts[i]); there {
				atoms = append(atoms, a)
			}
		}
		day = cases.NextClosing(day)
		closings = append(closings, cases.CloseHelp(closings, day, cases.CountHelp(atoms)))
	}
	return closings
}

func describe(all []life, counts []int, members []bool, closings []cases.HelpClosing) string {
	s := ""
	for i, l := range all {
		s += fmt.Sprintf("%+v: %d in group: %v\n", l, counts[i], members[i])
	}
	for _, c := range closings {
		for cell, n := range c.N {
			if n > 0 {
				s += fmt.Sprintf("%s %s %d told %v\n", c.Day, cell, n, c.Told[cell])
			}
		}
	}
	return s
}

// The half-years of every period fit together, and what is asked for in between is
// answered with closed ones.
func TestHelpFiguresAreOfClosedHalfYears(t *testing.T) {
	t.Parallel()
	day := func(y, m, d int) cases.Day { return cases.Day{Year: y, Month: time.Month(m), Day: d} }
	var closings []cases.HelpClosing
	end := cases.BeforePlan
	for i, n := range []int{8, 10, 30, 30} { // second half of 2026: 2 more, not told
		end = cases.NextClosing(end)
		closings = append(closings, cases.CloseHelp(closings, end, cases.CountHelp([]cases.HelpAtom{{Service: cases.LegalAid, N: n, Contacted: i > 2}})))
	}
	for _, k := range []struct {
		from, to, first, last cases.Day
		n                     int
		hidden                bool
	}{
		{day(2026, 1, 1), day(2026, 6, 30), day(2026, 1, 1), day(2026, 6, 30), 8, false},
		{day(2026, 7, 1), day(2026, 12, 31), day(2026, 7, 1), day(2026, 12, 31), 0, true},
		{day(2026, 1, 1), day(2026, 12, 31), day(2026, 1, 1), day(2026, 12, 31), 0, true},
		{day(2026, 1, 1), day(2027, 6, 30), day(2026, 1, 1), day(2027, 6, 30), 30, false},
		{day(2026, 1, 1), day(2030, 12, 31), day(2026, 1, 1), day(2027, 12, 31), 30, false},
		{day(2027, 1, 1), day(2027, 12, 31), day(2027, 1, 1), day(2027, 12, 31), 0, true},
		{day(2027, 7, 1), day(2027, 12, 31), day(2027, 7, 1), day(2027, 12, 31), 0, false},
		{day(2026, 11, 24), day(2026, 11, 24), day(2026, 1, 1), day(2026, 6, 30), 8, false},
		{day(2026, 5, 1), day(2027, 7, 15), day(2026, 7, 1), day(2027, 6, 30), 22, false},
	} {
		h := cases.HelpFigures(closings, cases.Period{From: k.from, To: k.to})
		if h == nil || h.Period != (cases.Period{From: k.first, To: k.last}) || h.Received != (cases.Cell{N: k.n, Hidden: k.hidden}) || h.ByService[cases.LegalAid] != h.Received {
			t.Errorf("%s–%s: %+v", k.from, k.to, h)
		}
	}
	if h := cases.HelpFigures(closings, cases.Period{From: day(2026, 1, 1), To: day(2026, 6, 29)}); h != nil {
		t.Errorf("%+v", h)
	}
}
