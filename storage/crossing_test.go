package storage_test

import (
	"context"
	"strings"
	"testing"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
)

const words = "Chủ trọ giữ giấy tờ, người cần hỗ trợ muốn lấy lại."

// asked is a request for help whose sender was asked to let some words pass.
func (b *bench) asked(nurse cases.Staff) cases.Case {
	b.t.Helper()
	_, c := b.help(an)
	return b.must(nurse, c.Number, cases.Change{Verb: cases.AskConsent, Text: words})
}

func (b *bench) consent(chat int64, c cases.Case, talk int, yes bool) (help cases.Case, receipt cases.Receipt, err error) {
	b.t.Helper()
	err = b.try(chat, func(ctx context.Context, tx *storage.Tx) (err error) {
		help, receipt, err = tx.Consent(ctx, c.ID, talk, yes, cases.Route{Chat: chat, Lang: "vi"})
		return err
	})
	return help, receipt, err
}

// Only the words the person read pass, only after a yes, and nothing in the new
// report leads back to the request.
func TestConsentLetsOneMessagePass(t *testing.T) {
	t.Parallel()
	b := setup(t)
	n, p := b.staff(nurse, cases.Health), b.staff(policeman, cases.Police)
	c := b.asked(n)
	if c.ConsentTalk != 1 || c.Talks[0].Internal {
		t.Fatalf("asked: %+v", c)
	}
	help, receipt, err := b.consent(an, c, c.ConsentTalk, true)
	if err != nil || receipt == "" || help.Crossed.Stream != cases.ReportStream || help.ConsentTalk != 0 {
		t.Fatalf("%+v %q %v", help, receipt, err)
	}
	var seen cases.Case
	b.do(policeman, func(ctx context.Context, tx *storage.Tx) (err error) {
		seen, err = tx.Desk(cases.ReportStream).Open(ctx, p, help.Crossed)
		return err
	})
	if seen.Status != cases.Forwarded || !seen.Urgent || seen.Report.Text != words || seen.Report.Concern != cases.Crossed {
		t.Errorf("the police see %+v", seen)
	}
	if strings.Contains(seen.Report.Text, "Cần khám") || seen.ID == help.ID || seen.Alias == help.Alias {
		t.Error("the report leads back to the request")
	}
	b.do(chi, func(ctx context.Context, tx *storage.Tx) error {
		v, err := tx.LookUp(ctx, receipt)
		if v.Stream != cases.ReportStream {
			t.Errorf("the receipt opens %+v", v)
		}
		return err
	})
	if verbs := verbsOf(help); !strings.HasSuffix(verbs, "ask_consent consent") {
		t.Errorf("the history tells %s", verbs)
	}
}

func verbsOf(c cases.Case) string {
	var all []string
	for _, e := range c.History {
		all = append(all, string(e.Verb))
	}
	return strings.Join(all, " ")
}

// A no, an old question, a second press, an ended request: nothing passes.
func TestWithoutConsentNothingPasses(t *testing.T) {
	t.Parallel()
	b := setup(t)
	n := b.staff(nurse, cases.Health)
	reports := func() int64 { return column[int64](b, `select count(*) from casework.report_cases`)[0] }
	c := b.asked(n)
	if _, _, err := b.consent(an, c, c.ConsentTalk+1, true); cases.KindOf(err) != cases.Conflict {
		t.Errorf("another message: %v", err)
	}
	if _, _, err := b.consent(an, c, c.ConsentTalk, false); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.consent(an, c, c.ConsentTalk, true); cases.KindOf(err) != cases.Conflict {
		t.Errorf("a yes after the no: %v", err)
	}
	again := b.must(n, c.Number, cases.Change{Verb: cases.AskConsent, Text: words})
	b.must(n, c.Number, cases.Change{Verb: cases.Contact})
	b.must(n, c.Number, cases.Change{Verb: cases.Close, Ending: cases.EndDone})
	if _, _, err := b.consent(an, c, again.ConsentTalk, true); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("an ended request: %v", err)
	}
	if reports() != 0 {
		t.Error("a report was made")
	}
	two := b.asked(n)
	if _, _, err := b.consent(an, two, two.ConsentTalk, true); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.consent(an, two, two.ConsentTalk, true); cases.KindOf(err) != cases.Conflict || reports() != 1 {
		t.Errorf("pressed twice: %v, %d reports", err, reports())
	}
}

// The exception works only when the ward has it and the person could read so first.
func TestAlarm(t *testing.T) {
	t.Parallel()
	b := setup(t)
	n := b.staff(nurse, cases.Health)
	reports := func() int64 { return column[int64](b, `select count(*) from casework.report_cases`)[0] }
	request := func(announced bool) (c cases.Case) {
		b.do(an, func(ctx context.Context, tx *storage.Tx) (err error) {
			_, c, err = tx.Receive(ctx, cases.Route{Chat: an, Lang: "vi"}, cases.NewCase{Help: &cases.HelpContent{Service: cases.LegalAid, Text: "x"}, Announced: announced})
			return err
		})
		return c
	}
	change := cases.Change{Verb: cases.Alarm, Grounds: cases.LifeRisk, Text: words}
	silent := request(false)
	if _, err := b.act(n, silent.Number, change); cases.TextOf(err) != "error.alarm" {
		t.Errorf("not announced: %v", err)
	}
	b.do(nurse, func(ctx context.Context, tx *storage.Tx) error {
		c, err := tx.Desk(cases.HelpStream).Open(ctx, n, silent.Number)
		if strings.Contains(verbsOf(c), "alarm") {
			t.Error("a refused alarm stands in the history")
		}
		return err
	})
	told := request(true)
	c := b.must(n, told.Number, change)
	if reports() != 1 || c.Crossed.IsZero() || c.History[len(c.History)-1].Detail != "life" || c.History[len(c.History)-1].ByID != n.ID {
		t.Errorf("%d reports, %+v", reports(), c)
	}
	if n := column[int64](b, `select count(*) from casework.report_routes`)[0]; n != 0 {
		t.Error("the report has a way back to the person, who did not agree")
	}
	without := testservers.Yen
	without.PoliceException = false
	if err := storage.PutWard(t.Context(), b.url, without); err != nil {
		t.Fatal(err)
	}
	if _, err := b.act(n, request(true).Number, change); cases.TextOf(err) != "error.alarm" || reports() != 1 {
		t.Errorf("a ward without the exception: %v, %d reports", err, reports())
	}
}

// What a step did before it turned out to be impossible is taken back; what was
// counted stays.
func TestUndo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		if _, err := tx.Hit(ctx, cases.Sending, ""); err != nil {
			return err
		}
		if _, err := tx.Desk(cases.ReportStream).Act(ctx, o, c.Number, -1, cases.Change{Verb: cases.Verify, Finding: cases.Founded}); err != nil {
			return err
		}
		if err := tx.Undo(ctx); err != nil {
			return err
		}
		again, err := tx.Desk(cases.ReportStream).Open(ctx, o, c.Number)
		if again.Status != cases.Received || again.Version != 1 {
			t.Errorf("not undone: %+v", again)
		}
		return err
	})
	if n := b.hit(officer, cases.Sending, ""); n != 2 {
		t.Errorf("the count is %d", n)
	}
}
