package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"ramure/internal/app"
	"ramure/internal/locale"
	"ramure/web"
)

// version is set by the linker for releases.
var version = "dev"

// cli is the whole command line.
type cli struct {
	Serve   serveCommand   `cmd:"" help:"Run the service."`
	Verify  verifyCommand  `cmd:"" help:"Verify badges: files, addresses, or standard input."`
	Venue   venueCommand   `cmd:"" help:"Create and list venues."`
	Token   tokenCommand   `cmd:"" help:"Create, list and revoke API tokens."`
	Trust   trustCommand   `cmd:"" help:"Say which issuers elsewhere are known here."`
	Admin   adminCommand   `cmd:"" help:"Give people their way in."`
	Log     logCommand     `cmd:"" help:"Read the transparency log."`
	Migrate migrateCommand `cmd:"" help:"Bring the database's schema up to date, or show where it is."`
	Config  configCommand  `cmd:"" help:"Show the settings as they were understood, secrets masked."`
	Health  healthCommand  `cmd:"" help:"Ask the running service whether it is alive, for containers."`
	Version versionCommand `cmd:"" help:"Show the version."`
}

// Help is what stands above the list of commands.
func (cli) Help() string {
	return "Each command has an example in its own help. Every setting is a flag and an environment " +
		"variable; with none, the service runs on this machine, with its data in ./data.\n\n" +
		"Example:\n\n    ramure serve --demo\n    ramure verify badge.json"
}

// session is what every command is given: its streams, the environment that
// the product is made with, and the voice that speaks to the person.
type session struct {
	context.Context
	stdin          io.Reader
	stdout, stderr io.Writer
	env            app.Env
	voice          *locale.Localizer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(&session{Context: ctx, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, env: app.Env{
		Now: time.Now, Rand: rand.Reader, Version: version, Log: slog.New(slog.NewJSONHandler(os.Stderr, nil))}},
		os.Args[1:])
	stop()
	os.Exit(code)
}

// run parses the arguments, runs the command, and answers its exit status.
func run(s *session, args []string) int {
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		fmt.Fprintln(s.stderr, "ramure:", err)
		return failed
	}
	s.voice = catalogue.Localizer(language(os.Getenv))
	var line cli
	parser, err := kong.New(&line, kong.Name("ramure"), kong.Writers(s.stdout, s.stderr), settings,
		kong.Description("Certify competences with Open Badges that anybody can verify."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(s.stderr, "ramure:", err)
		return failed
	}
	parsed, err := parser.Parse(shield(args))
	if err != nil {
		fmt.Fprintf(s.stderr, "ramure: %v\nramure --help says what there is.\n", err)
		if name := hyphenFile(args); name != "" {
			fmt.Fprintf(s.stderr, "If you mean the file, write ./%s.\n", printable(name))
		}
		return misused
	}
	return s.status(parsed.Run(s))
}

// settings puts the flags that all commands share below those of each.
var settings = kong.ExplicitGroups([]kong.Group{{Key: "settings", Title: "Settings, each also an environment variable:"}})
