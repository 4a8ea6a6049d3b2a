package main

import (
	"slices"
	"strings"
	"testing"
)

// links are what a row may have in common with another by a mistake, as a statement that
// makes the mistake, and the two columns in which the search must find it.
var plantedLinks = map[string]struct{ sql, from, to, what string }{
	"a chat touched at the moment of its case": {
		"update edge.chats set touched_at = (select received_at from casework.cases where stream = 'report' limit 1) where who = (select who from edge.chats where who not in (select who from ward.staff) order by who limit 1)",
		"casework.cases.received_at", "edge.chats.touched_at", "second",
	},
	"a chat touched a few milliseconds later": {
		"update edge.chats set touched_at = (select date_trunc('second', received_at) + interval '7 milliseconds' from casework.cases where stream = 'help' limit 1) where who = (select who from edge.chats where who not in (select who from ward.staff) order by who limit 1)",
		"casework.cases.received_at", "edge.chats.touched_at", "second",
	},
	"a number of a case that is made of its time": {
		"update edge.chats set touched_at = (select to_timestamp(('x0000' || substr(replace(id::text, '-', ''), 1, 12))::bit(64)::bigint / 1000.0) from casework.cases where stream = 'report' limit 1) where who = (select who from edge.chats where who not in (select who from ward.staff) order by who limit 1)",
		"casework.cases.id", "edge.chats.touched_at", "second",
	},
	"the sum of a file in both streams": {
		"update casework.cases set word = '\\x00112233445566778899aabbccddeeff'",
		"casework.cases.word", "casework.cases.word", "bytes",
	},
	"one name for two purposes": {
		"insert into edge.mutes (ward_id, who, until) select ward_id, who, date_trunc('day', now()) from edge.chats where who not in (select who from ward.staff) order by who limit 1",
		"edge.chats.who", "edge.mutes.who", "bytes",
	},
	"a subscriber written with a case": {
		"with c as (update casework.cases set late = late where stream = 'help' returning 1) insert into edge.subscribers (ward_id, who, route) select 1, '\\x01', '\\x02' from c limit 1",
		"casework.cases.xmin", "edge.subscribers.xmin", "transaction",
	},
}

// The linkage search finds what it must, and nothing before it is there. Of what the journal
// joins the list is complete: a transaction that makes a case writes no other table that
// holds the name of a chat.
func TestPlantedLinksAreFound(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	for _, line := range []string{
		"an starts", "an presses 🔔 Gửi phản ánh", "an presses Tôi thấy dấu hiệu vi phạm", "an presses Tổ 2", "an says Nhà nghỉ ở ngõ 5, mỗi tối đều có khách lạ", "an presses ✅ Gửi",
		"binh starts", "binh presses 🤝 Tôi cần hỗ trợ", "binh presses Tư vấn tâm lý", "binh presses Chưa đủ 18 tuổi", "binh says Tôi cần khám và tư vấn kín đáo", "binh presses ✅ Gửi",
	} {
		s.play(line)
	}
	if found := s.linkage(); len(found) > 0 {
		t.Fatalf("before anything was planted: %v", found)
	}
	if got, want := s.journalLinks(), []string{"edge.chats", "edge.outbox", "edge.updates"}; !slices.Equal(got, want) {
		t.Errorf("a transaction that makes a case writes %v besides; docs/security.md says %v", got, want)
	}
	for what, plant := range plantedLinks {
		planter{w: s.town}.sqlAny(plant.sql)
		if !slices.ContainsFunc(s.linkage(), func(l link) bool {
			return l.what == plant.what && l.from == plant.from && l.to == plant.to
		}) {
			t.Errorf("%s is not found among %d", what, len(s.linkage()))
		}
	}
	if !strings.Contains(string(s.recorded()), "BEGIN") {
		t.Error("the journal is not read by transactions")
	}
}
