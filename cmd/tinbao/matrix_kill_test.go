package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"tinbao/cases"
	"tinbao/storage"
	"tinbao/telegramsim"
)

// killRows end the program by kill -9 at each stage of its work.
var killRows = []fault{
	{name: "kill -9 after an update was fetched", run: func(y *yard) {
		release := y.hold(y.ctx, "edge.updates")
		y.telling(2)
		y.until("keeping", func() bool { return y.asked(y.ctx, waitingForLocks) > 0 })
		y.kill()
		if y.sim.Pending() == 0 {
			y.t.Error("Telegram forgot an update that was never kept")
		}
		release()
		y.serve()
	}},
	{name: "kill -9 before the commit", run: func(y *yard) {
		release := y.hold(y.ctx, "casework.counters")
		y.telling(2)
		y.until("in the middle of a report", func() bool { return y.asked(y.ctx, waitingForLocks) > 0 })
		y.kill()
		if n := y.number("select count(*)::int from casework.cases"); n != 1 {
			y.t.Errorf("%d reports although nothing was committed", n)
		}
		y.serve()
		release()
	}},
	{name: "kill -9 after the commit, before Telegram heard of it", run: func(y *yard) {
		y.killedUnheard(func() {
			y.sim.SetFault(telegramsim.Fault{Kind: telegramsim.Hold, Method: "getUpdates"})
		}, func() { y.sim.ClearFaults() })
	}},
	{name: "kill -9 after the commit, before the webhook answered", setup: func(y *yard) {
		hook := newRelay(y.t, "tcp", y.http)
		y.settings.Mode, y.settings.WebhookURL = webhook, "http://"+hook.address()+"/telegram"
		y.hook = hook
	}, run: func(y *yard) { y.killedUnheard(y.hook.unanswered, y.hook.mend) }},
	{name: "kill -9 before a message was sent", run: func(y *yard) { y.killedSending(telegramsim.Hold) }},
	{name: "kill -9 while a message was sent", run: func(y *yard) { y.killedSending(telegramsim.HoldAnswer) }},
	{name: "kill -9 during a rotation of the keys", run: func(y *yard) {
		y.telling(2)
		for _, stage := range []string{"1/5", "3/5", " 3 values", "4/5"} {
			out, code := y.rotateUntil(stage, syscall.SIGKILL)
			y.t.Logf("killed at %q: code %d, said %v", stage, code, strings.Contains(out, stage))
		}
		if out, code := y.rotateUntil("", 0); code != 0 {
			y.t.Error(code, out)
		}
		if n := y.number("select count(*)::int from casework.cases where substr(case_key, 1, 5) in (select prefix from edge.retired_keys)"); n != 0 {
			y.t.Errorf("%d cases are under a former key", n)
		}
	}},
	{name: "kill -9 during retention", run: func(y *yard) {
		y.tell(1)
		y.withdrawn(0, time.Now().AddDate(-3, 0, 0))
		release := y.hold(y.ctx, "casework.events")
		done := y.telling(1)
		cmd := exec.CommandContext(y.ctx, os.Args[0], "retention", "--run")
		cmd.Env = y.environment()
		if err := cmd.Start(); err != nil {
			y.t.Fatal(err)
		}
		y.until("removing", func() bool { return y.asked(y.ctx, waitingForLocks) > 0 })
		if err := (&child{cmd: cmd}).end(syscall.SIGKILL); err == nil {
			y.t.Error("it came to its end")
		}
		y.kill()
		release()
		y.serve()
		done()
		if out, code := command(y.t, y.environment(), "retention", "--run"); code != 0 || !strings.Contains(out, "removed: 1 ways back, 0 files, 1 cases") {
			y.t.Error(code, out)
		}
		y.erased[textOf(0)] = true
		if n := y.number("select count(*)::int from casework.events where verb = 'erase'"); n != 1 {
			y.t.Errorf("destroyed %d times", n)
		}
	}},
}

// killedUnheard kills the program when it has handled updates of which Telegram does not
// hear so.
func (y *yard) killedUnheard(unheard, mend func()) {
	y.t.Helper()
	done := y.handled()
	unheard()
	y.telling(2)
	y.until("handled", func() bool { return y.handled() > done })
	if y.sim.Pending() == 0 {
		y.t.Error("Telegram was told")
	}
	y.kill()
	mend()
	y.serve()
}

// killedSending kills the program while Telegram holds what it sends.
func (y *yard) killedSending(how telegramsim.FaultKind) {
	y.t.Helper()
	y.sim.SetFault(telegramsim.Fault{Kind: how, Method: "sendMessage"})
	y.telling(2)
	y.held(2)
	from := time.Now()
	y.kill()
	y.sim.ClearFaults()
	y.takenOver()
	y.because("kill -9", from) // Telegram's answers to the dead program came after its end
}

// takenOver starts the program, and looks that what the killed one had in hand does not
// wait for the end of its lease.
func (y *yard) takenOver() {
	y.t.Helper()
	const farOff = 80 * time.Second // as a file may be leased
	const held = "select count(*)::int from edge.outbox where leased_until > '%s'"
	end := time.Now().Add(farOff)
	y.sql(fmt.Sprintf("update edge.outbox set leased_until = '%s' where leased_by is not null", end.Format(time.RFC3339)))
	question := fmt.Sprintf(held, end.Add(-farOff/2).Format(time.RFC3339))
	if y.number(question) == 0 {
		y.t.Fatal("the killed program had nothing in hand")
	}
	y.serve()
	y.until("taken over", func() bool { return y.number(question) == 0 })
	if time.Now().After(end.Add(-farOff / 2)) {
		y.t.Error("not before the lease ended")
	}
}

// withdrawn takes a report back for the resident, at a time in the past.
func (y *yard) withdrawn(i int, at time.Time) {
	y.t.Helper()
	store := y.store()
	defer store.Close()
	receipt, err := cases.ParseReceipt(y.receipts(i)[0])
	if err != nil {
		y.t.Fatal(err)
	}
	err = store.Do(y.ctx, func(ctx context.Context, tx *storage.Tx) error {
		v, err := tx.At(at).LookUp(ctx, receipt)
		if err != nil {
			return err
		}
		tx.From(newcomer(i).ID, 0)
		_, err = tx.TakeBack(ctx, v.Stream, v.CaseID)
		return err
	})
	if err == nil { // rows of years ago have an anchor
		err = store.SetAnchors(y.ctx, 0, func(storage.Anchor) []storage.Message { return nil })
	}
	if err != nil {
		y.t.Fatal(err)
	}
}

// handled counts the updates that are done.
func (y *yard) handled() int {
	y.t.Helper()
	return y.number("select count(*)::int from edge.updates where state = 'done'")
}

// ready waits until the program says so.
func (y *yard) ready() {
	y.t.Helper()
	y.until("ready", func() bool { return status(y.ctx, "http://"+y.http+"/readyz") == http.StatusOK })
}
