// Package playground is a channel without a network: people, private chats and
// groups in memory. It is a channel like any other, and as strict as a real one:
// it refuses what Telegram would refuse, a bot cannot write to somebody who never
// wrote to it, and an old press cannot be answered twice.
//
// What people do (Say, Press, SendPhoto, ...) becomes a desk.Input that the
// caller hands to the handler; what the desk answers arrives through the methods
// of bot.Channel. Both stand in one log, in order, with the clock's time, and
// every chat has a screen that shows what its readers see.
package playground

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
)

// Name is the channel's name in addresses: playground:zhang.
const Name = "playground"

// BotID is the desk's own id, as it stands in desk.Input.Bot.
const BotID = "desk"

// Link opens the private chat with the desk when a payload is put behind it.
const Link = "https://playground.invalid/desk?start="

// pressLife is how long a press can be answered, as at Telegram.
const pressLife = 150 * time.Second

// maxText is the most UTF-16 units of a message.
const maxText = 4096

// Channel is the playground. Use New.
type Channel struct {
	now  func() time.Time
	opts Options

	mu      sync.Mutex
	people  map[string]*Person
	chats   map[string]*chat // by id
	files   map[string][]byte
	presses map[string]press
	menus   []bot.CommandScope
	log     []Entry
	refused []Refusal
	updates int
	refs    int
	// news is closed, and replaced, when there is something new to see.
	news chan struct{}
}

var _ bot.Channel = (*Channel)(nil)

// Options make a playground that is less than Telegram.
type Options struct {
	// Name is the name in addresses; empty means Name.
	Name string
	// Can is what it can do; the zero value means what Telegram can. Of it the
	// playground heeds EditAnytime, EditFor and GroupButtons.
	Can desk.Capabilities
}

// New makes an empty playground. now is its clock.
func New(now func() time.Time) *Channel { return NewWith(now, Options{}) }

// NewWith makes an empty playground that differs from Telegram.
func NewWith(now func() time.Time, opts Options) *Channel {
	if opts.Name == "" {
		opts.Name = Name
	}
	if opts.Can == (desk.Capabilities{}) {
		opts.Can = desk.Capabilities{
			EditAnytime: true, GroupButtons: true, MaxText: maxText, MaxButtons: 100, ButtonsPerRow: 8, PressLife: pressLife,
		}
	}
	return &Channel{
		now: now, opts: opts, people: map[string]*Person{}, chats: map[string]*chat{},
		files: map[string][]byte{}, presses: map[string]press{}, news: make(chan struct{}),
	}
}

// Name implements bot.Channel.
func (c *Channel) Name() string { return c.opts.Name }

// Capabilities implements bot.Channel: those of Telegram, if it was not made
// otherwise.
func (c *Channel) Capabilities() desk.Capabilities { return c.opts.Can }

// Limits implements bot.Channel: those of Telegram.
func (c *Channel) Limits() bot.LimitNumbers { return bot.TelegramLimits }

// Send implements bot.Channel.
func (c *Channel) Send(_ context.Context, to desk.Address, m desk.Drawn) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	chat, err := c.reach(to)
	if err == nil {
		err = check(m)
	}
	if err == nil && chat.cards() {
		err = checkCard(m)
	}
	if err == nil && chat.kind == desk.ChatGroup && len(m.Buttons) > 0 && !c.opts.Can.GroupButtons {
		err = failure(bot.Refused, "a message in a group has no buttons here")
	}
	if err == nil && m.Edit != "" {
		return m.Edit, c.edit(chat, m)
	}
	if err != nil {
		return "", c.refuse(to, m.Text, err)
	}
	if chat.find(m.ReplyTo) == nil || chat.cards() {
		m.ReplyTo = ""
	}
	drawn := Message{Text: m.Text, Buttons: m.Buttons, Photos: m.Photos, File: m.File, ReplyTo: m.ReplyTo, Silent: m.Silent}
	if m.File != nil && strings.HasPrefix(m.File.MIME, "image/") {
		drawn.File, drawn.Photos = nil, append(slices.Clone(drawn.Photos), c.picture(*m.File))
	}
	if chat.cards() {
		drawn = card(drawn)
	}
	message := c.put(chat, drawn)
	c.note(Entry{Kind: Sent, Chat: to, Message: *message})
	return message.Ref, nil
}

// picture keeps a picture that the desk has made, which is seen as a photo.
func (c *Channel) picture(a desk.Attachment) desk.File {
	id := fmt.Sprintf("photo%d", len(c.files)+1)
	c.files[id] = a.Body
	return desk.File{Kind: desk.FilePhoto, Channel: c.opts.Name, ID: id, Unique: id, Name: a.Name, MIME: a.MIME, Size: int64(len(a.Body))}
}

