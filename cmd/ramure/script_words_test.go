package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite"

	"ramure/internal/freshness"
)

// word is what a script can say besides testscript's own words.
type word = func(ts *testscript.TestScript, neg bool, args []string)

var scriptCommands = map[string]word{
	"code":    code,    // code N ramure …: the command ends with that status
	"await":   await,   // await: until the service of the script's ports answers
	"fetch":   fetch,   // fetch PATH ACCEPT FILE
	"post":    post,    // post PATH STATUS BODY FILE: with the token $TOKEN
	"capture": capture, // capture NAME FILE REGEXP: $NAME is what the group matches
	"soon":    soon,    // soon PATH STATUS BODY FILE: posts until the status comes
	"member":  member,  // member NAME FILE a.b: $NAME is the text of a JSON member
	"spoil":   spoil,   // spoil FILE OLD NEW TO: replaces every OLD, of which there is one at least
	"report":  report,  // report FILE VERDICT: FILE is a report of the contract's shape
	"sql":     execute,
	"rows":    rows, // rows FILE: each badge of the demonstration's table has the verdict that is printed
}

// took checks how many arguments a word was given.
func took(ts *testscript.TestScript, neg bool, args []string, usage string) {
	if neg || len(args) != len(strings.Fields(usage)) {
		ts.Fatalf("usage: %s", usage)
	}
}

func code(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if neg || err != nil {
		ts.Fatalf("usage: code STATUS program args…")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("%v", err)
		}
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// patience bounds the wait for a service that starts.
const patience = 60 * time.Second

func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: await")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		_, _, err := send(ctx, http.MethodGet, "http://"+ts.Getenv("RAMURE_ADMIN_LISTEN")+"/healthz", "")
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			ts.Fatalf("the service did not start: %v", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// soon repeats a post until it is answered with the status that is wanted: what
// another process changes, the service may take a second to learn.
func soon(ts *testscript.TestScript, neg bool, args []string) {
	took(ts, neg, args, "PATH STATUS BODY FILE")
	for late := time.After(freshness.Limit + 9*time.Second); ; {
		got, body, err := submit(ts, args)
		if err == nil && strconv.Itoa(got) == args[1] {
			return
		}
		select {
		case <-late:
			ts.Fatalf("still answered %d: %s, %v", got, body, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func fetch(ts *testscript.TestScript, neg bool, args []string) {
	took(ts, neg, args, "PATH ACCEPT FILE")
	got, body, err := send(context.Background(), http.MethodGet, ts.Getenv("BASE")+args[0], "", "Accept", args[1])
	ts.Check(err)
	if got != http.StatusOK {
		ts.Fatalf("answered %d: %s", got, body)
	}
	keep(ts, args[2], body)
}

func post(ts *testscript.TestScript, neg bool, args []string) {
	took(ts, neg, args, "PATH STATUS BODY FILE")
	got, body, err := submit(ts, args)
	ts.Check(err)
	if strconv.Itoa(got) != args[1] {
		ts.Fatalf("answered %d: %s", got, body)
	}
	keep(ts, args[3], body)
}

func submit(ts *testscript.TestScript, args []string) (int, []byte, error) {
	return send(context.Background(), http.MethodPost, ts.Getenv("BASE")+args[0], ts.ReadFile(args[2]),
		"Authorization", "Bearer "+ts.Getenv("TOKEN"), "Content-Type", "application/json", "Idempotency-Key", args[3])
}

var client = &http.Client{Timeout: 30 * time.Second}

func send(ctx context.Context, method, address, body string, header ...string) (int, []byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return response.StatusCode, answer, err
}

// execute runs a statement behind the service's back.
func execute(ts *testscript.TestScript, neg bool, args []string) {
	took(ts, neg, args, "STATEMENT")
	driver, address := "sqlite", ts.Getenv("RAMURE_DATA_DIR")+"/ramure.db"
	if url := ts.Getenv("RAMURE_DATABASE_URL"); strings.HasPrefix(url, "postgres") {
		driver, address = "pgx", url
	}
	db, err := sql.Open(driver, address)
	ts.Check(err)
	defer db.Close()
	result, err := db.Exec(args[0])
	ts.Check(err)
	changed, err := result.RowsAffected()
	ts.Check(err)
	fmt.Fprintln(ts.Stdout(), changed)
}
