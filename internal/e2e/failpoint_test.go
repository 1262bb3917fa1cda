package e2e

import (
	"crypto/rand"
	"database/sql"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ramure/internal/app"
	"ramure/internal/config"
	"ramure/internal/failpoint"
	"ramure/internal/store/pgtest"
	"ramure/internal/translog"
)

// At every step of issuing, revoking, sequencing and signing a status list anew
// the real program is ended, or its database or signer fails, under clients that
// ask again with their keys. It goes on, from a new start or without one; what was
// answered is there once, in the log once, and the status lists say what the
// revocations say.
func TestFailpoints(t *testing.T) {
	path := compile(t, "nomsgpack,failpoint")
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			x := newTrial(t, path, engine)
			for _, point := range x.points() {
				for _, action := range []string{failpoint.Crash, failpoint.Error} {
					x.cell(point, action)
				}
			}
			x.audit()
			x.logsEachOnce()
			x.knowsEveryStep()
			if x.cells < leastCells {
				t.Errorf("%d cells, want %d at least", x.cells, leastCells)
			}
			t.Logf("%d cells, %d awards and %d revocations answered, %d failures told: 0 lost, 0 doubled, 0 unlogged",
				x.cells, x.issued, x.takenBack, x.told)
		})
	}
}

// leastCells is less than there are, so that they cannot dwindle unseen.
const leastCells = 130

// trial is the program under trial on one database.
type trial struct {
	*testing.T
	engine string
	*program
	service *service
	config  config.Config
	core    *app.Core // beside the service, for what no failure is meant for
	db      *sql.DB   // the database itself
	folder  string    // where failures are asked for

	serial, cells, issued, takenBack, told, broken int
	mutex                                          sync.Mutex
}

func newTrial(t *testing.T, path, engine string) *trial {
	t.Helper()
	x := &trial{T: t, engine: engine, program: install(t, path), folder: t.TempDir()}
	for _, name := range []string{"armed", "reached"} {
		x.must(os.Mkdir(filepath.Join(x.folder, name), 0o700))
	}
	data := t.TempDir()
	x.config = config.Config{Listen: strings.TrimPrefix(x.base, "http://"), BaseURL: x.base, AdminListen: "127.0.0.1:0",
		DataDir: data, DatabaseURL: "sqlite:" + filepath.Join(data, "ramure.db")}
	if engine == "postgres" {
		x.config.DatabaseURL = pgtest.Database(t)
	}
	x.env = append(x.env, "RAMURE_DATA_DIR="+data, "RAMURE_DATABASE_URL="+x.config.DatabaseURL, failpoint.Folder+"="+x.folder)
	x.must(x.config.Complete())
	x.service = x.serve()
	x.openBeside()
	return x
}

// openBeside reaches the database past the service.
func (x *trial) openBeside() {
	x.Helper()
	core, err := app.Open(x.Context(), x.config, x.world())
	x.must(err)
	x.core = core
	driver, address := "sqlite", strings.TrimPrefix(x.config.DatabaseURL, "sqlite:")+"?_busy_timeout=4000"
	if x.engine == "postgres" {
		driver, address = "pgx", x.config.DatabaseURL
	}
	x.db, err = sql.Open(driver, address)
	x.must(err)
	x.Cleanup(func() { x.must(errors.Join(x.db.Close(), core.Close())) })
}

func (x *trial) world() app.Env {
	return app.Env{Now: time.Now, Rand: rand.Reader, Version: "test", Log: slog.New(slog.DiscardHandler)}
}

func (x *trial) must(err error) {
	x.Helper()
	if err != nil {
		x.Fatal(err)
	}
}

// points are those of this database.
func (x *trial) points() (own []failpoint.Point) {
	for _, point := range failpoint.Points() {
		if point.Engine == "" || point.Engine == x.engine {
			own = append(own, point)
		}
	}
	return own
}

// attempts is how often an act is tried for its step to be passed: two clients
// have to meet for some of them.
const attempts = 20

// auditEvery is after how many cells all that is stored is recomputed; each cell's
// own badges are held against its answers at once.
const auditEvery = 5

// cell has one thing happen at one step, while its act is done.
func (x *trial) cell(point failpoint.Point, action string) {
	x.Helper()
	verb, _, _ := strings.Cut(point.Name, "/")
	for range attempts {
		act := acts[verb](x)
		if point.Cold {
			x.stop(x.service)
			x.service = x.serve()
		}
		x.arm(point.Name, action)
		done := make(chan struct{})
		go func() { defer close(done); act.do() }()
		happened := x.await(point.Name, done)
		if happened && action == failpoint.Crash {
			<-x.service.gone
			x.service = x.serve()
		}
		<-done
		x.disarm(point.Name)
		act.check(point.Name + " " + action)
		x.saysWhatFails(point.Name)
		if happened {
			if x.cells++; x.cells%auditEvery == 0 {
				x.audit()
			}
			return
		}
	}
	x.Errorf("%s: never passed", point.Name)
}

// audit recomputes everything from what is stored.
func (x *trial) audit() {
	x.Helper()
	done, err := app.Fsck(x.Context(), x.config, x.world())
	x.must(err)
	if done.Found > 0 {
		x.Fatalf("log fsck: %d findings: %v", done.Found, done.Findings)
	}
}

// logsEachOnce counts the leaves of what was answered.
func (x *trial) logsEachOnce() {
	x.Helper()
	leaves := (&site{App: &app.App{Core: x.core}, tb: x.T, Base: x.base}).soundLog(x.T)
	if issued, revoked := leaves[translog.KindIssue], leaves[translog.KindRevoke]; issued != x.issued || revoked != x.takenBack {
		x.Errorf("%d awards and %d revocations were answered; %d and %d are in the log", x.issued, x.takenBack, issued, revoked)
	}
}

// knowsEveryStep holds what was passed against the names.
func (x *trial) knowsEveryStep() {
	x.Helper()
	passed, err := os.ReadDir(filepath.Join(x.folder, "reached"))
	x.must(err)
	var names []string
	for _, file := range passed {
		names = append(names, failpoint.Named(file.Name()))
	}
	for _, point := range x.points() {
		if !slices.Contains(names, point.Name) {
			x.Errorf("%s is a name, and no step", point.Name)
		}
		names = slices.DeleteFunc(names, func(name string) bool { return name == point.Name })
	}
	if len(names) > 0 {
		x.Errorf("steps without a name: %v", names)
	}
}

// inside are the steps that have no database to fail, whose failure is our own.
var inside = regexp.MustCompile(`/(sign-|verify-|reserved|composed|recorded)`)

// saysWhatFails wants a failure of the database to be told as one: come back, it
// was not you, nothing was done. Where our own signer fails, nobody knows when.
func (x *trial) saysWhatFails(point string) {
	if x.broken > 0 && !inside.MatchString(point) {
		x.Errorf("%s: %d clients were told of an internal error", point, x.broken)
	}
	x.broken = 0
}
