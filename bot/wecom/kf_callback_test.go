package wecom

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"frontdesk/desk"
)

// The whole way in: WeCom's callback only tells that there is something, and
// with what token it can be read without waiting.
func TestKFThroughTheCallback(t *testing.T) {
	w := newKFWorld(t, func(c *Config) {
		c.Token, c.AESKey = "callback-token", strings.Repeat("k", 42)+"A"
	})
	handler, err := w.corp.Callback(w.desk)
	if err != nil {
		t.Fatal(err)
	}
	callbacks := w.Callbacks(w.config.Token, w.config.AESKey, "/wecom/callback", handler)
	w.OnKF(func(token, account string) {
		if told := callbacks.Waiting(account, token); !told.Taken() {
			t.Errorf("the callback was not taken: %v", told.Statuses)
		}
	})
	w.AddCustomer(zhang, "张敏")
	w.KFSay(zhang, "宿舍漏水")
	select {
	case <-w.weixin.Woken():
	default:
		t.Fatal("nobody was woken")
	}
	w.pull(t)
	if in := w.last(t); in.Kind != desk.InputText || in.Text != "宿舍漏水" {
		t.Errorf("%+v", in)
	}
	if body := w.Calls("kf/sync_msg")[0].Body; !strings.Contains(body, `"token":"KFTOKEN-`) {
		t.Errorf("asked without the token: %s", body)
	}
}

// Run reads when it is told to and every few minutes, and waits after an error.
func TestKFRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newKFWorld(t, nil)
		defer func() { _ = w.store.Close() }()
		w.AddCustomer(zhang, "张敏")
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { w.puller.Run(ctx); close(ended) }()
		handled := func(want int, when string) {
			t.Helper()
			synctest.Wait()
			if n := len(w.inputs(t)); n != want {
				t.Errorf("%s: %d handled, want %d", when, n, want)
			}
		}
		handled(0, "started")
		w.KFSay(zhang, "one")
		handled(1, "told")
		w.OnKF(nil) // the callback is lost
		w.KFSay(zhang, "two")
		handled(1, "not told")
		time.Sleep(kfEvery)
		handled(2, "some minutes later")
		w.OnKF(w.weixin.told)
		w.Outage(true)
		w.KFSay(zhang, "three")
		handled(2, "unreachable")
		w.Outage(false)
		w.KFSay(zhang, "four")
		handled(2, "waiting after the error")
		time.Sleep(kfFirstWait)
		handled(4, "after the wait")
		cancel()
		<-ended
	})
}
