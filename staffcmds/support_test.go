package staffcmds_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
)

func (f *fake) Services(context.Context) (list []cases.ServiceEntry, _ error) {
	for _, versions := range f.entries {
		list = append(list, versions[len(versions)-1])
	}
	return list, f.fault
}

func (f *fake) ServiceHistory(_ context.Context, id int) ([]cases.ServiceEntry, error) {
	newest := slices.Clone(f.entries[id-1])
	slices.Reverse(newest)
	return newest, f.fault
}

func (f *fake) PutService(_ context.Context, by cases.Staff, e cases.ServiceEntry) (cases.ServiceEntry, error) {
	if e.ID == 0 {
		f.entries = append(f.entries, nil)
		e.ID = len(f.entries)
	}
	e.Version++
	e.At, e.By = f.now, by.Name
	f.entries[e.ID-1] = append(f.entries[e.ID-1], e)
	return e, f.fault
}

const support = 4

// The directory is kept with buttons and awaited words; every change is remembered.
func TestDirectory(t *testing.T) {
	t.Parallel()
	w := setup(t)
	shown := w.on(health, w.says(health, "/dichvu"), "dichvu|legal")
	w.on(health, shown, "dichvu|legal|new")
	shown = w.says(health, "Trung tâm   trợ giúp")
	w.wants(shown, health, "Trung tâm trợ giúp", "Đang ẩn")
	for _, part := range []struct{ name, words string }{{"place", "số 2 Quang Trung"}, {"hours", "8h–17h"}, {"phone", "024 000"}} {
		w.on(health, shown, "dichvu|e1|"+part.name)
		shown = w.says(health, part.words)
		w.wants(shown, health, part.words)
	}
	shown = w.on(health, w.on(health, shown, "dichvu|e1|youth"), "dichvu|e1|show")
	w.wants(shown, health, "thân thiện với người trẻ", "đang thấy")
	w.wants(w.on(health, shown, "dichvu|e1|log"), health, "(6)", "Trung tâm trợ giúp")
	w.on(health, shown, "dichvu|e1|phone")
	w.says(health, "-")
	if e := w.entries[0][len(w.entries[0])-1]; e.Phone != "" || e.Place != "số 2 Quang Trung" || !e.Shown || e.Version != 7 {
		t.Errorf("%+v", e)
	}
	w.says(health, "/dichvu e1 phone "+strings.Repeat("x", 201))
	if len(w.entries[0]) != 7 {
		t.Error("a long word was kept")
	}
	w.says(health, "/dichvu e1 free v2") // a button of an older card
	if len(w.entries[0]) != 7 {
		t.Error("an old button changed something")
	}
	w.wants(w.says(police, "/dichvu"), police, "Không có lệnh này")
}

// A referral to a place with an appointment: by buttons alone.
func TestReferralWithAppointment(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.help(func(c *cases.Case) { c.Status = cases.Assessed })
	_, _ = w.PutService(t.Context(), w.staff[0], cases.ServiceEntry{Service: cases.LegalAid, Shown: true, ServiceWords: cases.ServiceWords{Name: "Trung tâm trợ giúp", Place: "số 2"}})
	_, _ = w.PutService(t.Context(), w.staff[0], cases.ServiceEntry{Service: cases.LegalAid, ServiceWords: cases.ServiceWords{Name: "Nơi ẩn"}})
	shown := w.on(health, w.on(health, w.says(health, "/xem 1"), "chuyengui"), "chuyengui|HT-26-0001|v1|legal")
	w.wants(shown, health, "Chuyển gửi đến nơi nào")
	if slices.ContainsFunc(shown[0].actions, func(a string) bool { return strings.HasSuffix(a, "e2") }) {
		t.Error("a hidden place is offered")
	}
	shown = w.on(health, w.on(health, shown, "chuyengui|HT-26-0001|v1|e1"), "chuyengui|HT-26-0001|v1|e1|0529")
	shown = w.on(health, shown, "chuyengui|HT-26-0001|v1|e1|0529|0900")
	w.wants(shown, resident, "số 2", "09:00 29/05/2026", "Bạn đến được không")
	w.wants(shown, health, "Đã chuyển gửi")
	w.wants(w.says(health, "/chuyengui 1 e1 0101 0900"), health, "Không đọc được")
}

// Without an appointment, and without a place.
func TestReferralWithout(t *testing.T) {
	t.Parallel()
	for tail, want := range map[string]string{"e1 none": "số 2", "legal none": "Trợ giúp pháp lý"} {
		w := setup(t)
		w.help(nil)
		_, _ = w.PutService(t.Context(), w.staff[0], cases.ServiceEntry{Service: cases.LegalAid, Shown: true, ServiceWords: cases.ServiceWords{Name: "Trung tâm", Place: "số 2"}})
		shown := w.says(health, "/chuyengui 1 "+tail)
		w.wants(shown, resident, want)
		if strings.Contains(texts(shown, resident), "đến được không") {
			t.Errorf("%s: asks about an appointment", tail)
		}
	}
}

// Needs are asked for first; the question is the bot's while it reaches the person.
func TestConsentBeforeNeeds(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.help(func(c *cases.Case) { c.Status = cases.Contacted })
	shown := w.on(health, w.says(health, "/xem 1"), "danhgia")
	w.wants(shown, health, "cần có sự đồng ý")
	shown = w.on(health, shown, "danhgia|HT-26-0001|v1|hoi")
	w.wants(shown, resident, "ghi lại các nhu cầu")
	w.wants(w.says(health, "/danhgia 1 có lời"), health, "đang chờ")
	c.History = append(c.History, cases.Event{Verb: cases.NeedsNo})
	w.wants(w.says(health, "/danhgia 1"), health, "không đồng ý")
	c.History = append(c.History, cases.Event{Verb: cases.NeedsYes})
	w.wants(w.says(health, "/danhgia 1"), health, "viết các nhu cầu")
	w.says(health, "Cần học nghề may")
	if c.Status != cases.Assessed {
		t.Error(c.Status)
	}
}

func TestConsentByWordOfMouth(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.routes = nil
	c := w.help(func(c *cases.Case) { c.Status = cases.Contacted })
	shown := w.on(health, w.says(health, "/danhgia 1"), "danhgia|HT-26-0001|v1|mieng")
	if cases.LastNeeds(c.History) != cases.NeedsOral {
		t.Fatal(c.History)
	}
	w.wants(w.on(health, shown, "danhgia"), health, "viết các nhu cầu")
}

// A support worker hears nothing of a request that is not that worker's.
func TestSupportWorkersHearOfTheirOwn(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.help(func(c *cases.Case) { c.Status, c.Shut = cases.Closed, true })
	w.now = w.now.Add(time.Minute)
	shown := w.says(health, "/molai 1 xem lại")
	w.wants(shown, officer, "đề nghị mở lại")
	if texts(shown, support) != "" {
		t.Error(texts(shown, support))
	}
}
