package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage"
)

const (
	perDay     = 50  // reports of a ward in a day, far more than one gets: a longer register is an older one
	rareEvery  = 200 // of the open reports one has the rare word
	receiveAt1 = 500 // received in one transaction
	goalGrowth = 2.0 // for ten times the cases: logarithmic growth is below it
)

// asked are the commands of staff that look at many cases.
var asked = []struct {
	what, text string
	chat       int64
}{
	{"/hangdoi, the queue", "/hangdoi", officerChat},
	{"/hangdoi, what has ended", "/hangdoi xong", officerChat},
	{"/tiep, the next case", "/tiep", officerChat},
	{"/timkiem by words in open cases", "/timkiem hiếm", officerChat},
	{"/timkiem by the name of a person", "/timkiem sen 10", officerChat},
	{"/timkiem by kind", "/timkiem khiếu nại", officerChat},
	{"/timkiem by kind, of which there is none", "/timkiem tố giác", officerChat},
	{"/timkiem by number", "/timkiem PA 1", officerChat},
	{"/nhatky, the history of all cases", "/nhatky", leaderChat},
	{"/thongke of a month", "/thongke tháng", officerChat},
	{"/thongke since 2026", "/thongke từ 2026", officerChat},
}

// register measures what staff wait for when many cases lie in the register. What is open
// stays as much; what has ended grows.
func register(ctx context.Context, b *bench) (err error) {
	address, err := b.fresh(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.drop(ctx, address)) }()
	if err := b.receive(ctx, address); err != nil {
		return fmt.Errorf("receiving reports: %w", err)
	}
	t, err := newTelegram(ctx)
	if err != nil {
		return err
	}
	defer t.end()
	took := make([]map[int]spread, len(asked))
	for i := range took {
		took[i] = map[int]spread{}
	}
	for i, size := range b.sizes {
		have := b.backlog
		if i > 0 {
			have = b.sizes[i-1]
		}
		if err := b.age(ctx, address, have, size); err != nil {
			return fmt.Errorf("filling the register: %w", err)
		}
		if err := b.askAll(ctx, t, address, size, took); err != nil {
			return fmt.Errorf("%d cases: %w", size, err)
		}
	}
	b.tellRegister(took)
	return nil
}

// tellRegister writes a column a size and a ratio for each step to the next.
func (b *bench) tellRegister(took []map[int]spread) {
	head := []string{"p50 (p95) of the answer on the phone"}
	for i, size := range b.sizes {
		head = append(head, thousands(size)+" cases")
		if i > 0 {
			head = append(head, "ratio")
		}
	}
	t := b.page.table("Register", head...)
	for a, one := range asked {
		row := []string{one.what}
		worst := 0.0
		for i, size := range b.sizes {
			s := took[a][size]
			row = append(row, fmt.Sprintf("%s (%s)", ms(s.at(p50)), ms(s.at(p95))))
			if i > 0 {
				before := took[a][b.sizes[i-1]].at(p50)
				worst = max(worst, float64(s.at(p50))/float64(before))
				row = append(row, times(float64(s.at(p50)), float64(before)))
			}
		}
		t.row(row...)
		b.page.goal(worst < goalGrowth, fmt.Sprintf("%s costs less than × %.0f for ten times the cases", one.what, goalGrowth), fmt.Sprintf("× %.2f", worst))
	}
	t.note = fmt.Sprintf("%s reports are open at every size, with words that can be read; the others have ended, %d a day. Sending is included.", thousands(b.backlog), perDay)
}

// askAll lets the officer ask each question several times.
func (b *bench) askAll(ctx context.Context, t *telegram, address string, size int, took []map[int]spread) error {
	p, _, err := b.tinbao(ctx, t, address, unhurried()...)
	if err != nil {
		return err
	}
	const warm = 5
	for i, one := range asked {
		for n := range warm + b.samples {
			d, err := ask(ctx, t, one.chat, one.text)
			if err != nil {
				return errors.Join(fmt.Errorf("%s: %w", one.text, err), p.end())
			}
			if n >= warm {
				took[i][size] = append(took[i][size], d)
			}
		}
	}
	return p.end()
}

// ask sends a command of a member of staff and waits for the next message of the bot.
func ask(ctx context.Context, t *telegram, chat int64, text string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	began := time.Now()
	sent, err := t.SendText(chat, text)
	if err != nil {
		return 0, err
	}
	_, err = t.WaitText(ctx, chat, sent, "") // whatever it says
	return time.Since(began), err
}

// syllables are enough to write texts with.
var syllables = strings.Fields("nhà nghỉ quán hát đường chợ ngõ đêm khuya người lạ ra vào xe máy biển số chủ nhân viên trẻ em cổng trường hồ nước cầu vượt tổ dân phố phòng trọ sinh viên khách bảo vệ công ty vườn hoa")

