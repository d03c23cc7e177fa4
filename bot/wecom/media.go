package wecom

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
)

const (
	// mediaLife is how long WeCom keeps the bytes of a file.
	// https://developer.work.weixin.qq.com/document/path/90253
	mediaLife = 72 * time.Hour
	// MaxFile is the most bytes of a file, MaxImage of an image.
	MaxFile  = 20 << 20
	MaxImage = 10 << 20
	// leastFile: a file has more than five bytes.
	leastFile = 6
)

// The kinds of file that the desk sends.
const (
	mediaImage = "image"
	mediaFile  = "file"
)

// sendFiles sends the photos and the file of a message. A photo that cannot be
// sent does not stop the words, if there are any.
func (d *delivery) sendFiles(ctx context.Context, m desk.Drawn) (ref string, err error) {
	c := d.app.corp
	for i, f := range m.Photos {
		kind, id, err := c.mediaOf(ctx, f)
		if err == nil {
			ref, err = d.sendMedia(ctx, kind, id)
		}
		if refusedAs(err) && d.text != "" {
			c.log.Warn("a photo is left out", "number", i+1, "error", err)
			continue
		}
		if err != nil {
			return "", err
		}
	}
	if m.File == nil {
		return ref, nil
	}
	kind := kindOf(m.File)
	id, err := c.upload(ctx, kind, m.File.Name, m.File.MIME, m.File.Body)
	if err != nil {
		return "", err
	}
	return d.sendMedia(ctx, kind, id)
}

// kindOf is how a file of the desk's own is sent: a picture is to be seen, and not
// to be opened first.
func kindOf(a *desk.Attachment) string {
	if a.MIME == "image/png" || a.MIME == "image/jpeg" {
		return mediaImage
	}
	return mediaFile
}

func (d *delivery) sendMedia(ctx context.Context, kind, id string) (string, error) {
	m := message{ToUser: d.user, MsgType: kind}
	if kind == mediaImage {
		m.Image = &mediaPart{id}
	} else {
		m.File = &mediaPart{id}
	}
	reply, err := d.app.post(ctx, m, "")
	return reply.MsgID, err
}

// mediaOf gives a file that came in a media id under which it can be sent: the
// bytes that the desk keeps are sent anew, because WeCom forgets its own after
// three days, and those of another channel it never had.
func (c *Corp) mediaOf(ctx context.Context, f desk.File) (kind, id string, err error) {
	open := c.files.Load()
	kind = mediaFile
	if f.Kind == desk.FilePhoto {
		kind = mediaImage
	}
	if open == nil {
		if f.Channel == Name && f.ID != "" {
			return kind, f.ID, nil
		}
		return "", "", refused(errors.New("the bytes of the file cannot be opened"))
	}
	body, err := (*open)(ctx, f)
	if err != nil {
		return "", "", refused(errors.New("the bytes of the file are not here"))
	}
	defer func() { _ = body.Close() }()
	data, err := io.ReadAll(io.LimitReader(body, MaxFile+1))
	if err != nil {
		return "", "", refused(errors.New("the bytes of the file cannot be read"))
	}
	name := f.Name
	if kind == mediaImage {
		if suffix := imageSuffix(data); suffix == "" || len(data) > MaxImage {
			kind = mediaFile // What is no photo for WeCom is still a file.
		} else if name == "" {
			name = "photo" + suffix
		}
	}
	id, err = c.upload(ctx, kind, name, f.MIME, data)
	return kind, id, err
}

// imageSuffix tells a JPG or PNG, which are the images that WeCom takes, by its
// first bytes.
func imageSuffix(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return ".jpg"
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return ".png"
	}
	return ""
}

