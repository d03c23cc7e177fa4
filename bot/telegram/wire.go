package telegram

import (
	"encoding/json"

	"github.com/go-telegram/bot/models"
)

// The wire structs name only the fields that the desk reads, with the library's
// types for their values. The library's own Update is not used to decode: it
// fails as a whole when one field deep inside it has a kind that the library
// does not know, such as a forward from a new sort of origin, and then a
// resident's words would be lost.
type wireUpdate struct {
	ID       int64        `json:"update_id"`
	Message  *wireMessage `json:"message"`
	Edited   *wireMessage `json:"edited_message"`
	Callback *wirePress   `json:"callback_query"`
	Member   *wireMember  `json:"my_chat_member"`
}

// wireMessage is a message. All holds the names of all its fields: an unknown
// field is how a new kind of message shows itself.
type wireMessage struct {
	wireContent
	All map[string]json.RawMessage
}

// UnmarshalJSON reads the message and the names of its fields.
func (m *wireMessage) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &m.wireContent); err != nil {
		return err
	}
	return json.Unmarshal(data, &m.All)
}

func (m *wireMessage) has(fields ...string) bool {
	for _, f := range fields {
		if _, ok := m.All[f]; ok {
			return true
		}
	}
	return false
}

// https://core.telegram.org/bots/api#message
type wireContent struct {
	ID         int                    `json:"message_id"`
	Thread     int                    `json:"message_thread_id"`
	InTopic    bool                   `json:"is_topic_message"`
	From       *models.User           `json:"from"`
	SenderChat *models.Chat           `json:"sender_chat"`
	Signature  string                 `json:"author_signature"`
	Chat       models.Chat            `json:"chat"`
	Date       int64                  `json:"date"`
	EditDate   int64                  `json:"edit_date"`
	Album      string                 `json:"media_group_id"`
	ReplyTo    *wireReplied           `json:"reply_to_message"`
	Text       string                 `json:"text"`
	Entities   []models.MessageEntity `json:"entities"`
	Caption    string                 `json:"caption"`
	CaptionEnt []models.MessageEntity `json:"caption_entities"`
	Photo      []models.PhotoSize     `json:"photo"`
	Voice      *models.Voice          `json:"voice"`
	Video      *models.Video          `json:"video"`
	VideoNote  *models.VideoNote      `json:"video_note"`
	Audio      *models.Audio          `json:"audio"`
	Document   *models.Document       `json:"document"`
	Contact    *models.Contact        `json:"contact"`
	Venue      *wireVenue             `json:"venue"`
	MigrateTo  int64                  `json:"migrate_to_chat_id"`
	MigrateOff int64                  `json:"migrate_from_chat_id"`
	Markup     *wireMarkup            `json:"reply_markup"`
}

type wireReplied struct {
	ID   int          `json:"message_id"`
	From *models.User `json:"from"`
}

type wireVenue struct {
	Title   string `json:"title"`
	Address string `json:"address"`
}

type wireMarkup struct {
	Rows [][]struct {
		Text string `json:"text"`
		Data string `json:"callback_data"`
	} `json:"inline_keyboard"`
}

// https://core.telegram.org/bots/api#callbackquery
type wirePress struct {
	ID   string      `json:"id"`
	From models.User `json:"from"`
	// Message is the message with the button. When it is too old, Telegram gives
	// only its id and chat, with the date 0.
	Message *wireMessage `json:"message"`
	Data    string       `json:"data"`
}

// https://core.telegram.org/bots/api#chatmemberupdated
type wireMember struct {
	Chat models.Chat `json:"chat"`
	From models.User `json:"from"`
	Date int64       `json:"date"`
	Old  wireStatus  `json:"old_chat_member"`
	New  wireStatus  `json:"new_chat_member"`
}

type wireStatus struct {
	Status   string `json:"status"`
	IsMember bool   `json:"is_member"`
}

// presence is whether somebody is in a group. A status that is not known says
// nothing: routes hang on it.
type presence int

const (
	unknown presence = iota
	present
	absent
)

func (s wireStatus) presence() presence {
	switch s.Status {
	case "creator", "administrator", "member":
		return present
	case "restricted":
		if s.IsMember {
			return present
		}
		return absent
	case "left", "kicked":
		return absent
	}
	return unknown
}
