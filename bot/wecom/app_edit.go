package wecom

import (
	"context"
	"errors"

	"frontdesk/bot"
)

// settledKey is the key of the button that stands where the buttons of a settled
// card were: it does nothing.
const settledKey = "-"

// edit replaces a card. It is NoMessage when that cannot be done: the message is
// no card, its codes are spent, or 72 hours are over; a new message is then to
// take its place. Also when the new words or buttons do not fit a card: then the
// old card says that there is a newer message.
func (d *delivery) edit(ctx context.Context, ref string) (string, error) {
	if d.text == "" {
		return "", refused(errors.New("the message is empty"))
	}
	card, fits := layCard(d.text)
	words := d.app.corp.wordsFor(d.text)
	switch {
	case len(d.marks) == 0:
		// A card of this type has buttons; these words stand where they were.
		card.Buttons, card.Grey = []cardButton{{Text: shorten(words.Settled, maxLabel), Key: settledKey}}, words.Settled
	case onCard(d.marks):
		card.Buttons = drawButtons(d.marks)
	default:
		fits = false
	}
	card.TaskID = ref
	update := cardUpdate{Users: []string{d.user}, AgentID: d.app.corp.config.AgentID, Card: &card}
	if !fits {
		update.Card, update.Button = nil, &replaceButton{Name: words.Newer}
	}
	if err := d.app.update(ctx, d.user, ref, update); err != nil {
		return "", err
	}
	if !fits {
		return "", noMessage("it does not fit the card")
	}
	if len(d.marks) > 0 {
		d.app.corp.keepAsked(ctx, Asked{Chat: d.chat, Ref: ref, Options: optionsOf(d.marks)})
	}
	return ref, nil
}

// cardUpdate is the body of message/update_template_card.
// https://developer.work.weixin.qq.com/document/path/94888
type cardUpdate struct {
	Users   []string       `json:"userids"`
	AgentID int64          `json:"agentid"`
	Code    string         `json:"response_code"`
	Button  *replaceButton `json:"button,omitempty"`
	Card    *buttonCard    `json:"template_card,omitempty"`
}

type replaceButton struct {
	Name string `json:"replace_name"`
}

// update spends codes until one is accepted. A code is taken out of the store
// before it is used, so that it is never used twice; it goes back when it
// certainly was not used.
func (a *App) update(ctx context.Context, user, ref string, body cardUpdate) error {
	for {
		spent, from, err := a.corp.takeCode(ctx, user, ref)
		if err != nil {
			return err
		}
		body.Code = spent.Code
		var reply struct {
			Invalid []string `json:"invaliduser"`
		}
		err = a.corp.call(ctx, "message/update_template_card", body, &reply)
		var api *apiError
		if errors.As(err, &api) {
			switch api.Code {
			case codeUsed, codeEnded, codeBadParameter:
				continue // The next code may still be good.
			case codeRecallLate, codeNoTarget, codeNotReceiver:
				return noMessage("the card is gone")
			}
		}
		err = classify(err)
		var send *bot.SendError
		if errors.As(err, &send) && send.Reason != bot.Unknown {
			a.corp.giveBack(ctx, ref, spent, from)
		}
		return err
	}
}
