package store_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"ramure/internal/store"
	"ramure/internal/store/pgtest"
)

func backendCPU(pid int) time.Duration {
	raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	f := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	u, _ := strconv.Atoi(f[11])
	s, _ := strconv.Atoi(f[12])
	return time.Duration(u+s) * 10 * time.Millisecond
}
func selfCPU() time.Duration {
	var r syscall.Rusage
	syscall.Getrusage(0, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func TestExperiment(t *testing.T) {
	url := pgtest.New(t, pgtest.Options{NoSync: true}).Database(t)
	s := open(t, url, store.Options{Connections: 1})
	ready(t, s)
	s.Database().Exec(`CREATE TABLE floor (id UUID PRIMARY KEY, document BYTEA); ALTER TABLE floor ALTER document SET COMPRESSION lz4`)
	var pid int
	must(t, s.Database().QueryRow("SELECT pg_backend_pid()").Scan(&pid))
	var v string
	s.Database().QueryRow("SELECT version()").Scan(&v)
	t.Log(v)
	n := int64(0)
	run := func(name string, act func(n int64) error) {
		for range 200 {
			n++
			must(t, act(n))
		}
		const ops = 4000
		b, c, w := backendCPU(pid), selfCPU(), time.Now()
		for range ops {
			n++
			must(t, act(n))
		}
		t.Logf("%-20s backend %v  client %v wall %v", name, (backendCPU(pid)-b)/ops, (selfCPU()-c)/ops, time.Since(w)/ops)
	}
	if os.Getenv("PERF") != "" {
		go func() {
			time.Sleep(time.Second)
			out, err := exec.Command("perf", "record", "-F", "5000", "-g", "-o", "/tmp/h13/perf.data", "-p", strconv.Itoa(pid), "--", "sleep", "5").CombinedOutput()
			fmt.Println(string(out), err)
		}()
		for began := time.Now(); time.Since(began) < 7*time.Second; {
			n++
			s.RecordAward(context.Background(), operator, benchRecord(n))
		}
		return
	}
	for range 3 {
		run("nothing", func(n int64) error { benchRecord(n); return nil })
		run("record", func(n int64) error {
			_, err := s.RecordAward(context.Background(), operator, benchRecord(n))
			return err
		})
		run("insert", func(n int64) error { return bareInsert(s.Database(), n) })
	}
}

func TestExperimentSQLite(t *testing.T) {
	s := open(t, "sqlite:"+t.TempDir()+"/x.db", store.Options{})
	ready(t, s)
	n := int64(0)
	for _, callers := range []int{1, 16} {
		for range 3 {
			const each = 4000
			c, w := selfCPU(), time.Now()
			var group sync.WaitGroup
			var serial atomic.Int64
			for range callers {
				group.Go(func() {
					for {
						i := serial.Add(1)
						if i > each { return }
						if _, err := s.RecordAward(context.Background(), operator, benchRecord(n+i)); err != nil { t.Error(err) }
					}
				})
			}
			group.Wait()
			n += each + 20
			t.Logf("%d callers: cpu %v wall %v", callers, (selfCPU()-c)/each, time.Since(w)/each)
		}
	}
}
