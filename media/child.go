package media

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	"golang.org/x/sync/semaphore"

	"tinbao/cases"
)

// What all work on files may take at once, within the smallest limit that is shipped
// (1 GiB: compose.yaml, deploy/kubernetes; the systemd unit has 2 GiB). The rest is for
// the program itself and for scratch files, which lie in a tmpfs and count as memory.
const (
	SmallestLimit = 1 << 30
	Budget        = 640 << 20
)

const (
	// heavyShare is what a child with tools takes of the budget: film, sound, documents,
	// HEIF and large photos, one at a time. The rest is for small photos meanwhile.
	heavyShare = 480 << 20
	lightShare = Budget - heavyShare
	// toolMemory bounds each process of a heavy child, see limit.
	toolMemory = 416 << 20
	// runtimeShare is what Go itself reserves, more than it uses.
	runtimeShare = 128 << 20
	// maxScratch bounds each file that a tool writes.
	maxScratch = 64 << 20
)

// patience is how long a child may take by the clock; the processor time of each process is
// bounded by twice that, for two threads.
const (
	photoPatience = 60 * time.Second
	toolPatience  = 120 * time.Second
	// childFarewell is how long a killed child may hold its pipes.
	childFarewell = 2 * time.Second
)

// childName stands where a program's name stands, and says that this process is to clean
// one file or make one paper.
const childName = "tinbao-media"

// The memory of the budget is handed out in the order of asking, apart for small photos,
// which do not wait for a film.
var (
	heavySlot  = semaphore.NewWeighted(1)
	lightSlots = semaphore.NewWeighted(lightShare)
)

// acquire waits for a share of the budget.
func acquire(ctx context.Context, share int64) (release func(), err error) {
	slots := lightSlots
	if share > lightShare {
		slots, share = heavySlot, 1
	}
	if err := slots.Acquire(ctx, share); err != nil {
		return nil, transient(err)
	}
	return func() { slots.Release(share) }, nil
}

// job is what a child is to do, and within which limits.
type job struct {
	Kind     cases.MediaKind
	Memory   int64 // bytes of data in each process, see limit
	Patience time.Duration
	Program  string // the path of LibreOffice, where a paper is made
	share    int64  // of the budget
}

// answer is the first line that a child writes; the clean file follows.
type answer struct {
	Text      string // locale key of a refusal
	MIME      string
	Transient bool   // a failure of ours, worth another try
	Cause     string // for the log, says nothing of the file
	// The most memory that the child and that one of its tools held, in KiB.
	Child, Tool int64
}

// clean has a file cleaned by a child of its own. A child that dies, or reaches a limit,
// refuses the file: it would die again.
func (j job) clean(ctx context.Context, body []byte) (_ []byte, _ answer, err error) {
	release, err := acquire(ctx, j.share)
	if err != nil {
		return nil, answer{}, err
	}
	defer release()
	bounded, cancel := context.WithTimeout(ctx, j.Patience)
	defer cancel()
	dir, err := os.MkdirTemp("", "tinbao-*") // mode 0700
	if err != nil {
		return nil, answer{}, transient(err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	cmd := exec.CommandContext(bounded, "/proc/self/exe")
	cmd.Args = []string{childName, string(j.Kind), strconv.FormatInt(j.Memory, 10), strconv.Itoa(int(j.Patience.Seconds())), j.Program}
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + dir, "GOTRACEBACK=none"} // no secrets
	cmd.Dir = "/"
	cmd.Stdin = bytes.NewReader(body)
	var out bytes.Buffer
	cmd.Stdout = &capped{to: &out, left: MaxBytes + answerSize}
	cmd.WaitDelay = childFarewell
	apart(cmd)
	alive, ours, err := os.Pipe() // closed when this program ends, however it does
	if err != nil {
		return nil, answer{}, transient(err)
	}
	defer ours.Close()
	cmd.ExtraFiles = []*os.File{alive}
	err = cmd.Start()
	if err := errors.Join(err, alive.Close()); err != nil {
		return nil, answer{}, transient(err)
	}
	died := cmd.Wait()
	if died != nil {
		sweep(cmd)
	}
	if ctx.Err() != nil {
		return nil, answer{}, transient(ctx.Err())
	}
	line, clean, found := bytes.Cut(out.Bytes(), []byte("\n"))
	var a answer
	if died != nil || !found || json.Unmarshal(line, &a) != nil {
		return nil, answer{}, refuse(TextHard, fmt.Errorf("the child of a file died: %w", errors.Join(died, bounded.Err())))
	}
	switch {
	case a.Transient:
		return nil, a, transient(errors.New(a.Cause))
	case a.Text != "":
		return nil, a, refuse(a.Text, errors.New(a.Cause))
	}
	return clean, a, nil
}

// Check cleans a small photo, to find out whether a child can be started and confined here.
func Check(ctx context.Context) error {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		return err
	}
	_, _, err := Clean(ctx, cases.Photo, photo.Bytes())
	return err
}

