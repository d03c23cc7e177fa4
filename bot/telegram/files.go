package telegram

import (
	"bytes"
	"context"
	"strconv"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"frontdesk/desk"
)

// maxAlbum is the most photos of one album.
// https://core.telegram.org/bots/api#sendmediagroup
const maxAlbum = 10

// sendFiles sends all files without words: the photos as albums, the rest one
// by one. The result names the last message.
func (d *delivery) sendFiles(ctx context.Context) (ref string, err error) {
	var photos, rest []desk.File
	for _, f := range d.files {
		if f.Kind == desk.FilePhoto {
			photos = append(photos, f)
		} else {
			rest = append(rest, f)
		}
	}
	for len(photos) > 0 {
		n := min(len(photos), maxAlbum)
		// An album has at least two: eleven photos are nine and two.
		if len(photos)-n == 1 {
			n--
		}
		if n == 1 {
			rest = append(photos, rest...)
			break
		}
		ref, err = d.part(ctx, func() (string, error) { return d.sendAlbum(ctx, photos[:n], "") })
		if err != nil {
			return "", err
		}
		photos = photos[n:]
	}
	for _, f := range rest {
		ref, err = d.part(ctx, func() (string, error) { return d.sendFile(ctx, f, "", nil) })
		if err != nil {
			return "", err
		}
	}
	return ref, nil
}

// sendAlbum sends photos together, with the caption below the first.
func (d *delivery) sendAlbum(ctx context.Context, photos []desk.File, caption string) (string, error) {
	media := make([]models.InputMedia, 0, len(photos))
	for i, f := range photos {
		photo := &models.InputMediaPhoto{Media: f.ID}
		if data, ok := d.brought[f.ID]; ok {
			name := "photo" + strconv.Itoa(i)
			photo.Media, photo.MediaAttachment = "attach://"+name, bytes.NewReader(data)
		}
		if i == 0 {
			photo.Caption = caption
		}
		media = append(media, photo)
	}
	sent, err := d.channel.calls.SendMediaGroup(ctx, &tg.SendMediaGroupParams{
		ChatID: d.chat, MessageThreadID: d.thread, Media: media,
		DisableNotification: d.silent, ReplyParameters: d.reply,
	})
	if err != nil {
		return "", classify(err, sortOf(d.chat))
	}
	if len(sent) == 0 {
		return "", nil
	}
	return strconv.Itoa(sent[0].ID), nil
}

// sendAttachment sends a file that the desk has made, with the words below it;
// longer words come before it. A picture is shown as one.
func (d *delivery) sendAttachment(ctx context.Context, a desk.Attachment) (string, error) {
	caption := d.text
	if textLength(caption) > maxCaption {
		buttons := d.buttons
		d.buttons = nil
		if ref, err := d.sendText(ctx); err != nil {
			return ref, err
		}
		d.buttons, caption = buttons, ""
	}
	if a.MIME == "image/png" || a.MIME == "image/jpeg" {
		return d.part(ctx, func() (string, error) {
			sent, err := d.channel.calls.SendPhoto(ctx, &tg.SendPhotoParams{
				ChatID: d.chat, MessageThreadID: d.thread, Caption: caption,
				Photo:               &models.InputFileUpload{Filename: a.Name, Data: bytes.NewReader(a.Body)},
				DisableNotification: d.silent, ReplyParameters: d.reply, ReplyMarkup: d.keyboard(),
			})
			if err != nil {
				return "", classify(err, sortOf(d.chat))
			}
			return strconv.Itoa(sent.ID), nil
		})
	}
	return d.part(ctx, func() (string, error) {
		sent, err := d.channel.calls.SendDocument(ctx, &tg.SendDocumentParams{
			ChatID: d.chat, MessageThreadID: d.thread, Caption: caption,
			Document:            &models.InputFileUpload{Filename: a.Name, Data: bytes.NewReader(a.Body)},
			DisableNotification: d.silent, ReplyParameters: d.reply, ReplyMarkup: d.keyboard(),
		})
		if err != nil {
			return "", classify(err, sortOf(d.chat))
		}
		return strconv.Itoa(sent.ID), nil
	})
}

// sendFile sends one file. Of those that Telegram already has each kind has a call
// of its own, and none accepts the ids of another.
func (d *delivery) sendFile(ctx context.Context, f desk.File, caption string, markup models.ReplyMarkup) (string, error) {
	var sent *models.Message
	var err error
	calls, id := d.channel.calls, models.InputFile(&models.InputFileString{Data: f.ID})
	if data, ok := d.brought[f.ID]; ok {
		id = &models.InputFileUpload{Filename: uploadName(f), Data: bytes.NewReader(data)}
	}
	switch f.Kind {
	case desk.FilePhoto:
		sent, err = calls.SendPhoto(ctx, &tg.SendPhotoParams{
			ChatID: d.chat, MessageThreadID: d.thread, Photo: id, Caption: caption,
			DisableNotification: d.silent, ReplyParameters: d.reply, ReplyMarkup: markup,
		})
	case desk.FileVoice:
		sent, err = calls.SendVoice(ctx, &tg.SendVoiceParams{
			ChatID: d.chat, MessageThreadID: d.thread, Voice: id, Caption: caption,
			DisableNotification: d.silent, ReplyParameters: d.reply, ReplyMarkup: markup,
		})
	case desk.FileVideo:
		sent, err = calls.SendVideo(ctx, &tg.SendVideoParams{
			ChatID: d.chat, MessageThreadID: d.thread, Video: id, Caption: caption,
			DisableNotification: d.silent, ReplyParameters: d.reply, ReplyMarkup: markup,
		})
	default:
		sent, err = calls.SendDocument(ctx, &tg.SendDocumentParams{
			ChatID: d.chat, MessageThreadID: d.thread, Document: id, Caption: caption,
			DisableNotification: d.silent, ReplyParameters: d.reply, ReplyMarkup: markup,
		})
	}
	if err != nil {
		return "", classify(err, sortOf(d.chat))
	}
	return strconv.Itoa(sent.ID), nil
}
