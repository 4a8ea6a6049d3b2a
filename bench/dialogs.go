package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"tinbao/telegramsim"
)

// step is something a resident does, and the text that answers it.
type step struct {
	text, button string // one of the two
	until        string
}

// report is the dialog of a report from /start to the receipt.
func report(n int64) []step {
	return []step{
		{text: "/start", until: "Xin chào"},
		{text: "/baotin", until: "1/3"},
		{button: "Tôi thấy dấu hiệu vi phạm", until: "2/3"},
		{button: "Tổ 2", until: "3/3"},
		{text: fmt.Sprintf("Tối nào nhà nghỉ đầu ngõ %d cũng có nhiều xe lạ ra vào.", n), until: "Xem lại rồi bấm"},
		{button: "✅ Gửi", until: "Đã nhận thông tin"},
	}
}

// echoed are as many messages to a bot that gives each back.
func echoed(n int64) []step {
	steps := report(n)
	for i := range steps {
		said := fmt.Sprintf("%d. %s%s", i+1, steps[i].text, steps[i].button)
		steps[i] = step{text: said, until: said}
	}
	return steps
}

// resident plays the steps one after another; pause is before each, nil = none. It gives
// how long each answer took.
func resident(ctx context.Context, t *telegram, id int64, steps []step, pause func() time.Duration) (spread, error) {
	times := make(spread, 0, len(steps))
	for _, s := range steps {
		if pause != nil {
			select {
			case <-time.After(pause()):
			case <-ctx.Done():
				return times, ctx.Err()
			}
		}
		began := time.Now()
		var err error
		if s.button != "" {
			err = t.PressText(id, s.button)
		} else {
			_, err = t.SendText(id, s.text)
		}
		if err != nil {
			return times, fmt.Errorf("doing %q: %w", s.text+s.button, err)
		}
		if err := t.Wait(ctx, id, shows(s.until)); err != nil {
			return times, fmt.Errorf("after %q no %q: %w", s.text+s.button, s.until, err)
		}
		times = append(times, time.Since(began))
	}
	return times, nil
}

// shows looks for words of the bot, in a new message or in the place of an old one.
func shows(words string) func([]telegramsim.Message) bool {
	return func(list []telegramsim.Message) bool {
		return slices.ContainsFunc(list, func(m telegramsim.Message) bool { return m.FromBot && strings.Contains(m.Text, words) })
	}
}

// played is a crowd's dialogs.
type played struct {
	times spread
	took  time.Duration
}

func (p played) rate() float64 { return rate(len(p.times), p.took) }

// crowd plays the dialogs of many at the same time, or, rounds times, of few.
func crowd(ctx context.Context, t *telegram, people []int64, steps func(int64) []step, pause func() time.Duration) (p played, err error) {
	const each = 200 * time.Millisecond // more than a resident takes of a slow machine
	ctx, cancel := context.WithTimeout(ctx, patience+time.Duration(len(people))*each)
	defer cancel()
	var mu sync.Mutex
	var wg sync.WaitGroup
	began := time.Now()
	for _, id := range people {
		wg.Go(func() {
			times, one := resident(ctx, t, id, steps(id), pause)
			mu.Lock()
			defer mu.Unlock()
			p.times = append(p.times, times...)
			if one != nil && err == nil {
				err = one
				cancel()
			}
		})
	}
	wg.Wait()
	p.took = time.Since(began)
	return p, err
}

// alone plays the dialogs of several, one person after another.
func alone(ctx context.Context, t *telegram, people []int64, steps func(int64) []step) (p played, err error) {
	for _, id := range people {
		one, err := crowd(ctx, t, []int64{id}, steps, nil)
		if err != nil {
			return p, err
		}
		p.times, p.took = append(p.times, one.times...), p.took+one.took
	}
	return p, nil
}

// bots are who is measured: tinbao and two that keep nothing.
var bots = []string{"tinbao", "tgbotapi", "gotelegram"}

