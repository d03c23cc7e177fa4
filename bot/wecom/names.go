package wecom

import (
	"context"
	"errors"
	"net/url"
	"time"

	"frontdesk/storage"
)

const (
	// nameTime is the time to ask for a name: a callback is waiting meanwhile.
	nameTime = 1500 * time.Millisecond
	// nameAfter is when a name is asked for again; namelessAfter when WeCom knew none.
	nameAfter     = 7 * 24 * time.Hour
	namelessAfter = 24 * time.Hour
	// nameRest is how long nobody is asked about when WeCom did not answer.
	nameRest = time.Minute
)

// memberRow is how a member of the corp is called.
type memberRow struct {
	User string    `json:"user"`
	Name string    `json:"name,omitempty"` // empty: WeCom does not say
	At   time.Time `json:"at"`             // when it was asked
}

var members = storage.NewTable("wecom_members", func(r memberRow) string { return r.User })

// nameOf finds how a member is called, whom a callback names by the userid alone.
// WeCom is asked when the last answer is old; keep then has what to commit with
// the input. A name is a courtesy: nothing fails for want of it.
// https://developer.work.weixin.qq.com/document/path/90196
func (c *Corp) nameOf(ctx context.Context, user string) (name string, keep *memberRow) {
	store := c.store.Load()
	if store == nil {
		return "", nil
	}
	var row memberRow
	var known bool
	err := store.View(ctx, func(tx *storage.Tx) (err error) {
		row, known, err = members.Get(tx, user)
		return err
	})
	age, now := nameAfter, c.now()
	if row.Name == "" {
		age = namelessAfter
	}
	if err != nil || known && now.Sub(row.At) < age || now.UnixNano() < c.nameless.Load() {
		return row.Name, nil
	}
	ctx, cancel := context.WithTimeout(ctx, nameTime)
	defer cancel()
	var reply struct {
		Name string `json:"name"`
	}
	err = c.call(ctx, "user/get?"+url.Values{"userid": {user}}.Encode(), nil, &reply)
	var api *apiError
	if err != nil && !errors.As(err, &api) {
		c.nameless.Store(now.Add(nameRest).UnixNano())
		return row.Name, nil
	}
	if err != nil {
		c.log.Warn("the name of a member was not told", "error", c.mask.text(err.Error()))
	} else {
		row.Name = cleanText(reply.Name)
	}
	return row.Name, &memberRow{User: user, Name: row.Name, At: now}
}
