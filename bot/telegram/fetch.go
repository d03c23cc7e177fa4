package telegram

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"

	"frontdesk/bot"
	"frontdesk/desk"
)

const (
	// MaxFile is the most bytes of a file that a bot may fetch.
	// https://core.telegram.org/bots/api#getfile
	MaxFile = 20 << 20
	// fetchTimeout is the time for all of a file.
	fetchTimeout = 2 * time.Minute
)

// Fetch opens the bytes of a file that came in; the caller closes it. An error,
// also one while reading, is a *bot.SendError: Refused when the file is too
// large or not there any more, which no later try changes.
func (c *Channel) Fetch(ctx context.Context, f desk.File) (io.ReadCloser, error) {
	if f.Channel != Name || f.ID == "" {
		return nil, refused(errors.New("no file of telegram"))
	}
	if f.Size > MaxFile {
		return nil, refused(errors.New("the file is larger than 20 MB"))
	}
	found, err := c.calls.GetFile(ctx, &tg.GetFileParams{FileID: f.ID})
	if err != nil {
		return nil, classify(err, chatNone)
	}
	if found.FileSize > MaxFile {
		return nil, refused(errors.New("the file is larger than 20 MB"))
	}
	return c.download(ctx, found.FilePath)
}

// download opens a path that getFile gave. The address holds the token.
func (c *Channel) download(ctx context.Context, path string) (io.ReadCloser, error) {
	if path == "" || strings.HasPrefix(path, "/") || strings.Contains(path, "..") {
		return nil, refused(errors.New("the file has no address"))
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	line := &lineWatch{}
	target := c.config.APIURL + "/file/bot" + c.config.Token + "/" + (&url.URL{Path: path}).EscapedPath()
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, line.trace()), http.MethodGet, target, nil)
	if err != nil {
		cancel()
		return nil, refused(errors.New(c.mask.text(err.Error())))
	}
	resp, err := c.api.client.Do(req)
	if err != nil {
		cancel()
		return nil, classify(c.api.lineError("file", err, !line.unsent(err)), chatNone)
	}
	if resp.StatusCode != http.StatusOK {
		_ = resp.Body.Close()
		cancel()
		err := &apiError{method: "file", code: resp.StatusCode, gateway: true, description: http.StatusText(resp.StatusCode)}
		if resp.StatusCode == http.StatusNotFound {
			// The address is no longer valid; a new try gets a new one.
			return nil, &bot.SendError{Reason: bot.Server, Err: err}
		}
		return nil, classify(err, chatNone)
	}
	return &download{body: resp.Body, cancel: cancel, left: MaxFile, api: c.api}, nil
}

// download is a file being read, up to its limit.
type download struct {
	body   io.ReadCloser
	cancel context.CancelFunc
	left   int64
	api    *transport
}

func (d *download) Read(p []byte) (int, error) {
	n, err := d.body.Read(p)
	if d.left -= int64(n); d.left < 0 {
		return 0, refused(errors.New("the file is larger than 20 MB"))
	}
	if err != nil && err != io.EOF {
		err = classify(d.api.lineError("file", err, true), chatNone)
	}
	return n, err
}

func (d *download) Close() error {
	defer d.cancel()
	if err := d.body.Close(); err != nil {
		return classify(d.api.lineError("file", err, true), chatNone)
	}
	return nil
}
