//go:build unix

package bench

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync/atomic"
)

func fields(s string) []string { return strings.Fields(s) }

// api is a Bot API that says yes to everything and remembers nothing. What is
// sent to a person goes to that person's channel.
type api struct {
	people []chan json.RawMessage // the buttons of each message
	// calls are all that count as an answer to somebody; cards went to groups.
	calls, cards atomic.Int64
	ids          atomic.Int64
}

func newAPI(people int) *api {
	a := &api{}
	for range people {
		a.people = append(a.people, make(chan json.RawMessage, 8))
	}
	return a
}

func (a *api) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("Content-Type", "application/json")
	switch path.Base(r.URL.Path) {
	case "getMe":
		fmt.Fprint(rw, `{"ok":true,"result":{"id":1000001,"is_bot":true,"first_name":"Desk","username":"bench_bot"}}`)
	case "sendMessage":
		a.calls.Add(1)
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			http.Error(rw, err.Error(), http.StatusBadRequest)
			return
		}
		chat, _ := strconv.ParseInt(r.FormValue("chat_id"), 10, 64)
		fmt.Fprintf(rw, `{"ok":true,"result":{"message_id":%d,"date":1764000000,"chat":{"id":%d,"type":"private"},"text":%q}}`,
			a.ids.Add(1), chat, r.FormValue("text"))
		if chat < 0 {
			a.cards.Add(1)
			return
		}
		if i := chat - firstPerson; i >= 0 && i < int64(len(a.people)) {
			a.people[i] <- json.RawMessage(r.FormValue("reply_markup"))
		}
	case "answerCallbackQuery", "editMessageText":
		a.calls.Add(1)
		fmt.Fprint(rw, `{"ok":true,"result":true}`)
	default:
		fmt.Fprint(rw, `{"ok":true,"result":true}`)
	}
}

// keyboard are the buttons of a message.
type keyboard struct {
	Rows [][]struct {
		Text string
		Data string `json:"callback_data"`
	} `json:"inline_keyboard"`
}

// button is the data of the first button with one of the labels, or with a label
// that begins so.
func button(markup json.RawMessage, label string) (string, error) {
	var k keyboard
	if err := json.Unmarshal(markup, &k); err != nil {
		return "", fmt.Errorf("no buttons in %s: %w", markup, err)
	}
	for _, row := range k.Rows {
		for _, b := range row {
			if strings.HasPrefix(b.Text, label) {
				return b.Data, nil
			}
		}
	}
	return "", fmt.Errorf("no button %q in %s", label, markup)
}
