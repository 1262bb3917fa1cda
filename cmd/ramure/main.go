package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"ramure/internal/app"
	"ramure/internal/problem"
)

// version is set by the linker for releases.
var version = "dev"

// cli is the whole command line.
type cli struct {
	Serve   serveCommand   `cmd:"" help:"Run the service. Example: ramure serve --demo"`
	Verify  verifyCommand  `cmd:"" help:"Verify a badge. Example: ramure verify badge.json"`
	Venue   venueCommand   `cmd:"" help:"Create and list venues."`
	Token   tokenCommand   `cmd:"" help:"Create, list and revoke API tokens."`
	Log     logCommand     `cmd:"" help:"Read the transparency log."`
	Migrate migrateCommand `cmd:"" help:"Bring the database's schema up to date, or show where it is."`
	Config  configCommand  `cmd:"" help:"Show the settings as they were understood, secrets masked. Example: ramure config"`
	Health  healthCommand  `cmd:"" help:"Ask the running service how it is, for containers. Example: ramure health"`
	Version versionCommand `cmd:"" help:"Show the version. Example: ramure version"`
}

// exit is an error that carries the status that the command ends with.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// session is what every command is given: its streams, and the environment
// that the product is made with.
type session struct {
	context.Context
	stdin          io.Reader
	stdout, stderr io.Writer
	env            app.Env
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run parses the arguments, runs the command, and answers its exit status: 0
// for success, 2 for wrong use, 1 for everything else unless a command says so.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var line cli
	parser, err := kong.New(&line, kong.Name("ramure"), kong.UsageOnError(), kong.Writers(stdout, stderr),
		kong.Description("Certify competences with Open Badges that anybody can verify."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(stderr, "ramure:", err)
		return 1
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(stderr, "ramure:", err)
		return 2
	}
	s := &session{Context: ctx, stdin: stdin, stdout: stdout, stderr: stderr, env: app.Env{
		Now: time.Now, Rand: rand.Reader, Version: version, Log: slog.New(slog.NewJSONHandler(stderr, nil))}}
	return status(parsed.Run(s), stderr)
}

// status turns the outcome of a command into its exit status, and says what
// went wrong.
func status(err error, stderr io.Writer) int {
	var code exit
	var failure *problem.Error
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &failure):
		fmt.Fprintln(stderr, "ramure:", explain(failure))
		if failure.Kind == problem.Invalid {
			return 2
		}
		return 1
	}
	fmt.Fprintln(stderr, "ramure:", err)
	return 1
}
