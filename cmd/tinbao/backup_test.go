package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/backup"
	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
	"tinbao/vault"
)

// drill is a town that keeps a list of what was destroyed, and has a recovery key.
type drill struct {
	*town
	dir, key, recipient, list string
	scratch                   string // where the commands may leave temporary files
}

func newDrill(t *testing.T) *drill {
	t.Helper()
	d := &drill{town: newTown(t), dir: t.TempDir(), scratch: t.TempDir()}
	d.clock.real()
	d.list = filepath.Join(t.TempDir(), "destroyed")
	d.settings.DestroyedList = d.list
	d.restart()
	d.key = filepath.Join(t.TempDir(), "recovery.key")
	out := d.run(0, "backup", "keygen", d.key)
	lines := strings.Fields(out)
	d.recipient = lines[len(lines)-1]
	return d
}

// run runs a command of the town's operator and expects a code.
func (d *drill) run(want int, args ...string) string {
	d.t.Helper()
	out, code := command(d.t, append(d.environment(), "TINBAO_DESTROYED="+d.list, "TINBAO_BACKUP_RECIPIENTS="+d.recipient, "TMPDIR="+d.scratch), args...)
	if code != want {
		d.t.Errorf("%v: code %d\n%s", args, code, out)
	}
	return out
}

// backedUp makes a backup and gives its file.
func (d *drill) backedUp() string {
	d.t.Helper()
	before := files(d.t, d.dir)
	out := d.run(0, "backup", "--to", d.dir)
	for name := range files(d.t, d.dir) {
		if !before[name] && strings.HasSuffix(name, ".age") {
			return filepath.Join(d.dir, name)
		}
	}
	d.t.Fatal("no backup: ", out)
	return ""
}

func files(t *testing.T, dir string) map[string]bool {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, e := range entries {
		out[e.Name()] = true
	}
	return out
}

// listed waits until the list has so many lines of a kind.
func (d *drill) listed(what string, n int) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), patience)
	defer cancel()
	for {
		list, damaged, err := backup.ReadLists(d.list)
		got := 0
		for _, one := range list {
			if one.What == what {
				got++
			}
		}
		if err != nil || damaged > 0 || ctx.Err() != nil {
			d.t.Fatalf("%d of %d %s are in the list, %d lines are damaged (%v)\n%s", got, n, what, damaged, err, d.log)
		}
		if got == n {
			return
		}
		wait(ctx, nil, 5*time.Millisecond)
	}
}