// receive takes in the reports that are open.
func (b *bench) receive(ctx context.Context, address string) error {
	const words, at, hours = 40, 7, 6
	rng := rand.New(rand.NewPCG(1, 1)) // the same texts in every run
	return b.store(ctx, address, func(s *storage.Store) error {
		for done := 0; done < b.backlog; done += receiveAt1 {
			if err := s.Do(ctx, func(ctx context.Context, t *storage.Tx) error {
				for i := done; i < min(done+receiveAt1, b.backlog); i++ {
					text := make([]string, words)
					for j := range text {
						text[j] = syllables[rng.IntN(len(syllables))]
					}
					if i%rareEvery == 0 {
						text[at] = "hiếm"
					}
					b.next++
					t.At(time.Now().Add(-time.Duration(rng.IntN(hours*60)) * time.Minute))
					if _, _, err := t.Receive(ctx, cases.Route{Chat: b.next}, cases.NewCase{
						Report: &cases.ReportContent{Concern: cases.SawSigns, Hamlet: 1 + i%3, When: "when.today", Text: strings.Join(text, " ")}, Source: cases.FromBot,
					}); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// age adds reports that have ended until there are so many. They are copies of a real one,
// whatever columns that has; nobody reads their words.
func (b *bench) age(ctx context.Context, address string, from, to int) error {
	if err := with(ctx, address, func(conn *pgx.Conn) error {
		// Copies are sound; nothing checks or counts them one by one.
		if _, err := conn.Exec(ctx, "set session_replication_role = replica"); err != nil {
			return fmt.Errorf("preparing to copy: %w", err)
		}
		//nolint:unqueryvet // a copy has every column of what it is made of
		if _, err := conn.Exec(ctx, `
			insert into casework.report_cases
			select made.*
			from (select c from casework.report_cases c order by c.received_at limit 1) one,
			     generate_series($1::int + 1, $2::int) n,
			     lateral (select now() - interval '1 day' - n * interval '1 day' / $3::int as at) t,
			     lateral jsonb_populate_record(one.c, jsonb_build_object(
			         'id', (lpad(to_hex((extract(epoch from t.at) * 1000)::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid, 'year', extract(year from t.at)::int, 'seq', 1000000 + n,
			         'receipt', '\x' || encode(sha256(n::text::bytea), 'hex'),
			         'status', case when n % 50 = 1 then 'duplicate' else 'closed' end, 'finding', 'founded', 'late', n % 20 = 0, 'urgent', n % 30 = 0, 'hamlet', n % 4,
			         'kind', (array['phan_anh', 'phan_anh', 'tin_bao', 'kien_nghi', 'khieu_nai'])[1 + n % 5],
			         'assignee', null, 'lease_until', null, 'received_at', t.at, 'due_at', null,
			         'verified_at', t.at + interval '1 day', 'classified_at', t.at + interval '2 days',
			         'forwarded_at', t.at + interval '3 days', 'ended_at', t.at + interval '5 days')) made`,
			from, to, perDay); err != nil {
			return fmt.Errorf("adding cases: %w", err)
		}
		if _, err := conn.Exec(ctx, `insert into casework.numbers (stream, id, ward_id, year, seq, receipt, handed, wanted)
			select c.stream, c.id, c.ward_id, c.year, c.seq, c.receipt, true, '' from casework.report_cases c where c.seq > 1000000 + $1::int`, from); err != nil {
			return fmt.Errorf("adding numbers: %w", err)
		}
		if _, err := conn.Exec(ctx, "analyze casework.report_cases"); err != nil {
			return fmt.Errorf("preparing to join: %w", err)
		}
		// Duplicates are counted with the report before them.
		if _, err := conn.Exec(ctx, `
			insert into casework.merges (stream, case_id, ward_id, into_id, from_status, made_at, into_at)
			select 'report', d.id, d.ward_id, r.id, 'received', d.received_at, r.received_at
			from casework.report_cases d join casework.report_cases r on r.seq = d.seq + 1
			where d.status = 'duplicate' and d.seq > 1000000 + $1::int`, from); err != nil {
			return fmt.Errorf("adding duplicates: %w", err)
		}
		// What was done to each is told in a row.
		if _, err := conn.Exec(ctx, `
			insert into casework.events (stream, case_id, seq, ward_id, at, verb, from_status, to_status, detail, hash)
			select 'report', c.id, 1, c.ward_id, c.ended_at, 'close', 'resolved', 'closed', '', ''
			from casework.report_cases c where c.seq > 1000000 + $1::int`, from); err != nil {
			return fmt.Errorf("adding history: %w", err)
		}
		return nil
	}); err != nil {
		return err
	}
	if err := b.store(ctx, address, func(s *storage.Store) error { return s.RecountFigures(ctx) }); err != nil {
		return fmt.Errorf("counting figures: %w", err)
	}
	return with(ctx, address, func(conn *pgx.Conn) error {
		for _, s := range []string{"vacuum analyze", "checkpoint"} {
			if _, err := conn.Exec(ctx, s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		have, err := number(ctx, conn, "select count(*) from casework.report_cases")
		if err == nil && have != int64(to) {
			err = fmt.Errorf("%d cases, not %d", have, to)
		}
		return err
	})
}
