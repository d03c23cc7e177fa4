package wecom

import (
	"time"

	"frontdesk/storage"
)

// codeLife is how long a response code can be used, from the message or the
// press that gave it.
// https://developer.work.weixin.qq.com/document/path/94888
const codeLife = 72 * time.Hour

// The tables of the channels. Every one is listed in Tables.
var (
	tokens = storage.NewTable("wecom_tokens", func(r tokenRow) string { return r.Key })
	cards  = storage.NewTable("wecom_cards", func(r cardRow) string { return r.TaskID },
		storage.Index[cardRow]{Name: "until", Keys: func(r cardRow) []string { return []string{storage.TimeKey(r.Until)} }},
	)
	asked   = storage.NewTable("wecom_asked", func(r Asked) string { return r.Chat })
	chats   = storage.NewTable("wecom_chats", func(r chatRow) string { return r.Department })
	members = storage.NewTable("wecom_members", func(r memberRow) string { return r.User })
)

// Tables are the tables of the channels: who checks or copies a store knows
// them beside storage.Tables.
var Tables = []storage.AnyTable{tokens, cards, asked, chats, members, kfPeople, kfCursors}

// tokenRow is the access token of an application.
type tokenRow struct {
	Key   string    `json:"key"`
	Token string    `json:"token"`
	Until time.Time `json:"until"`
}

// cardRow is a template card that was sent to one person, with the codes that
// each allow to replace it once.
type cardRow struct {
	TaskID string `json:"task_id"`
	User   string `json:"user"`
	MsgID  string `json:"msg_id,omitempty"`
	// Sent is the code that came with sending, kept for a change that nobody
	// pressed for; Pressed are those of presses, spent first.
	Sent    *code  `json:"sent,omitempty"`
	Pressed []code `json:"pressed,omitempty"`
	// Until is when the last code ends and the row can go.
	Until time.Time `json:"until"`
}

// code is one response code: it replaces a card once.
type code struct {
	Code  string    `json:"code"`
	Until time.Time `json:"until"`
}

// Asked are the options that a chat was last shown with numbers. A number as an
// answer chooses one of them.
type Asked struct {
	// Chat is the written address.
	Chat string `json:"chat"`
	// Ref names the message that showed them.
	Ref     string   `json:"ref,omitempty"`
	Options []Option `json:"options"`
	// Numbered tells that the numbers were shown. The options of a card have none:
	// there a number may as well be the answer to a question, such as how many.
	Numbered bool      `json:"numbered,omitempty"`
	At       time.Time `json:"at"`
}

// Option is a numbered option; numbersOf says which number it has.
type Option struct {
	Label string `json:"label"`
	Data  string `json:"data"`
}

// chatRow is the group chat that the application made for a department.
type chatRow struct {
	Department string    `json:"department"`
	ChatID     string    `json:"chat_id"`
	Name       string    `json:"name"`
	Created    time.Time `json:"created"`
}

// keepCode keeps the code that a press on a card brought, in the transaction of
// the press. It also keeps that of a card that is not known (any more): the code
// still replaces it.
func (c *Corp) keepCode(tx *storage.Tx, user, taskID, responseCode string, at time.Time) error {
	row, found, err := cards.Get(tx, taskID)
	if err != nil || taskID == "" || responseCode == "" || found && row.User != user {
		return err
	}
	row.TaskID, row.User = taskID, user
	for _, known := range row.Pressed {
		if known.Code == responseCode {
			return nil
		}
	}
	row.Pressed = append(row.Pressed, code{Code: responseCode, Until: at.Add(codeLife)})
	if until := at.Add(codeLife); until.After(row.Until) {
		row.Until = until
	}
	return cards.Put(tx, row)
}
