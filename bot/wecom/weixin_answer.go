package wecom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"frontdesk/desk"
)

// Answer sends the words that answer a press, as an ordinary message: there is no
// other way to tell the person that, say, a button is too old. It uses up one of
// the window's, as everything does; whether the words are worth that, beside what
// else waits for the person, is the caller's decision (Capabilities has
// AnswerIsMessage). An answer without words is not sent. Answering a press twice
// answers it once. The error is a *bot.SendError.
func (w *Weixin) Answer(ctx context.Context, press, text, url string, _ bool) error {
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
	sum := sha256.Sum256([]byte(press))
	_, err := w.Send(ctx, desk.Address{Channel: WeixinName, ID: to},
		desk.Drawn{Text: strings.Join(words, "\n"), Key: hex.EncodeToString(sum[:13])})
	return err
}