func transient(cause error) error {
	return &cases.Error{Kind: cases.Transient, Cause: fmt.Errorf("cleaning a file: %w", cause)}
}

// answerSize is more than the first line of a child is long.
const answerSize = 4096

// capped writes so many bytes at most.
type capped struct {
	to   io.Writer
	left int
}

var errTooMuch = errors.New("more bytes than are taken")

func (c *capped) Write(b []byte) (int, error) {
	if c.left -= len(b); c.left < 0 {
		return 0, errTooMuch
	}
	return c.to.Write(b)
}

// Child cleans one file, or makes one paper, and ends the process, where Clean or PDF started
// this process for that;
// else it does nothing. It belongs at the beginning of main and of TestMain.
func Child() {
	if len(os.Args) != 5 || os.Args[0] != childName {
		return
	}
	memory, err := strconv.ParseInt(os.Args[2], 10, 64)
	if err != nil {
		os.Exit(1)
	}
	seconds, err := strconv.Atoi(os.Args[3])
	if err != nil {
		os.Exit(1)
	}
	j := job{Kind: cases.MediaKind(os.Args[1]), Memory: memory, Patience: time.Duration(seconds) * time.Second, Program: os.Args[4]}
	if err := j.serve(); err != nil {
		os.Exit(1) // nobody is left to read why
	}
	os.Exit(0)
}

// serve is the life of a child.
func (j job) serve() error {
	if err := confine(j); err != nil {
		return write(answer{Transient: true, Cause: "a child cannot be confined: " + err.Error()}, nil)
	}
	go endWithParent(os.NewFile(3, "alive"))
	ctx, cancel := context.WithTimeout(context.Background(), j.Patience)
	defer cancel()
	body, err := io.ReadAll(io.LimitReader(os.Stdin, MaxBytes+1))
	if err != nil {
		return err
	}
	var clean []byte
	var mime string
	if j.Kind == paper {
		clean, err = j.print(ctx, body)
	} else {
		clean, mime, err = installed().clean(ctx, j, body)
	}
	a := answer{MIME: mime}
	a.Child, a.Tool = peaks()
	if err != nil {
		var failure *cases.Error
		if !errors.As(err, &failure) {
			failure = &cases.Error{Kind: cases.Transient, Cause: err}
		}
		a.Text, a.Transient = failure.Text, failure.Kind != cases.Invalid
		if failure.Cause != nil {
			a.Cause = failure.Cause.Error()
		}
		return write(a, nil)
	}
	return write(a, clean)
}

func write(a answer, clean []byte) error {
	line, err := json.Marshal(a)
	if err != nil {
		return err
	}
	if _, err := os.Stdout.Write(append(line, '\n')); err != nil {
		return err
	}
	_, err = os.Stdout.Write(clean)
	return err
}
