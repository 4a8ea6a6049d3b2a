package storage

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/redis/go-redis/v9"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

// The database roles the program takes on; see the package comment.
const (
	roleDesk   = "tinbao_desk"
	roleReport = "tinbao_report"
	rolePolice = "tinbao_police"
	roleHelp   = "tinbao_help"
)

// JobSchema is the database schema of the job queue.
const JobSchema = "river"

// FilesQueue is the queue of jobs that fetch files, apart from messages.
const FilesQueue = "files"

// Config says where the data is and for whom the program works.
type Config struct {
	URL      string // of Postgres
	Vault    *vault.Vault
	Ward     cases.WardID
	Bot      int64            // number of the bot, the part of the token before the colon
	Stations []int            // of all bots of the ward, see cases.ChatAt; nil = only the first
	MaxConns int32            // connections at most; 0 = 40
	Idle     time.Duration    // after so long without a command staff need their PIN again; 0 = an hour
	Now      func() time.Time // nil = time.Now
	Calendar cases.Calendar   // what the ward itself says of a day goes before it
	Clocks   cases.Clocks     // nil = cases.DefaultClocks; what the ward says of a limit goes before it
	Log      *slog.Logger     // nil = slog.Default()
	// Redis counts what is limited; nil = Postgres does. Its client must obey the
	// deadline of a context.
	Redis redis.UniversalClient
	// Courier is given what is queued, nil = nobody here delivers.
	Courier Courier
}

const (
	defaultConns   = 40
	connectTimeout = 5 * time.Second
	// A program that stands still in the middle of a transaction, or whose machine was
	// cut off, holds the rows it works on no longer than this.
	standStill = 4 * time.Second
)

// Store is the data of one ward.
type Store struct {
	conf    Config
	pool    *pgxpool.Pool
	jobs    *river.Client[pgx.Tx]
	vault   *vault.Vault
	replica uuid.UUID // this program among those that share the database
	meters  *counters
	present *atomic.Bool // see Attend
}

// meterKey is a counter's key in Redis. What is in braces decides where a cluster keeps
// it: all counters of a ward are in one slot and can be used together.
func (s *Store) meterKey(name string) string {
	return "{" + strconv.Itoa(int(s.conf.Ward)) + "}:" + name
}

// Open prepares the connections; it makes none, so an absent Postgres does not
// stop the program. An error means an unreadable address.
func Open(ctx context.Context, c Config) (*Store, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Clocks == nil {
		c.Clocks = cases.DefaultClocks
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Stations == nil {
		c.Stations = []int{0}
	}
	if c.Idle == 0 {
		c.Idle = time.Hour
	}
	pc, err := pgxpool.ParseConfig(c.URL)
	if err != nil {
		return nil, errors.New("DATABASE_URL: not an address of Postgres")
	}
	pc.MaxConns = c.MaxConns
	if pc.MaxConns == 0 {
		pc.MaxConns = defaultConns
	}
	pc.ConnConfig.ConnectTimeout = connectTimeout
	pc.ConnConfig.RuntimeParams["role"] = roleDesk
	pc.ConnConfig.RuntimeParams["tinbao.ward"] = strconv.Itoa(int(c.Ward))
	pc.ConnConfig.RuntimeParams["application_name"] = "tinbao"
	pc.ConnConfig.RuntimeParams["idle_in_transaction_session_timeout"] = milliseconds(standStill)
	replanner{}.watch(pc)
	pool, err := pgxpool.NewWithConfig(ctx, pc)
	if err != nil {
		return nil, fmt.Errorf("storage: preparing connections: %w", err)
	}
	// The queue tells its workers of a new job at most once a cooldown; a job of
	// whose coming nobody is told waits for the next poll, a whole second.
	jobs, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Schema: JobSchema, Logger: c.Log, FetchCooldown: river.FetchCooldownMin})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("storage: preparing the job queue: %w", err)
	}
	return &Store{conf: c, pool: pool, jobs: jobs, vault: c.Vault, replica: uuid.New(), meters: &counters{redis: c.Redis}, present: &atomic.Bool{}}, nil
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) + "ms" }

