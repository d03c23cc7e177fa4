package wecom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
)

// answerLeaves is how many messages an answer to a press leaves in the window:
// one for what follows the press, one for the callback.
const answerLeaves = 2

// Answer sends the words that answer a press, as an ordinary message: there is
// no other way to tell the person that, say, a button is too old. Since the
// press has opened the window anew there is room for them. When there is none,
// because WeCom did not count the press, only an alert is sent and other words
// are dropped: they cost a message that matters more. An answer without words is
// not sent. The error is a *bot.SendError.
func (w *Weixin) Answer(ctx context.Context, press, text, url string, alert bool) error {
	to, _, ok := strings.Cut(press, "/")
	if !ok || to == "" {
		return refused(errors.New("no press of weixin"))
	}
	words := []string{}
	for _, s := range []string{cleanText(text), url} {
		if s != "" {
			words = append(words, s)
		}
	}
	if len(words) == 0 {
		return nil
	}
	if !alert {
		spare, err := w.spare(ctx, to)
		if err != nil || !spare {
			return err
		}
	}
	sum := sha256.Sum256([]byte(press))
	_, err := w.Send(ctx, desk.Address{Channel: WeixinName, ID: to},
		desk.Drawn{Text: strings.Join(words, "\n"), Key: hex.EncodeToString(sum[:13])})
	return err
}

// spare tells whether a person's window has more than what must be left in it.
func (w *Weixin) spare(ctx context.Context, to string) (spare bool, err error) {
	err = w.view(ctx, func(tx *storage.Tx) error {
		p, err := person(tx, to)
		spare = p.left(tx.Now()) > answerLeaves
		return err
	})
	return spare, err
}