// upload gives WeCom the bytes of a file for three days. The error is a
// *bot.SendError; what fails here was not sent.
func (c *Corp) upload(ctx context.Context, kind, name, mimeType string, data []byte) (string, error) {
	if len(data) < leastFile || len(data) > MaxFile {
		return "", refused(errors.New("the file is too small or too large"))
	}
	body, contentType, err := multipartBody(name, mimeType, data)
	if err != nil {
		return "", refused(err)
	}
	var reply struct {
		MediaID string `json:"media_id"`
	}
	ctx, cancel := context.WithTimeout(ctx, fileTimeout)
	defer cancel()
	err = c.withToken(ctx, "media/upload", func(token string) error {
		return c.exchangeIn(ctx, fileTimeout, "media/upload", url.Values{"access_token": {token}, "type": {kind}}, contentType, body, &reply)
	})
	var send *bot.SendError
	if err = classify(err); errors.As(err, &send) && send.Reason == bot.Unknown {
		// Whether the file arrived does not matter: no message was sent.
		return "", &bot.SendError{Reason: bot.Server, Err: send.Err}
	}
	if err == nil && reply.MediaID == "" {
		return "", refused(errors.New("media/upload: the reply has no media id"))
	}
	return reply.MediaID, err
}

// multipartBody writes the form that media/upload takes. The name is what the
// receiver sees: never a path.
func multipartBody(name, mimeType string, data []byte) ([]byte, string, error) {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == '"' || r == '\\' || r == '/' {
			return '_'
		}
		return r
	}, name)
	if name == "" {
		name = "file"
	}
	if _, _, err := mime.ParseMediaType(mimeType); err != nil {
		mimeType = "application/octet-stream"
	}
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="media"; filename="` + name + `"`}, "Content-Type": {mimeType},
	})
	if err != nil {
		return nil, "", err
	}
	if _, err := part.Write(data); err != nil {
		return nil, "", err
	}
	if err := form.Close(); err != nil { // It writes the end of the form.
		return nil, "", err
	}
	return b.Bytes(), form.FormDataContentType(), nil
}

// refusedAs tells whether an error is a refusal of the message itself.
func refusedAs(err error) bool {
	var send *bot.SendError
	return errors.As(err, &send) && send.Reason == bot.Refused
}

// Fetch opens the bytes of a file that came in; the caller closes it. An error,
// also one while reading, is a *bot.SendError: Refused when the file is too
// large or not there any more, which no later try changes.
func (a *App) Fetch(ctx context.Context, f desk.File) (io.ReadCloser, error) {
	if f.Channel != Name || f.ID == "" {
		return nil, refused(errors.New("no file of the app chat"))
	}
	return a.corp.download(ctx, f.ID)
}

// download opens a file by its media id. WeCom answers with its bytes, or with
// an object in JSON.
// https://developer.work.weixin.qq.com/document/path/90254
func (c *Corp) download(ctx context.Context, mediaID string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, fileTimeout)
	var opened *download
	err := c.withToken(ctx, "media/get", func(token string) error {
		resp, err := c.open(ctx, "media/get", url.Values{"access_token": {token}, "media_id": {mediaID}}, "", nil)
		if err != nil {
			return err
		}
		kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
		named := resp.Header.Get("Content-Disposition") != ""
		if resp.StatusCode >= 300 || !named && (kind == "application/json" || kind == "text/plain") {
			defer func() { _ = resp.Body.Close() }()
			reply, err := io.ReadAll(io.LimitReader(resp.Body, maxReply))
			if err != nil {
				return c.lineError("media/get", err, true)
			}
			if err := c.refusal("media/get", resp.StatusCode, reply); err != nil {
				return err
			}
			return &lineError{Method: "media/get", Sent: true, text: "the reply is no file"}
		}
		opened = &download{body: resp.Body, cancel: cancel, left: MaxFile, corp: c}
		return nil
	})
	if err != nil {
		cancel()
		return nil, classify(err)
	}
	return opened, nil
}

// download is a file being read, up to its limit.
type download struct {
	body   io.ReadCloser
	cancel context.CancelFunc
	left   int64
	corp   *Corp
}

func (d *download) Read(p []byte) (int, error) {
	n, err := d.body.Read(p)
	if d.left -= int64(n); d.left < 0 {
		return 0, refused(errors.New("the file is larger than 20 MB"))
	}
	if err != nil && err != io.EOF {
		err = classify(d.corp.lineError("media/get", err, true))
	}
	return n, err
}

func (d *download) Close() error {
	defer d.cancel()
	if err := d.body.Close(); err != nil {
		return classify(d.corp.lineError("media/get", err, true))
	}
	return nil
}
