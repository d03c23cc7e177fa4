//go:build unix

package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime/pprof"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"frontdesk/bot/telegram"
)

// The server that is measured is a process of its own: this binary, started
// again with a role. So its CPU time is its own, and nobody else's.
const (
	roleEnv    = "FRONTDESK_BENCH_ROLE"    // desk or bare
	apiEnv     = "FRONTDESK_BENCH_API"     // the Bot API
	storeEnv   = "FRONTDESK_BENCH_STORE"   // the file of the store
	peopleEnv  = "FRONTDESK_BENCH_PEOPLE"  // how many people the store knows
	profileEnv = "FRONTDESK_BENCH_PROFILE" // where a CPU profile goes; read by the parent too
)

const (
	token  = "1000001:BENCH-token"
	secret = "bench-secret"
)

func TestMain(m *testing.M) {
	role := os.Getenv(roleEnv)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := child(role); err != nil {
		fmt.Fprintln(os.Stderr, role+":", err)
		os.Exit(1)
	}
}

// usage is what a server has used since it started.
type usage struct {
	CPU     time.Duration
	Commits int64
}

func (u usage) minus(o usage) usage { return usage{u.CPU - o.CPU, u.Commits - o.Commits} }

// child serves the webhook until its standard input ends.
func child(role string) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	channel, err := telegram.New(telegram.Config{
		Token: token, APIURL: os.Getenv(apiEnv), Mode: telegram.ModeWebhook,
		PublicURL: "https://desk.example.org", WebhookSecret: secret,
	}, quiet())
	if err != nil {
		return err
	}
	if err := channel.Start(ctx); err != nil {
		return err
	}
	var commits atomic.Int64
	run := map[string]func(context.Context, *telegram.Channel, *atomic.Int64) (http.Handler, func(), error){
		"desk": runDesk, "bare": runBare,
	}[role]
	if run == nil {
		return errors.New("no such role")
	}
	hook, end, err := run(ctx, channel, &commits)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle(telegram.WebhookPath, hook)
	mux.HandleFunc("GET /usage", func(rw http.ResponseWriter, _ *http.Request) {
		var r syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
			http.Error(rw, err.Error(), http.StatusInternalServerError)
			return
		}
		cpu := time.Duration(r.Utime.Nano() + r.Stime.Nano())
		_ = json.NewEncoder(rw).Encode(usage{CPU: cpu, Commits: commits.Load()})
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux}
	telegram.ServerLimits(server)
	go server.Serve(listener) //nolint:errcheck // it ends when it is closed
	if path := os.Getenv(profileEnv); path != "" {
		file, err := os.Create(path + "." + role)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer file.Close()
		defer pprof.StopCPUProfile()
	}
	fmt.Println(listener.Addr())
	_, _ = io.Copy(io.Discard, os.Stdin)
	server.Close()
	stop()
	end()
	return nil
}
