package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"frontdesk/desk"
)

// Why something is not sent although no channel refused it.
var (
	errCutOff    = errors.New("cut off before")
	errDraw      = errors.New("could not be drawn")
	errUnnamed   = errors.New("the channel gave a reason of its own")
	errRestarted = errors.New("the program ended while it was being sent")
)

// outcome is what became of a sending.
type outcome struct {
	sending
	ref string
	err *SendError
	// found marks a row that an earlier run of the program left claimed.
	found bool
	// repeats says that it is sent again when nobody knows whether it arrived.
	repeats bool
}

// start sends a claimed row: at once without workers, in a goroutine of its own
// otherwise.
func (o *Outbox) start(ctx context.Context, s sending) {
	o.flying[s.row.ID] = s
	if s.row.Lane > desk.LaneAnswer {
		o.ordinary++
	}
	if o.opts.Workers == 0 {
		o.finished = append(o.finished, o.send(ctx, s))
		return
	}
	o.flights.Go(func() {
		out := o.send(ctx, s)
		o.mu.Lock()
		o.finished = append(o.finished, out)
		o.mu.Unlock()
		select {
		case o.done <- struct{}{}:
		default:
		}
	})
}

// landed forgets that a row is under way, once what became of it is written.
func (o *Outbox) landed(s sending) {
	if _, flying := o.flying[s.row.ID]; !flying {
		return
	}
	delete(o.flying, s.row.ID)
	if s.row.Lane > desk.LaneAnswer {
		o.ordinary--
	}
}

// send makes one attempt. It never panics: what a channel does then has an
// unknown outcome.
func (o *Outbox) send(ctx context.Context, s sending) (out outcome) {
	out.sending = s
	if s.refused != nil {
		out.err = s.refused
		return out
	}
	timeout := o.opts.SendTimeout
	if s.row.PressID != "" {
		timeout = o.opts.AnswerTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	defer func() {
		if value := recover(); value != nil {
			o.logger.Error("a channel panicked", "channel", s.row.Chat.Channel, "row", s.row.ID, "panic", value)
			out.err = &SendError{Reason: Unknown, Err: fmt.Errorf("panic: %v", value)}
		}
	}()
	channel := o.channels[s.row.Chat.Channel]
	var err error
	if s.row.PressID != "" && !s.message {
		err = channel.Answer(ctx, s.row.PressID, s.m.Text, s.row.URL, s.row.Alert)
	} else {
		out.ref, err = channel.Send(ctx, s.row.Chat, o.pictured(s.m))
	}
	out.err = sendError(err)
	return out
}

// workbookMIME is the type of an .xlsx file.
const workbookMIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// pictured is a message with its chart as a picture, or its book or paper as a file.
// They are a convenience: what cannot be made goes without, and can be asked for.
func (o *Outbox) pictured(m desk.Drawn) desk.Drawn {
	if m.Book != nil && o.opts.Workbook != nil {
		body, err := o.opts.Workbook(*m.Book)
		if err != nil {
			o.logger.Error("a spreadsheet could not be made", "error", err)
			return m
		}
		m.File = &desk.Attachment{Name: m.Book.Name + ".xlsx", MIME: workbookMIME, Body: body}
		return m
	}
	if m.Paper != nil && o.opts.Page != nil {
		body, err := o.opts.Page(*m.Paper)
		if err != nil {
			o.logger.Error("a page could not be made", "error", err)
			return m
		}
		m.File = &desk.Attachment{Name: m.Paper.Name + ".pdf", MIME: "application/pdf", Body: body}
		return m
	}
	if m.Chart == nil || o.opts.Picture == nil {
		return m
	}
	body, err := o.opts.Picture(*m.Chart)
	if err != nil {
		o.logger.Error("a chart could not be drawn", "error", err)
		return m
	}
	m.File = &desk.Attachment{Name: "chart-week.png", MIME: "image/png", Body: body}
	return m
}

// sendError finds the reason in an error. One without a reason may mean
// anything, and one without a cause gets one.
func sendError(err error) *SendError {
	if err == nil {
		return nil
	}
	var e *SendError
	if !errors.As(err, &e) {
		return &SendError{Reason: Unknown, Err: err}
	}
	known := *e
	switch known.Reason {
	case Blocked, Gone, Limited, Refused, Moved, TopicClosed, NoMessage, Network, Server, Unknown, Auth, Closed,
		Outside, Unlicensed, Untrusted:
	default:
		known.Reason = Unknown
	}
	if known.Err == nil {
		known.Err = errUnnamed
	}
	if known.Reason == Limited {
		known.RetryAfter = max(known.RetryAfter, time.Second)
	}
	return &known
}
