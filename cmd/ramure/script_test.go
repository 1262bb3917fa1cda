package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"ramure/internal/store/pgtest"
)

func TestMain(m *testing.M) { testscript.Main(suite{m}, map[string]func(){"ramure": main}) }

// suite stops the PostgreSQL that the scripts shared.
type suite struct{ *testing.M }

func (s suite) Run() int { return pgtest.Run(s.M) }

// The stories of testdata/script ask nothing of the database, or ask it of the
// embedded one.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, params(t, "testdata/script", "sqlite"))
}

// The stories of testdata/both are told once on each database.
func TestScriptsOnBothDatabases(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, params(t, "testdata/both", engine))
		})
	}
}

// params gives each script a data directory, two ports and a database of its
// own. scriptCommands are what scripts can say besides testscript's own words.
func params(t *testing.T, dir, engine string) testscript.Params {
	return testscript.Params{Dir: dir, Cmds: scriptCommands, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			listen, admin, err := freePorts()
			if err != nil {
				return err
			}
			_, port, err := net.SplitHostPort(listen)
			if err != nil {
				return err
			}
			e.Vars = append(e.Vars, "LC_ALL=fr_FR.UTF-8", "RAMURE_LISTEN="+listen, "RAMURE_ADMIN_LISTEN="+admin,
				"RAMURE_DATA_DIR="+e.WorkDir+"/data", "PORT="+port, "BASE=http://localhost:"+port, "DID=did:web:localhost%3A"+port)
			if engine == "postgres" {
				e.Vars = append(e.Vars, "RAMURE_DATABASE_URL="+pgtest.Database(t))
			}
			return nil
		}}
}

// freePorts finds two. They lie below those that the kernel gives to clients
// (ip_local_port_range), so that no connection of another test takes one before
// the service does.
func freePorts() (one, other string, err error) {
	for range 100 {
		first, second := 20000+rand.IntN(5000), 25000+rand.IntN(5000)
		one, other = fmt.Sprintf("127.0.0.1:%d", first), fmt.Sprintf("127.0.0.1:%d", second)
		if err = errors.Join(isFree(one), isFree(other)); err == nil {
			break
		}
	}
	return one, other, err
}

func isFree(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	return listener.Close()
}