var botNames = map[string]string{
	"tinbao":     "tinbao",
	"tgbotapi":   "echo on go-telegram-bot-api v5.5.1",
	"gotelegram": "echo on go-telegram/bot v1.19.0",
}

// calm is the name of a crowd that thinks, in the place of its number.
const calm = 0

// dialogs plays reports from /start to the receipt, and as many messages to the echo bots.
func dialogs(ctx context.Context, b *bench) error {
	all := map[string]map[int]played{}
	memory := map[string]int64{}
	for _, name := range bots {
		var err error
		if all[name], memory[name], err = b.dialogsOf(ctx, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	t := b.page.table(fmt.Sprintf("Dialogs of %d messages, all residents at once", len(report(0))), "residents", "messages a second", "first answer p50", "p95", "p99", "p99 to the echo bot's")
	for _, n := range append([]int{calm}, b.residents...) {
		for _, name := range bots {
			p := all[name][n]
			who := fmt.Sprintf("%s, %s", thousands(n), botNames[name])
			if n == calm {
				who = fmt.Sprintf("%d who think for a second, %s", b.calm, botNames[name])
			}
			t.row(who, perSecond(p.rate()), ms(p.times.at(p50)), ms(p.times.at(p95)), ms(p.times.at(p99)), times(float64(p.times.at(p99)), float64(all["tgbotapi"][n].times.at(p99))))
		}
		mine, theirs := all["tinbao"][n].times.at(p99), all["tgbotapi"][n].times.at(p99)
		what := fmt.Sprintf("p99 of the first answer ≤ 3 × the echo bot's, %s residents at once", thousands(n))
		if n == calm {
			what = fmt.Sprintf("p99 of the first answer ≤ 3 × the echo bot's, %d residents who think", b.calm)
		}
		b.page.goal(mine <= 3*theirs, what, times(float64(mine), float64(theirs)))
	}
	t.note = fmt.Sprintf("The echo bots keep nothing and would lose what they were given when they are killed. Most memory they held: %s and %s; tinbao: %s.",
		megabytes(memory["tgbotapi"]), megabytes(memory["gotelegram"]), megabytes(memory["tinbao"]))
	return nil
}

// dialogsOf measures one bot with every crowd.
func (b *bench) dialogsOf(ctx context.Context, name string) (all map[int]played, memory int64, err error) {
	t, err := newTelegram(ctx)
	if err != nil {
		return nil, 0, err
	}
	defer t.end()
	steps := echoed
	var p *program
	if name == "tinbao" {
		steps = report
		var address string
		if address, err = b.fresh(ctx); err != nil {
			return nil, 0, err
		}
		defer func() { err = errors.Join(err, b.drop(ctx, address)) }()
		if p, _, err = b.tinbao(ctx, t, address, unhurried()...); err != nil {
			return nil, 0, err
		}
	} else if p, _, err = b.rival(ctx, t, name); err != nil {
		return nil, 0, err
	}
	defer func() {
		h, _ := p.resident() // 0 = not known
		memory = h.most
		if name == "tinbao" {
			err = errors.Join(err, p.end())
		}
		p.kill() // the echo bots have nothing to finish
	}()
	// Somebody has written before: what happens once is over.
	if _, err := alone(ctx, t, b.people(t, 1), steps); err != nil {
		return nil, 0, err
	}
	all = map[int]played{}
	for _, n := range b.residents {
		if n == 1 {
			const rounds = 10
			all[n], err = alone(ctx, t, b.people(t, rounds), steps)
		} else {
			all[n], err = crowd(ctx, t, b.people(t, n), steps, nil)
		}
		if err != nil {
			return nil, 0, fmt.Errorf("%d residents: %w", n, err)
		}
	}
	all[calm], err = crowd(ctx, t, b.people(t, b.calm), steps, func() time.Duration {
		return time.Duration(rand.ExpFloat64() * float64(time.Second))
	})
	return all, memory, err
}
