package wecom

import (
	"strings"
	"testing"

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
