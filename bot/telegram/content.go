package telegram

import (
	"strings"

	"github.com/go-telegram/bot/models"

	"frontdesk/desk"
)

// serviceFields mark messages that nobody wrote: Telegram tells of something
// that happened in the chat. Those that matter to the desk were read before.
// https://core.telegram.org/bots/api#message
var serviceFields = []string{
	"new_chat_members", "new_chat_member", "left_chat_member", "new_chat_title", "new_chat_photo",
	"delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
	"message_auto_delete_timer_changed", "pinned_message", "successful_payment", "refunded_payment",
	"connected_website", "write_access_allowed", "proximity_alert_triggered", "boost_added",
	"chat_background_set", "checklist_tasks_done", "checklist_tasks_added", "direct_message_price_changed",
	"forum_topic_created", "forum_topic_edited", "general_forum_topic_hidden", "general_forum_topic_unhidden",
	"giveaway_created", "giveaway_completed", "paid_message_price_changed", "chat_owner_left",
	"chat_owner_changed", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
	"video_chat_participants_invited", "voice_chat_scheduled", "voice_chat_started", "voice_chat_ended",
	"voice_chat_participants_invited", "suggested_post_approved", "suggested_post_approval_failed",
	"suggested_post_declined", "suggested_post_paid", "suggested_post_refunded", "gift_upgrade_sent",
}

// decodeContent says what kind of thing a message is, and reads its files.
func decodeContent(in *desk.Input, m *wireMessage) {
	switch {
	// An animation also has the field document, for old programs.
	case m.has("sticker", "animation", "poll", "dice", "game", "story"):
		in.Kind = desk.InputSticker
	case len(m.Photo) > 0:
		in.Kind, in.Files = desk.InputPhoto, []desk.File{photo(m.Photo)}
	case m.Voice != nil:
		v := m.Voice
		in.Kind = desk.InputFile
		in.Files = []desk.File{file(desk.FileVoice, v.FileID, v.FileUniqueID, "", v.MimeType, v.FileSize)}
	case m.Video != nil:
		v := m.Video
		in.Kind = desk.InputFile
		in.Files = []desk.File{file(desk.FileVideo, v.FileID, v.FileUniqueID, v.FileName, v.MimeType, v.FileSize)}
	case m.VideoNote != nil:
		v := m.VideoNote
		in.Kind = desk.InputFile
		in.Files = []desk.File{file(desk.FileVideo, v.FileID, v.FileUniqueID, "", "video/mp4", int64(v.FileSize))}
	case m.Audio != nil:
		a := m.Audio
		in.Kind = desk.InputFile
		in.Files = []desk.File{file(desk.FileOther, a.FileID, a.FileUniqueID, a.FileName, a.MimeType, a.FileSize)}
	case m.Document != nil:
		d := m.Document
		in.Kind = desk.InputFile
		in.Files = []desk.File{file(desk.FileOther, d.FileID, d.FileUniqueID, d.FileName, d.MimeType, d.FileSize)}
	case m.Contact != nil:
		in.Kind = desk.InputContact
		// A contact of somebody else proves nothing about the sender.
		if m.From != nil && m.Contact.UserID != 0 && m.Contact.UserID == m.From.ID {
			in.Phone = m.Contact.PhoneNumber
		}
	case m.has("location", "venue"):
		in.Kind = desk.InputLocation
		if m.Venue != nil {
			in.Text = strings.TrimSpace(m.Venue.Title + " " + m.Venue.Address)
		}
	case in.Text != "":
		in.Kind = desk.InputText
	default:
		in.Kind = desk.InputOther
	}
}

// photo takes the largest of the sizes in which Telegram offers a photo.
func photo(sizes []models.PhotoSize) desk.File {
	best := sizes[0]
	for _, s := range sizes[1:] {
		if s.Width*s.Height >= best.Width*best.Height {
			best = s
		}
	}
	return file(desk.FilePhoto, best.FileID, best.FileUniqueID, "", "image/jpeg", int64(best.FileSize))
}

func file(kind desk.FileKind, id, unique, name, mime string, size int64) desk.File {
	return desk.File{Kind: kind, Channel: Name, ID: id, Unique: unique, Name: name, MIME: mime, Size: max(size, 0)}
}
