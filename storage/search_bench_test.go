package storage_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
	"tinbao/vault"
)

// syllables are enough to write texts with; the rare one stands in every 200th.
var syllables = strings.Fields("nhà nghỉ quán hát đường chợ ngõ đêm khuya người lạ ra vào xe máy biển số chủ nhân viên trẻ em cổng trường hồ nước cầu vượt tổ dân phố phòng trọ sinh viên khách bảo vệ công ty vườn hoa")

const benchCases = 10_000

// One word is looked for among 10,000 open reports: by opening them all in memory, as
// the program does, and by an index of keyed hashes of words, which it does not have.
func BenchmarkSearch(b *testing.B) {
	keys, err := vault.NewKeys(time.Now())
	if err != nil {
		b.Fatal(err)
	}
	v, err := vault.New(keys)
	if err != nil {
		b.Fatal(err)
	}
	url := testservers.Database(b)
	s, err := storage.Open(b.Context(), storage.Config{URL: url, Vault: v, Ward: testservers.Yen.ID, Bot: bot, MaxConns: 2, Calendar: cases.Holidays()})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	conn, err := pgx.Connect(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(context.Background())
	rare := fill(b, s, conn)
	b.Run("in_memory", func(b *testing.B) {
		for b.Loop() {
			if err := s.Do(b.Context(), func(ctx context.Context, t *storage.Tx) error {
				f, err := t.Desk(cases.ReportStream).Search(ctx, cases.Staff{Role: cases.Officer}, cases.Search{Words: []string{"hiem"}}, 0)
				if f.Total != rare {
					b.Fatalf("%d of %d found", f.Total, rare)
				}
				return err
			}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("keyed_index", func(b *testing.B) {
		for b.Loop() {
			found := 0
			if err := conn.QueryRow(b.Context(), "select count(*) from public.tokens t join casework.cases c on c.id = t.id where t.token = $1", token("hiem")).Scan(&found); err != nil || found != rare {
				b.Fatalf("%d of %d found: %v", found, rare, err)
			}
		}
	})
	var table, index int64
	if err := conn.QueryRow(b.Context(), "select pg_total_relation_size('casework.report_cases'), pg_total_relation_size('public.tokens')").Scan(&table, &index); err != nil {
		b.Fatal(err)
	}
	b.Logf("cases %d MB, index of words %d MB", table>>20, index>>20)
}

func token(word string) []byte {
	h := hmac.New(sha256.New, []byte("key"))
	h.Write([]byte(word))
	return h.Sum(nil)[:8]
}

// fill receives the reports and makes the index that is compared with.
func fill(b *testing.B, s *storage.Store, conn *pgx.Conn) (rare int) {
	b.Helper()
	rng := rand.New(rand.NewPCG(1, 1))
	if _, err := conn.Exec(b.Context(), "create table public.tokens (token bytea, id uuid)"); err != nil {
		b.Fatal(err)
	}
	var tokens [][]any
	for done := 0; done < benchCases; done += 1000 {
		if err := s.Do(b.Context(), func(ctx context.Context, t *storage.Tx) error {
			for i := range 1000 {
				words := make([]string, 40)
				for j := range words {
					words[j] = syllables[rng.IntN(len(syllables))]
				}
				if (done+i)%200 == 0 {
					words[7] = "hiếm"
					rare++
				}
				_, c, err := t.Receive(ctx, cases.Route{Chat: int64(1 + done + i)}, cases.NewCase{Report: &cases.ReportContent{Concern: cases.SawSigns, Text: strings.Join(words, " ")}, Source: cases.FromBot})
				if err != nil {
					return err
				}
				own := map[string]bool{}
				for _, w := range cases.WordsOf(strings.Join(words, " ")) {
					if !own[w] {
						own[w] = true
						tokens = append(tokens, []any{token(w), c.ID})
					}
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := conn.CopyFrom(b.Context(), pgx.Identifier{"public", "tokens"}, []string{"token", "id"}, pgx.CopyFromRows(tokens)); err != nil {
		b.Fatal(err)
	}
	if _, err := conn.Exec(b.Context(), "create index on public.tokens (token)"); err != nil {
		b.Fatal(err)
	}
	if _, err := conn.Exec(b.Context(), "analyze"); err != nil {
		b.Fatal(fmt.Errorf("analysing: %w", err))
	}
	return rare
}