// report plays a report and gives its receipt.
func (d *drill) report(who string, n int) string {
	d.t.Helper()
	if err := (writer{d.sim, cast[who].ID, textOf(n), nil}).report(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	d.settle()
	for _, m := range d.sim.Messages(cast[who].ID) {
		if r := receiptForm.FindString(m.Text); r != "" {
			return r
		}
	}
	d.t.Fatal("no receipt")
	return ""
}

// The drill: a ward is backed up, goes on, loses its database, and is restored into an
// empty one. What the backup held is there to the last byte, what was destroyed since
// stays destroyed, and the bot goes on.
func TestBackupDrill(t *testing.T) {
	t.Parallel()
	d := newDrill(t)
	kept := d.report("an", 1)
	d.report("binh", 2)
	d.say("hoa", "/ngoai 2 empty ok")
	d.anchored()
	file := d.backedUp()
	at, err := storage.Contents(t.Context(), d.settings.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	if out := d.run(0, "backup", "verify", file, "--identity", d.key); !strings.Contains(out, "has the SHA-256 beside it") || !strings.Contains(out, "ward 1 report 2 cases") {
		t.Error(out)
	}
	d.nothingInClear(file)

	// After the backup: a case is past its time, and a new one comes.
	d.exec("update casework.cases set ended_at = now() - interval '3 years' where seq = 2")
	if done, err := d.app.store.Retain(t.Context(), d.settings.retention()); err != nil || done.Cases != 1 || done.Routes != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	d.listed(cases.DestroyedCase, 1)
	d.listed(cases.DestroyedRoute, 1)
	d.report("chi", 3)
	d.stop()

	into := testservers.Empty(t)
	out := d.run(0, "restore", file, "--identity", d.key, "--into", into)
	for _, want := range []string{
		"✓ restored: ", "✓ the wall: ", "✓ history of ward 1: 2 cases", "destroyed again 1 cases, 0 receipts, 1 ways back",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	got, err := storage.Contents(t.Context(), into)
	if err != nil {
		t.Fatal(err)
	}
	d.sameBut(at, got, "casework.destructions", "casework.figure", "casework.help_closings", "casework.month_closings", "casework.numbers", "casework.cases", "casework.events", "casework.routes", "ward.staff", "edge.", "river.")
	lost := "select count(*)::int from casework.cases where seq = 2 and case_key is null and content = '' and receipt is null and erased_at is not null"
	if n := query[int](t, into, lost)[0]; n != 1 {
		t.Error("a case that was destroyed can be read again")
	}
	if n := query[int](t, into, "select count(*)::int from casework.cases")[0]; n != 2 {
		t.Errorf("%d cases", n)
	}
	d.settings.DatabaseURL, d.login = into, "" // of the owner, who alone has rights there by now
	d.run(0, "verify-audit")
	if out := d.run(2, "restore", file, "--identity", d.key, "--into", into); !strings.Contains(out, "the database is not empty") {
		t.Error(out)
	}
	d.start()
	d.receiptIsFound(t.Context(), cast["chi"].ID, kept)
	d.sim.AddUser(newcomer(0))
	if err := (writer{d.sim, newcomer(0).ID, textOf(4), nil}).report(t.Context()); err != nil {
		t.Error(err)
	}
	d.settle()
	if n := query[int](t, into, "select max(seq) from casework.cases")[0]; n != 3 {
		t.Errorf("the next number is %d", n)
	}
	// What was destroyed twice is not told twice.
	d.run(0, "destroyed", "replay", "--into", into)
	d.run(0, "destroyed", "export")
	d.listed(cases.DestroyedCase, 1)
	d.stop()
	// A restore that broke off is not served from.
	if err := storage.MarkRestoring(t.Context(), into); err != nil {
		t.Fatal(err)
	}
	if out := d.run(2, "serve"); !strings.Contains(out, "drop it and restore again") {
		t.Error(out)
	}
	d.run(0, "destroyed", "replay", "--into", into)
	if half, err := storage.Restoring(t.Context(), into); err != nil || half {
		t.Error("a settled database is not served from", err)
	}
	if left := files(t, d.scratch); len(left) > 0 {
		t.Errorf("temporary files are left: %v", left)
	}
}

// say sends a command of staff.
func (d *drill) say(who, text string) {
	d.t.Helper()
	if _, err := d.sim.SendText(cast[who].ID, text); err != nil {
		d.t.Fatal(err)
	}
	d.settle()
}

// sameBut compares all tables but those that settling a database changes.
func (d *drill) sameBut(want, got cases.Contents, changed ...string) {
	d.t.Helper()
	compared := 0
	have := map[string]cases.TableSum{}
	for _, table := range got.Tables {
		have[table.Name] = table
	}
next:
	for _, table := range want.Tables {
		for _, prefix := range changed {
			if strings.HasPrefix(table.Name, prefix) {
				continue next
			}
		}
		compared++
		if have[table.Name] != table {
			d.t.Errorf("%+v was %+v", have[table.Name], table)
		}
	}
	if compared < 15 {
		d.t.Errorf("only %d tables were compared", compared)
	}
}

// nothingInClear looks for people, and for what any dump has in clear, in a backup; the
// decrypted stream shows that the look is not blind.
func (d *drill) nothingInClear(file string) {
	d.t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		d.t.Fatal(err)
	}
	telling := secrets{"a table": "casework.cases", "a ward": "phường Yên Nghĩa", "the form": "manifest.json"}
	for _, f := range append(find("backup", raw, d.canaries()), find("backup", raw, telling)...) {
		d.t.Error(f)
	}
	if names := files(d.t, d.dir); len(names) != 2 {
		d.t.Errorf("beside the backup lie %v", names)
	}
	keys, err := backup.Identities(d.key)
	if err != nil {
		d.t.Fatal(err)
	}
	var clear bytes.Buffer
	if err := backup.Read(bytes.NewReader(raw), keys, d.signer().Public(), func(m backup.Manifest) (func(int, io.Reader) error, error) {
		fmt.Fprint(&clear, m)
		return func(_ int, rows io.Reader) error { _, err := io.Copy(&clear, rows); return err }, nil
	}); err != nil {
		d.t.Fatal(err)
	}
	if len(find("decrypted", clear.Bytes(), telling)) < 2 {
		d.t.Error("the search would find nothing anyway")
	}
	for _, f := range find("decrypted", clear.Bytes(), d.canaries()) {
		d.t.Error(f)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		d.t.Error("others may read the backup", err)
	}
}

// What cannot be restored is refused in one line, and changes nothing.
func TestRestoresThatAreRefused(t *testing.T) {
	t.Parallel()
	d := newDrill(t)
	d.report("an", 1)
	file := d.backedUp()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damaged := func(name string, change func([]byte) []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, change(bytes.Clone(raw)), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	other := filepath.Join(t.TempDir(), "other.key")
	d.run(0, "backup", "keygen", other)
	middle := damaged("changed", func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
	cut := damaged("cut", func(b []byte) []byte { return b[:len(b)*2/3] })
	short := damaged("short", func(b []byte) []byte { return b[:len(b)-1] })
	text := damaged("text", func([]byte) []byte { return []byte("không phải bản sao lưu") })
	tomorrow := d.forged(file, d.signer(), func(m *backup.Manifest) { m.Schema = 99999 })
	stranger := filepath.Join(t.TempDir(), "stranger")
	if _, err := vault.NewSigner(stranger, stranger+".pub"); err != nil {
		t.Fatal(err)
	}
	theirs, err := vault.OpenSigner(stranger)
	if err != nil {
		t.Fatal(err)
	}
	unsigned := d.forged(file, theirs, func(*backup.Manifest) {})
	into := testservers.Empty(t)
	for _, c := range []struct {
		want string
		code int
		args []string
	}{
		{"it is damaged or not complete", 1, []string{middle, "--identity", d.key}},
		{"it is damaged or not complete", 1, []string{cut, "--identity", d.key}},
		{"it is damaged or not complete", 1, []string{short, "--identity", d.key}},
		{"it is not a backup", 1, []string{text, "--identity", d.key}},
		{"it was made for other recipients", 1, []string{file, "--identity", other}},
		{"is not a file of recovery keys", 2, []string{file, "--identity", file}},
		{"install the newer program", 1, []string{tomorrow, "--identity", d.key}},
		{"it is not signed by the key of this server", 1, []string{unsigned, "--identity", d.key}},
		{"it is not signed by the key of this server", 1, []string{file, "--identity", d.key, "--signer", theirs.Public().String()}},
		{"is not the public key of a server", 2, []string{file, "--identity", d.key, "--signer", "tinbao-signer-00"}},
		{"TINBAO_BACKUP_SIGNER: is missing", 2, []string{file, "--identity", d.key, "--keys", ""}},
		{"cannot be read", 2, []string{file + "x", "--identity", d.key}},
		{"--destroyed: ", 2, []string{file, "--identity", d.key, "--destroyed", d.list + "x"}},
	} {
		out := d.run(c.code, append([]string{"restore", "--into", into}, c.args...)...)
		if !strings.Contains(out, c.want) || strings.Count(strings.TrimSpace(out), "\n") > 0 {
			t.Errorf("%q, want one line with %q", out, c.want)
		}
		if n, err := storage.Occupied(t.Context(), into); err != nil || n != 0 {
			t.Fatalf("%v left %d tables (%v)", c.args, n, err)
		}
	}
	if out := d.run(1, "backup", "verify", short, "--identity", d.key); !strings.Contains(out, "it is damaged or not complete") {
		t.Error(out)
	}
	if err := os.WriteFile(file+backup.SumSuffix, []byte("00  x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := d.run(1, "backup", "verify", file, "--identity", d.key); !strings.Contains(out, backup.SumSuffix+": it is damaged") {
		t.Error(out)
	}
	d.settings.DestroyedList, d.list = "", ""
	if out := d.run(2, "restore", file, "--identity", d.key, "--into", into); !strings.Contains(out, "--no-destroyed-list") {
		t.Error(out)
	}
	// Where the keys are not, the public key of the server is enough to restore.
	signer := strings.TrimSpace(d.run(0, "backup", "signer"))
	out := d.run(0, "restore", file, "--identity", d.key, "--into", into, "--no-destroyed-list", "--keys", "", "--signer", signer)
	if !strings.Contains(out, "✓ restored: ") || !strings.Contains(out, "! the history is not checked without the key file") {
		t.Error(out)
	}
}

// signer signs as the server does.
func (d *drill) signer() *vault.Signer {
	d.t.Helper()
	v, err := d.settings.open()
	if err != nil {
		d.t.Fatal(err)
	}
	return v.BackupSigner()
}

// forged is a backup with another manifest and the rows of a real one, by whoever signs.
func (d *drill) forged(file string, by *vault.Signer, change func(*backup.Manifest)) string {
	d.t.Helper()
	keys, err := backup.Identities(d.key)
	if err != nil {
		d.t.Fatal(err)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		d.t.Fatal(err)
	}
	var m backup.Manifest
	var rows [][]byte
	if err := backup.Read(bytes.NewReader(raw), keys, d.signer().Public(), func(read backup.Manifest) (func(int, io.Reader) error, error) {
		m = read
		return func(_ int, r io.Reader) error {
			one, err := io.ReadAll(r)
			rows = append(rows, one)
			return err
		}, nil
	}); err != nil {
		d.t.Fatal(err)
	}
	change(&m)
	to, err := backup.Recipients([]string{d.recipient}, "")
	if err != nil {
		d.t.Fatal(err)
	}
	path := filepath.Join(d.t.TempDir(), "forged")
	if _, err := backup.Save(path, func(w io.Writer) error {
		return backup.Write(w, to, by, m, func(i int, w io.Writer) error { _, err := w.Write(rows[min(i, len(rows)-1)]); return err })
	}); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// Even what the server's own key has signed is rows and nothing else: a name that the
// schema does not have, or that reads like a statement, is refused and not executed, and
// rows that do not fit leave none behind.
func TestSignedBackupsAreStillData(t *testing.T) {
	t.Parallel()
	d := newDrill(t)
	d.report("an", 1)
	file := d.backedUp()
	mark := filepath.Join(t.TempDir(), "executed")
	const police = "; create policy open on casework.cases to tinbao_police using (true); --"
	at := func(m *backup.Manifest, name string) *cases.TableSum {
		return &m.Tables[slices.IndexFunc(m.Tables, func(t cases.TableSum) bool { return t.Name == name })]
	}
	for what, c := range map[string]struct {
		want   string
		change func(m *backup.Manifest)
	}{
		"a table more":          {`"table casework.more" is unknown`, func(m *backup.Manifest) { m.Tables = append(m.Tables, cases.TableSum{Name: "casework.more"}) }},
		"a table twice":         {`"table ward.wards" is unknown, or stands twice`, func(m *backup.Manifest) { m.Tables = append(m.Tables, *at(m, "ward.wards")) }},
		"a table less":          {"is missing", func(m *backup.Manifest) { m.Tables = m.Tables[:len(m.Tables)-1] }},
		"a catalogue as table":  {`"table pg_catalog.pg_policy" is unknown`, func(m *backup.Manifest) { at(m, "edge.mutes").Name = "pg_catalog.pg_policy" }},
		"a shell command":       {"is unknown", func(m *backup.Manifest) { at(m, "edge.mutes").Name = "edge.mutes from program 'touch " + mark + "' --" }},
		"a policy as a table":   {"is unknown", func(m *backup.Manifest) { at(m, "edge.mutes").Name += police }},
		"a column more":         {"table edge.mutes has other columns", func(m *backup.Manifest) { at(m, "edge.mutes").Columns += ", more integer" }},
		"a policy as a column":  {"table edge.mutes has other columns", func(m *backup.Manifest) { at(m, "edge.mutes").Columns += ")" + police }},
		"a sequence more":       {`"sequence ward.more" is unknown`, func(m *backup.Manifest) { m.Sequences = append(m.Sequences, cases.Sequence{Name: "ward.more"}) }},
		"a policy as sequence":  {"is unknown", func(m *backup.Manifest) { m.Sequences[0].Name += "')" + police }},
		"another number":        {"edge.mutes has 0 rows, not 7", func(m *backup.Manifest) { at(m, "edge.mutes").Rows = 7 }},
		"other rows":            {"casework.cases has other content", func(m *backup.Manifest) { at(m, "casework.cases").SHA256 = "00" }},
		"a schema of tomorrow":  {"install the newer program", func(m *backup.Manifest) { m.Schema = 99999 }},
		"no schema":             {"install the newer program", func(m *backup.Manifest) { m.Schema = -1 }},
		"jobs of tomorrow":      {"install the newer program", func(m *backup.Manifest) { m.Jobs = 99 }},
		"an older schema":       {"does not fit the schema of version 53", func(m *backup.Manifest) { m.Schema = 53 }},
		"other ends of history": {"the history ends elsewhere", func(m *backup.Manifest) { m.Histories[0].Heads = "00" }},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			into := testservers.Empty(t)
			out, code := command(t, append(d.environment(), "TINBAO_DESTROYED="+d.list), "restore", d.forged(file, d.signer(), c.change), "--identity", d.key, "--into", into)
			if code != 1 || !strings.Contains(out, c.want) {
				t.Errorf("%d %s, want %s", code, out, c.want)
			}
			if n, err := storage.Occupied(t.Context(), into); err != nil {
				t.Error(err)
			} else if n > 0 {
				rows := query[int](t, into, "select count(*)::int from casework.cases")[0] + query[int](t, into, "select count(*)::int from ward.wards")[0]
				if wrong := query[int](t, into, "select count(*)::int from pg_policies where policyname = 'open'")[0]; rows+wrong > 0 {
					t.Errorf("%d rows, %d policies are there", rows, wrong)
				}
			}
			if _, err := os.Stat(mark); err == nil {
				t.Error("a command ran")
			}
		})
	}
}

// What stands in the way of a backup is named in one line, and nothing is left behind.
func TestBackupsThatAreRefused(t *testing.T) {
	t.Parallel()
	d := newDrill(t)
	file := d.backedUp()
	before, empty := files(t, d.dir), t.TempDir()
	for want, env := range map[string][]string{
		"TINBAO_KEYS: is missing":                                       {"TINBAO_KEYS="},
		"TINBAO_BACKUP_RECIPIENTS: names nobody who could open":         {"TINBAO_BACKUP_RECIPIENTS="},
		"TINBAO_BACKUP_RECIPIENTS: recipient 2 is not one":              {"TINBAO_BACKUP_RECIPIENTS=" + d.recipient + ",age1xyz"},
		"DATABASE_URL: is not an address of Postgres":                   {"DATABASE_URL=mysql://x"},
		"TINBAO_DESTROYED: cannot be opened: no such file or directory": {"TINBAO_DESTROYED=" + filepath.Join(t.TempDir(), "none", "list")},
	} {
		env = append(append(d.environment(), "TINBAO_BACKUP_RECIPIENTS="+d.recipient), env...)
		out, code := command(t, env, "backup", "--to", empty)
		if code != exitSetting || !strings.Contains(out, want) || strings.Count(strings.TrimSpace(out), "\n") > 0 {
			t.Errorf("%d %q, want one line with %q", code, out, want)
		}
	}
	if out := d.run(2, "backup", "--to", file); !strings.Contains(out, "never written over") {
		t.Error(out)
	}
	if out := d.run(2, "backup", "keygen", d.key); !strings.Contains(out, "never written over") {
		t.Error(out)
	}
	if after := files(t, d.dir); len(after) != len(before) {
		t.Errorf("%v was left behind", after)
	}
	if left := files(t, empty); len(left) > 0 {
		t.Errorf("%v was left behind", left)
	}
}
