//go:build unix

package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/bot/telegram"
)

const (
	crowd = 500 // people at once
	turns = 5   // of one repair
	// connections is how many updates are pushed side by side, as Telegram does it
	// for a bot that asks for it as this one does.
	connections = 40
	patience    = 30 * time.Second
)

// labels are what each turn presses: the first one says 报修.
var labels = [turns]string{"", "没热水", "本人", "今天,没人也可进", "提交"}

// night is the label of turn four when nobody comes today any more.
const night = "尽快,没人也可进"

// bench is a server in a process of its own, with a Bot API and people around it.
type bench struct {
	tb      testing.TB
	api     *api
	url     string
	client  *http.Client
	updates atomic.Int64
	usage   func() usage
}

func start(tb testing.TB, role string, people int) *bench {
	tb.Helper()
	b := &bench{tb: tb, api: newAPI(people), client: &http.Client{
		Timeout: patience, Transport: &http.Transport{MaxConnsPerHost: connections, MaxIdleConnsPerHost: connections},
	}}
	server := httptest.NewServer(b.api)
	tb.Cleanup(server.Close)
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), roleEnv+"="+role, apiEnv+"="+server.URL,
		storeEnv+"="+filepath.Join(tb.TempDir(), "bench.db"), peopleEnv+"="+strconv.Itoa(people))
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		stdin.Close()
		if err := cmd.Wait(); err != nil {
			tb.Error(role, err)
		}
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		tb.Fatal(role, err)
	}
	b.url = "http://" + strings.TrimSpace(line)
	b.usage = func() usage {
		resp, err := http.Get(b.url + "/usage")
		if err != nil {
			tb.Fatal(err)
		}
		defer resp.Body.Close()
		var u usage
		if err := json.NewDecoder(resp.Body).Decode(&u); err != nil {
			tb.Fatal(err)
		}
		return u
	}
	return b
}

// wave lets everybody file one repair, all at once, and waits until the groups
// have the cards too.
func (b *bench) wave() {
	b.tb.Helper()
	want := b.api.cards.Load() + int64(len(b.api.people))
	errs := make([]error, len(b.api.people))
	var all sync.WaitGroup
	for i := range b.api.people {
		all.Go(func() { errs[i] = b.file(i) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		b.tb.Fatal(err)
	}
	for begun := time.Now(); b.api.cards.Load() < want; {
		if time.Since(begun) > patience {
			b.tb.Fatalf("%d cards of %d came", b.api.cards.Load(), want)
		}
		<-time.After(time.Millisecond)
	}
}

// file is one repair of one person: each turn waits for what the last one said.
func (b *bench) file(i int) error {
	var markup json.RawMessage
	for turn, label := range labels {
		data := ""
		if turn > 0 {
			var err error
			if data, err = button(markup, label); err != nil && label == labels[3] {
				data, err = button(markup, night)
			}
			if err != nil {
				return err
			}
		}
		if err := b.push(i, data, markup); err != nil {
			return err
		}
		select {
		case markup = <-b.api.people[i]:
		case <-time.After(patience):
			return fmt.Errorf("person %d waits for the answer to turn %d", i, turn+1)
		}
	}
	return nil
}

// push delivers an update as Telegram does: a press comes with its message.
func (b *bench) push(i int, data string, markup json.RawMessage) error {
	id, person := b.updates.Add(1), firstPerson+i
	from := fmt.Sprintf(`{"id":%d,"is_bot":false,"first_name":%q,"language_code":"zh-hans"}`, person, name(i))
	chat := fmt.Sprintf(`{"id":%d,"first_name":%q,"type":"private"}`, person, name(i))
	body := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"from":%s,"chat":%s,"date":%d,"text":"报修"}}`,
		id, id, from, chat, time.Now().Unix())
	if data != "" {
		body = fmt.Sprintf(`{"update_id":%d,"callback_query":{"id":"%d","from":%s,"chat_instance":"%d","data":%q,`+
			`"message":{"message_id":%d,"from":{"id":1000001,"is_bot":true,"first_name":"Desk","username":"bench_bot"},"chat":%s,"date":%d,`+
			`"text":"什么坏了?选一个,或直接说一句,也可以发照片。","reply_markup":%s}}}`,
			id, id, from, person, data, id, chat, time.Now().Unix(), markup)
	}
	req, err := http.NewRequest(http.MethodPost, b.url+telegram.WebhookPath, bytes.NewReader([]byte(body)))
	if err != nil {
		return err
	}
	req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	resp, err := b.client.Do(req)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New("the webhook answered " + resp.Status)
	}
	return nil
}

// TestTurns sees that both servers make the same calls, or they could not be
// compared, and that nothing was acknowledged without a commit.
func TestTurns(t *testing.T) {
	const people = 20
	calls := map[string]int64{}
	for _, role := range []string{"desk", "bare"} {
		b := start(t, role, people)
		before := b.usage()
		b.wave()
		b.wave()
		calls[role] = b.api.calls.Load()
		commits := b.usage().minus(before).Commits
		if role == "desk" && commits < 2*turns || role == "bare" && commits != 0 {
			t.Errorf("%s made %d commits", role, commits)
		}
	}
	// 1 + 2 + 2 + 2 calls for the questions, 3 for the number with its card.
	if want := int64(2 * people * 10); calls["desk"] != want || calls["bare"] != want {
		t.Errorf("calls %v, want %d of each", calls, want)
	}
}

// BenchmarkTurns measures waves: one is 500 repairs of five turns, all at once.
func BenchmarkTurns(b *testing.B) {
	for _, role := range []string{"desk", "bare"} {
		b.Run(role, func(b *testing.B) {
			bench := start(b, role, crowd)
			bench.wave() // The first one warms up.
			calls, before, begun := bench.api.calls.Load(), bench.usage(), time.Now()
			b.ResetTimer()
			for range b.N {
				bench.wave()
			}
			b.StopTimer()
			took, used := time.Since(begun), bench.usage().minus(before)
			n := float64(b.N * crowd * turns)
			b.ReportMetric(n/took.Seconds(), "turns/s")
			b.ReportMetric(used.CPU.Seconds()*1e3/(n/1e3), "cpu-ms/1000turns")
			b.ReportMetric(float64(used.Commits)/n, "commits/turn")
			b.ReportMetric(float64(2*used.Commits)/n, "fsyncs/turn")
			b.ReportMetric(float64(bench.api.calls.Load()-calls)/n, "calls/turn")
		})
	}
}
