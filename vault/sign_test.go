package vault_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"tinbao/vault"
)

func TestSignaturesAreOfOneFileByOneKey(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	private, public, other := filepath.Join(dir, "city.key"), filepath.Join(dir, "city.pub"), filepath.Join(dir, "other.pub")
	shown, err := vault.NewSigner(private, public)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(public); err != nil || !bytes.Equal(kept, shown) {
		t.Errorf("the public key in the file is another one (%v)", err)
	}
	if info, err := os.Stat(private); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the private key is open to others: %v %v", info, err)
	}
	if _, err := vault.NewSigner(filepath.Join(dir, "other.key"), other); err != nil {
		t.Fatal(err)
	}
	for _, taken := range [][2]string{{private, filepath.Join(dir, "new.pub")}, {filepath.Join(dir, "new.key"), public}} {
		if _, err := vault.NewSigner(taken[0], taken[1]); !errors.Is(err, os.ErrExist) {
			t.Errorf("a key is written over: %v", err)
		}
	}
	signer, err := vault.OpenSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(t, "file")
		signature := signer.Sign(body)
		if err := vault.CheckSignature(public, body, signature); err != nil {
			t.Fatal(err)
		}
		if err := vault.CheckSignature(other, body, signature); !errors.Is(err, vault.ErrSignature) {
			t.Fatalf("another key: %v", err)
		}
		at := rapid.IntRange(0, len(body)-1).Draw(t, "place")
		body[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if err := vault.CheckSignature(public, body, signature); !errors.Is(err, vault.ErrSignature) {
			t.Fatalf("another file: %v", err)
		}
		if err := vault.CheckSignature(public, body, signature[:len(signature)-1]); !errors.Is(err, vault.ErrSignature) {
			t.Fatalf("half a signature: %v", err)
		}
	})
	for _, wrong := range []string{public, filepath.Join(dir, "none")} {
		if _, err := vault.OpenSigner(wrong); err == nil {
			t.Errorf("%s is taken for a private key", wrong)
		}
	}
}

// The key that signs backups is of one key file, and its public half is read as it is shown.
func TestBackupsAreSignedByTheirServer(t *testing.T) {
	t.Parallel()
	one, _ := fresh(t)
	other, _ := fresh(t)
	body := []byte("a backup")
	signature := one.BackupSigner().Sign(body)
	public, err := vault.ParsePublicKey(" " + one.BackupSigner().Public().String() + "\n")
	if err != nil || !public.Signed(body, signature) || !one.BackupSigner().Public().Signed(body, signature) {
		t.Errorf("not by its own key: %v", err)
	}
	if other.BackupSigner().Public().Signed(body, signature) || public.Signed(body[1:], signature) || public.Signed(body, nil) || vault.PublicKey(nil).Signed(body, signature) {
		t.Error("believed of another key or body")
	}
	shown := public.String()
	for _, text := range []string{"", shown[1:], shown[:len(shown)-1], shown + "00", "tinbao-signer-", shown[:len(shown)-1] + "x"} {
		if _, err := vault.ParsePublicKey(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}