// Of is the store with the updates of another bot of the ward. It shares everything else,
// and is closed with the one it came from.
func (s *Store) Of(bot int64) *Store {
	other := *s
	other.conf.Bot = bot
	return &other
}

// Close ends the connections.
func (s *Store) Close() { s.pool.Close() }

// Pool is for the workers of the job queue, which bring their own queries.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Ping proves that Postgres answers.
func (s *Store) Ping(ctx context.Context) error { return interpret(s.pool.Ping(ctx)) }

func (s *Store) queries() *db.Queries { return db.New(s.pool) }

// now is the present in the resolution Postgres keeps.
func (s *Store) now() time.Time { return s.conf.Now().Truncate(time.Microsecond) }

//go:embed migrations/*.sql
var migrations embed.FS

func provider(pool *pgxpool.Pool) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("storage: migrations: %w", err)
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, fmt.Errorf("storage: migration lock: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, stdlib.OpenDBFromPool(pool), files, goose.WithSessionLocker(locker))
	if err != nil {
		return nil, fmt.Errorf("storage: migrations: %w", err)
	}
	return p, nil
}

// Migrate brings the schema of a database up to date. The account in url must
// own the database and be able to create roles; several programs may start at
// once, one of them migrates.
func Migrate(ctx context.Context, url string) error {
	pool, err := owner(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	p, err := provider(pool)
	if err != nil {
		return err
	}
	defer p.Close()
	if err := up(ctx, p); err != nil {
		return fmt.Errorf("storage: migrating: %w", err)
	}
	if err := migrateJobs(ctx, pool, nil); err != nil {
		return err
	}
	return partition(ctx, pool, time.Now())
}

// migrateJobs brings the schema of the job queue up to a version; nil = the newest.
func migrateJobs(ctx context.Context, pool *pgxpool.Pool, to *rivermigrate.MigrateOpts) error {
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: JobSchema, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("storage: migrating the job queue: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, to); err != nil {
		return fmt.Errorf("storage: migrating the job queue: %w", err)
	}
	return nil
}

// up does all migrations. One that met programs which use the same tables in another order,
// and was rolled back for it, is done again.
func up(ctx context.Context, p *goose.Provider) error {
	for try := 1; ; try++ {
		_, err := p.Up(ctx)
		if err == nil || !inUse(err) || try == placeTries {
			return err
		}
		sleep(ctx, placePause)
	}
}

func owner(ctx context.Context, url string) (*pgxpool.Pool, error) {
	pc, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("DATABASE_URL: not an address of Postgres")
	}
	pc.MaxConns = 4
	pc.ConnConfig.ConnectTimeout = connectTimeout
	pool, err := pgxpool.NewWithConfig(ctx, pc)
	if err != nil {
		return nil, fmt.Errorf("storage: preparing connections: %w", err)
	}
	return pool, nil
}

// PutWard writes what the ward is. It needs the owner's account.
func PutWard(ctx context.Context, url string, w cases.Ward) error {
	pool, err := owner(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	return settleWard(ctx, pool, w)
}

// settleWard writes a ward and makes room for it.
func settleWard(ctx context.Context, pool *pgxpool.Pool, w cases.Ward) error {
	if err := putWard(ctx, db.New(pool), w); err != nil {
		return interpret(err)
	}
	return partition(ctx, pool, time.Now())
}

// EnsureWard writes what the ward is unless it is already there. It needs the
// owner's account.
func EnsureWard(ctx context.Context, url string, w cases.Ward) error {
	pool, err := owner(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := ward(ctx, db.New(pool), w.ID); err == nil || cases.KindOf(err) != cases.NotFound {
		return err
	}
	return settleWard(ctx, pool, w)
}

// Clock is the time of the database's machine.
func (s *Store) Clock(ctx context.Context) (time.Time, error) {
	at, err := s.queries().Clock(ctx)
	return at, interpret(err)
}