func (c *Channel) edit(chat *chat, m desk.Drawn) error {
	message := chat.find(m.Edit)
	if message == nil || message.Person != "" {
		return c.refuse(chat.address, m.Text, failure(bot.NoMessage, "there is no message %q to edit", m.Edit))
	}
	switch {
	case chat.cards():
		if err := c.replace(chat, message, m); err != nil {
			return err // What the network says in its course, and no fault of the desk.
		}
	case !c.opts.Can.EditAnytime && !c.now().Before(message.At.Add(c.opts.Can.EditFor)):
		return c.refuse(chat.address, m.Text, failure(bot.NoMessage, "the message %q is too old to be edited", m.Edit))
	default:
		message.Text, message.Buttons = m.Text, m.Buttons
	}
	message.Edits++
	message.EditedAt = c.now()
	c.note(Entry{Kind: Edited, Chat: chat.address, Message: *message})
	return nil
}

// Answer implements bot.Channel. An answer that comes too late is a success, as
// at Telegram.
func (c *Channel) Answer(_ context.Context, pressID, text, url string, alert bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.presses[pressID]
	switch {
	case !ok:
		return c.refuse(desk.Address{}, text, failure(bot.Refused, "there is no press %q", pressID))
	case p.answered:
		return c.refuse(p.chat, text, failure(bot.Refused, "the press %q was answered before", pressID))
	}
	p.answered = true
	c.presses[pressID] = p
	if c.now().Sub(p.at) > pressLife {
		return nil
	}
	if chat := c.chats[p.chat.ID]; chat.cards() {
		if text != "" {
			message := c.put(chat, Message{Text: text})
			c.note(Entry{Kind: Sent, Chat: p.chat, Message: *message})
		}
		return nil
	}
	c.note(Entry{Kind: Answered, Chat: p.chat, Person: p.person, Text: text, URL: url, Alert: alert, Press: pressID})
	return nil
}

// Fetch implements bot.Channel.
func (c *Channel) Fetch(_ context.Context, f desk.File) (io.ReadCloser, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	data, ok := c.files[f.ID]
	if !ok {
		return nil, failure(bot.Gone, "there is no file %q", f.ID)
	}
	return io.NopCloser(strings.NewReader(string(data))), nil
}

// Chat implements bot.Channel.
func (c *Channel) Chat(_ context.Context, a desk.Address) (bot.ChatInfo, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	chat, err := c.reach(a)
	if err != nil {
		return bot.ChatInfo{}, err
	}
	return bot.ChatInfo{Title: chat.title, Members: len(chat.members) + 1}, nil // The desk is one of them.
}

// Commands implements bot.Channel.
func (c *Channel) Commands(_ context.Context, scope bot.CommandScope) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, known := range c.menus {
		if known.Chat == scope.Chat && known.Groups == scope.Groups && known.Lang == scope.Lang {
			c.menus[i] = scope
			return nil
		}
	}
	c.menus = append(c.menus, scope)
	return nil
}

// Menu is the menu of commands that a person is shown: their own, or
// everybody's in their language.
func (c *Channel) Menu(p *Person) []bot.CommandLine { return c.menuOf(p, false) }

// menuOf is the same, or the menu that groups are shown.
func (c *Channel) menuOf(p *Person, group bool) []bot.CommandLine {
	c.mu.Lock()
	defer c.mu.Unlock()
	var best bot.CommandScope
	rank := -1
	for _, m := range c.menus {
		n := -1
		switch {
		case !group && m.Chat == p.Private():
			n = 2
		case m.Groups != group || !m.Chat.IsZero():
		case m.Lang != "" && (m.Lang == p.lang || strings.HasPrefix(p.lang, m.Lang+"-")):
			n = 1
		case m.Lang == "":
			n = 0
		}
		if n > rank {
			best, rank = m, n
		}
	}
	return best.Commands
}

// reach finds a chat that the desk may write to.
func (c *Channel) reach(a desk.Address) (*chat, error) {
	chat, ok := c.chats[a.ID]
	switch {
	case !ok || a != chat.address:
		return nil, failure(bot.Gone, "there is no chat %s", a)
	case chat.kind == desk.ChatPrivate && !chat.open:
		return nil, failure(bot.Blocked, "%s never wrote to the desk", a)
	case chat.kind == desk.ChatGroup && !chat.open:
		return nil, failure(bot.Gone, "the desk is not in %s", a)
	}
	return chat, nil
}

func failure(reason bot.Reason, format string, args ...any) *bot.SendError {
	return &bot.SendError{Reason: reason, Err: fmt.Errorf(format, args...)}
}

// number gives the next of a sequence in writing.
func number(n *int) string {
	*n++
	return strconv.Itoa(*n)
}
