package wecom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"

	"frontdesk/bot"
	"frontdesk/desk"
)

// The sizes of files, in bytes.
// https://developer.work.weixin.qq.com/document/path/90253
const (
	maxImage = 10 << 20
	maxMedia = 20 << 20
	minMedia = 6 // WeCom wants more than five.
)

// media is a file on its way to a customer.
type media struct {
	kind string // image or file
	name string
	body []byte
}

// image tells whether bytes are a picture that WeCom takes as one.
func image(body []byte) (suffix string, ok bool) {
	if len(body) > maxImage {
		return "", false
	}
	switch http.DetectContentType(body) {
	case "image/jpeg":
		return ".jpg", true
	case "image/png":
		return ".png", true
	}
	return "", false
}

// load reads a file that came in on any channel: from what the desk keeps, or
// from WeCom when it came from there a moment ago.
func (w *Weixin) load(ctx context.Context, f desk.File) (media, error) {
	var body io.ReadCloser
	err := errors.New("the desk keeps no files")
	if open := w.corp.files.Load(); open != nil {
		body, err = (*open)(ctx, f)
	}
	if err != nil && f.Channel == WeixinName {
		body, err = w.Fetch(ctx, f)
	}
	if err != nil {
		return media{}, err
	}
	defer func() { _ = body.Close() }()
	data, err := io.ReadAll(io.LimitReader(body, maxMedia+1))
	switch {
	case err != nil:
		return media{}, err
	case len(data) > maxMedia || len(data) < minMedia:
		return media{}, fmt.Errorf("a file of %d bytes is not sent", len(data))
	}
	if suffix, ok := image(data); ok {
		return media{kind: "image", name: "photo" + suffix, body: data}, nil
	}
	name := f.Name
	if name == "" {
		name = string(f.Kind)
	}
	return media{kind: "file", name: name, body: data}, nil
}

// upload gives WeCom a file and returns its media id, which is good for three
// days. The error is a *bot.SendError.
func (w *Weixin) upload(ctx context.Context, m media) (string, error) {
	var form bytes.Buffer
	writer := multipart.NewWriter(&form)
	header := textproto.MIMEHeader{}
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "", "\n", "").Replace(m.name)
	header.Set("Content-Disposition", fmt.Sprintf(`form-data; name="media"; filename="%s"; filelength=%d`, quoted, len(m.body)))
	header.Set("Content-Type", http.DetectContentType(m.body))
	part, err := writer.CreatePart(header)
	if err == nil {
		_, err = part.Write(m.body)
	}
	if err = errors.Join(err, writer.Close()); err != nil {
		return "", refused(err)
	}
	var reply kfMedia
	path := "media/upload?type=" + m.kind
	err = w.corp.withToken(ctx, path, func(token string) error {
		return w.corp.exchange(ctx, path, url.Values{"access_token": {token}}, writer.FormDataContentType(), form.Bytes(), &reply)
	})
	if err == nil && reply.MediaID == "" {
		err = errors.New("the reply has no media id")
	}
	if err != nil {
		return "", classifyKF(err)
	}
	return reply.MediaID, nil
}

// download opens a file by its media id. The reply is the bytes, or an error in
// JSON. https://developer.work.weixin.qq.com/document/path/90254
func (w *Weixin) download(ctx context.Context, id string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, fileTimeout)
	path := "media/get?media_id=" + url.QueryEscape(id)
	var body io.ReadCloser
	err := w.corp.withToken(ctx, path, func(token string) error {
		resp, err := w.corp.open(ctx, path, url.Values{"access_token": {token}}, "", nil)
		if err != nil {
			return err
		}
		kind := resp.Header.Get("Content-Type")
		if resp.StatusCode == http.StatusOK && !strings.HasPrefix(kind, "application/json") && !strings.HasPrefix(kind, "text/plain") {
			body = resp.Body
			return nil
		}
		defer func() { _ = resp.Body.Close() }()
		reply, err := io.ReadAll(io.LimitReader(resp.Body, maxReply))
		if err != nil {
			return w.corp.lineError(path, err, true)
		}
		if resp.StatusCode != http.StatusOK || json.Valid(reply) && bytes.Contains(reply, []byte("errcode")) {
			if err := w.corp.refusal(path, resp.StatusCode, reply); err != nil {
				return err
			}
		}
		body = io.NopCloser(bytes.NewReader(reply)) // A file of text.
		return nil
	})
	if err != nil {
		cancel()
		return nil, classifyKF(err)
	}
	return &fileReader{body: body, cancel: cancel, left: bot.MaxFile + 1, corp: w.corp}, nil
}

// fileReader is a file being read, up to its limit.
type fileReader struct {
	body   io.ReadCloser
	cancel context.CancelFunc
	left   int64
	corp   *Corp
}

func (r *fileReader) Read(p []byte) (int, error) {
	n, err := r.body.Read(p)
	if r.left -= int64(n); r.left < 0 {
		return 0, refused(errors.New("the file is larger than 20 MB"))
	}
	if err != nil && err != io.EOF {
		err = classifyKF(r.corp.lineError("media/get", err, true))
	}
	return n, err
}

func (r *fileReader) Close() error {
	defer r.cancel()
	return r.body.Close()
}
