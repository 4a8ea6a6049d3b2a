package reports_test

import (
	"os"
	"testing"

	"tinbao/media"
)

func TestMain(m *testing.M) {
	media.Child()
	os.Exit(m.Run())
}

func keepFile(t *testing.T, path string, body []byte) {
	t.Helper()
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
}
