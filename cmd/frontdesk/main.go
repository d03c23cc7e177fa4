// Command frontdesk is the front desk of a campus or residence, run by chat.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a site's zone is known on a machine without a zone database

	"github.com/alecthomas/kong"
)

// version is set when a release is built.
var version = "dev"

// CLI is the command line.
type CLI struct {
	Serve      ServeCmd          `cmd:"" help:"Run the desk."`
	Check      CheckCmd          `cmd:"" help:"Check a configuration: every error at once, with its line; and the store of the running desk."`
	Status     StatusCmd         `cmd:"" help:"Say whether each part of the running desk goes on. Exits with 1 if one does not."`
	Reload     ReloadCmd         `cmd:"" help:"Have the running desk read its configuration anew."`
	Stop       StopCmd           `cmd:"" help:"Stop the running desk, and wait until it has stopped."`
	Find       FindCmd           `cmd:"" help:"Find tickets of the running desk, by number, place or words."`
	SOSDrill   EmergencyDrillCmd `cmd:"" name:"drill" help:"Try whom an emergency would reach: call everybody as an exercise. Exits with 1 if nobody would be reached or the webhook did not answer."`
	Demo       DemoCmd           `cmd:"" help:"Try the desk without a token or a server: a campus plays a day by itself."`
	Backup     BackupCmd         `cmd:"" help:"Make a verified backup, also while the desk runs."`
	Import     ImportCmd         `cmd:"" help:"Take over lists of people or places from a CSV file or a workbook."`
	Route      RouteCmd          `cmd:"" help:"Say where a sentence would go, and why."`
	Restore    RestoreCmd        `cmd:"" help:"Put a backup in the place of the store. The desk must not run."`
	Drill      DrillCmd          `cmd:"" name:"restore-drill" help:"Try whether the newest backup can be restored, without touching the desk."`
	Fsck       FsckCmd           `cmd:"" name:"check-store" help:"Check a store file that is not in use, or a backup, from end to end."`
	Understand UnderstandCmd     `cmd:"" help:"Say what the desk would do with a first sentence, and why."`
	QR         QRCmd             `cmd:"" name:"qr" help:"Write stickers for rooms, areas and machines: a scan opens the chat with the place filled in."`
	Link       LinkCmd           `cmd:"" help:"Print a link that opens the chat with answers filled in."`
	Texts      TextsCmd          `cmd:"" help:"Print every text in every language, to be proofread."`
	Version    VersionCmd        `cmd:"" help:"Print the version."`
	Help       HelpCmd           `cmd:"" help:"Print a guide: for a role, or for whoever runs the desk."`
}

// VersionCmd prints the version.
type VersionCmd struct{}

// Run prints it.
func (VersionCmd) Run() error {
	_, err := fmt.Println("frontdesk", version)
	return err
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

// exit codes, beside 0: 1 the command failed, 2 it was called wrongly, 3 the
// store is in use, 4 the store failed while running.
const (
	exitFailed = 1
	exitUsage  = 2
	exitInUse  = 3
	exitStore  = 4
)

// codeError is an error with an exit code of its own.
type codeError struct {
	code int
	err  error
}

func (e *codeError) Error() string { return e.err.Error() }
func (e *codeError) Unwrap() error { return e.err }

func run(ctx context.Context, args []string) int { return runWith(ctx, args, os.Stdout, os.Stderr) }

// stderr is where a command logs, and where errors go.
type stderr struct{ io.Writer }

// runWith is run, for commands that write elsewhere.
func runWith(ctx context.Context, args []string, out, errs io.Writer) int {
	var cli CLI
	code := 0
	parser, err := kong.New(&cli, kong.Name("frontdesk"), kong.UsageOnError(),
		kong.Description("The front desk of a campus or residence, run by chat."),
		kong.Exit(func(n int) { panic(exiting(n)) }), kong.BindTo(ctx, (*context.Context)(nil)), kong.BindTo(out, (*io.Writer)(nil)),
		kong.Bind(stderr{errs}), kong.Writers(out, errs))
	if err != nil {
		fmt.Fprintln(errs, "frontdesk:", err)
		return exitUsage
	}
	parsed, err := parse(parser, args, &code)
	if err != nil {
		fmt.Fprintln(errs, "frontdesk:", err)
		return exitUsage
	}
	if parsed == nil {
		return code
	}
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(errs, "frontdesk:", err)
		var coded *codeError
		if errors.As(err, &coded) {
			return coded.code
		}
		return exitFailed
	}
	return 0
}

// exiting is how kong leaves after --help.
type exiting int

func parse(parser *kong.Kong, args []string, code *int) (parsed *kong.Context, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case exiting:
			parsed, err, *code = nil, nil, int(r)
		default:
			panic(r)
		}
	}()
	return parser.Parse(args)
}
