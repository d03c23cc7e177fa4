package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// Running is how a command finds the running desk.
type Running struct {
	Config string `help:"The configuration file, of which only admin.socket is read." default:"config.yaml" type:"path"`
	Socket string `help:"The socket of the running desk, instead of the configuration's." type:"path"`
}

func (r Running) socket() (string, error) {
	if r.Socket != "" {
		return r.Socket, nil
	}
	return socketIn(r.Config, os.LookupEnv)
}

// ask has the running desk do something, and prints what it says.
func (r Running) ask(ctx context.Context, out io.Writer, path, body string) error {
	socket, err := r.socket()
	if err != nil {
		return err
	}
	text, err := askAdmin(ctx, socket, path, body)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, text)
	return err
}

// StatusCmd says how the running desk goes.
type StatusCmd struct {
	Running
	Quiet bool `help:"Say nothing: only the exit code counts." short:"q"`
}

var errNotReady = errors.New("the desk runs, and is not ready")

// Run prints the parts and some counts.
func (cmd *StatusCmd) Run(ctx context.Context, out io.Writer) error {
	socket, err := cmd.socket()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	code, text, err := callAdmin(ctx, socket, http.MethodGet, "/status", "")
	if err != nil {
		return err
	}
	if !cmd.Quiet {
		if _, err := fmt.Fprintln(out, text); err != nil {
			return err
		}
	}
	if code != http.StatusOK {
		return errNotReady
	}
	return nil
}

// ReloadCmd has the running desk read its configuration anew.
type ReloadCmd struct{ Running }

// Run prints what is in force now, and what needs a restart.
func (cmd *ReloadCmd) Run(ctx context.Context, out io.Writer) error {
	return cmd.ask(ctx, out, "/reload", "")
}

// StopCmd stops the running desk.
type StopCmd struct {
	Running
	Timeout time.Duration `help:"How long to wait." default:"30s"`
}

// Run waits until the store is closed.
func (cmd *StopCmd) Run(ctx context.Context, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, cmd.Timeout)
	defer cancel()
	return cmd.ask(ctx, out, "/stop", "")
}

// FindCmd finds tickets.
type FindCmd struct {
	Running
	Most int      `help:"How many at most." default:"20" short:"n"`
	Text []string `arg:"" help:"A number such as R-1042, a place such as 3-502, or words."`
}

// Run prints one line a ticket, the newest first.
func (cmd *FindCmd) Run(ctx context.Context, out io.Writer) error {
	socket, err := cmd.socket()
	if err != nil {
		return err
	}
	query := url.Values{"n": {fmt.Sprint(cmd.Most)}, "q": cmd.Text}
	code, text, err := callAdmin(ctx, socket, http.MethodGet, "/find?"+query.Encode(), "")
	if err != nil {
		return err
	}
	if code != http.StatusOK {
		return errors.New(text)
	}
	_, err = fmt.Fprintln(out, text)
	return err
}

// CheckCmd checks a configuration, and the store of the running desk.
type CheckCmd struct {
	Config string `help:"The configuration file." default:"config.yaml" type:"path"`
	Online bool   `help:"Also ask Telegram and WeCom whether the settings work."`
}

// Run says every error at once.
func (cmd *CheckCmd) Run(ctx context.Context, out io.Writer) error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s is good: %d departments, %d categories, %d buildings\n",
		cmd.Config, len(config.Site.Departments), len(config.Site.Categories), len(config.Site.Places.Buildings()))
	if err != nil {
		return err
	}
	if cmd.Online {
		if err := checkOnline(ctx, config, networkOptions{}, out); err != nil {
			return err
		}
	}
	path, err := filepath.Abs(cmd.Config)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]string{"path": path})
	if err != nil {
		return err
	}
	text, err := askAdmin(ctx, config.AdminSocket, "/check", string(body))
	if errors.Is(err, errNotRunning) {
		text, err = "the desk does not run: its store was not looked at (check-store FILE does that)", nil
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, text)
	return err
}
