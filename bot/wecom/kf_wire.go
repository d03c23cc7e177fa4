package wecom

import (
	"encoding/json"
	"time"
)

// The calls of 微信客服 and what is in them, as far as the desk uses it.
// https://developer.work.weixin.qq.com/document/path/94670 (receiving),
// /94677 (sending), /94669 (states), /95122 (messages on events),
// /94665 (links), /95159 (customers)
const (
	kfSyncPath    = "kf/sync_msg"
	kfSendPath    = "kf/send_msg"
	kfEventPath   = "kf/send_msg_on_event"
	kfLinkPath    = "kf/add_contact_way"
	kfPeoplePath  = "kf/customer/batchget"
	kfPageLimit   = 1000            // the most messages of one page
	kfTokenLife   = 9 * time.Minute // WeCom says ten: one is for the way
	kfWelcomeLife = 20 * time.Second
)

// Who a message of sync_msg comes from.
const (
	originCustomer = 3
	originSystem   = 4
)

// kfSyncRequest asks for what came after a cursor.
type kfSyncRequest struct {
	Cursor   string `json:"cursor,omitempty"`
	Token    string `json:"token,omitempty"`
	Limit    int    `json:"limit"`
	OpenKFID string `json:"open_kfid"`
}

// kfPage is the answer. The list may be empty although there is more.
type kfPage struct {
	Next string            `json:"next_cursor"`
	More int               `json:"has_more"`
	List []json.RawMessage `json:"msg_list"`
}

// kfMessage is one entry of the list: what a customer, the system or an employee
// at WeCom's own customer service said.
type kfMessage struct {
	ID       string `json:"msgid"`
	OpenKFID string `json:"open_kfid"`
	Person   string `json:"external_userid"`
	Sent     int64  `json:"send_time"`
	Origin   int    `json:"origin"`
	Type     string `json:"msgtype"`

	Text *struct {
		Content string `json:"content"`
		MenuID  string `json:"menu_id"`
	} `json:"text"`
	Image    *mediaPart `json:"image"`
	Voice    *mediaPart `json:"voice"`
	Video    *mediaPart `json:"video"`
	File     *mediaPart `json:"file"`
	Location *struct {
		Name    string `json:"name"`
		Address string `json:"address"`
	} `json:"location"`
	Event *kfEvent `json:"event"`
}

// kfEvent is what WeCom itself tells.
type kfEvent struct {
	Type        string `json:"event_type"`
	OpenKFID    string `json:"open_kfid"`
	Person      string `json:"external_userid"`
	SceneParam  string `json:"scene_param"`
	WelcomeCode string `json:"welcome_code"`
	FailID      string `json:"fail_msgid"`
	FailType    int    `json:"fail_type"`
}

// kfOut is a message to a customer, or with Code in place of the two names the
// one message that answers an event.
type kfOut struct {
	To       string `json:"touser,omitempty"`
	OpenKFID string `json:"open_kfid,omitempty"`
	Code     string `json:"code,omitempty"`
	ID       string `json:"msgid"`
	Type     string `json:"msgtype"`

	Text  *textPart  `json:"text,omitempty"`
	Menu  *kfOutMenu `json:"msgmenu,omitempty"`
	Image *mediaPart `json:"image,omitempty"`
	File  *mediaPart `json:"file,omitempty"`
}

// kfOutMenu is a text with items below it that can be tapped.
type kfOutMenu struct {
	Head string       `json:"head_content"`
	List []kfMenuItem `json:"list"`
}

type kfMenuItem struct {
	Type  string       `json:"type"`
	Click *kfMenuClick `json:"click,omitempty"`
	View  *kfMenuView  `json:"view,omitempty"`
}

type kfMenuClick struct {
	ID      string `json:"id"`
	Content string `json:"content"`
}

type kfMenuView struct {
	URL     string `json:"url"`
	Content string `json:"content"`
}
