package bot_test

import (
	"context"
	"net/http/httptest"
	"testing"

	"github.com/redis/go-redis/v9"

	"tinbao/internal/testservers"
	"tinbao/telegramsim"
)

func TestMain(m *testing.M) {
	redis.SetLogger(hush{}) // some tests have no Redis on purpose
	testservers.Main(m)
}

type hush struct{}

func (hush) Printf(context.Context, string, ...any) {}

const token = "424242:SECRET-TOKEN-OF-THE-BOT"

// telegram is a simulated Telegram and its address.
func telegram(t *testing.T) (*telegramsim.Server, string) {
	t.Helper()
	sim, err := telegramsim.New(telegramsim.Options{Token: token})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(func() { sim.Close(); server.Close() })
	sim.AddUser(telegramsim.User{ID: an, FirstName: "An", LanguageCode: "vi"})
	return sim, server.URL
}

const an, binh = 5550001, 5550002
