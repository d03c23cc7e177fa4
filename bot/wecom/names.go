package wecom

import (
	"cmp"
	"context"
	"net/url"
	"time"

	"frontdesk/storage"
)

// A callback says who wrote by their account alone. What people are called is
// asked from the address book, kept, and asked anew after nameFor: somebody may
// have married. Nobody waits for it longer than nameTime, because WeCom waits for
// the answer to the callback.
const (
	nameFor  = 7 * 24 * time.Hour
	nameTime = 1500 * time.Millisecond
)

// memberRow is a member of the corp as the address book has them.
type memberRow struct {
	User  string    `json:"user"`
	Name  string    `json:"name,omitempty"`
	Asked time.Time `json:"asked"`
}

// named is what a member is called, and the row to be kept if WeCom was asked just
// now. A name is a courtesy: when it is not told, the one known before counts, and
// it is asked again with what the person says next.
func (c *Corp) named(ctx context.Context, user string) (name string, keep func(*storage.Tx) error, err error) {
	store := c.store.Load()
	if store == nil {
		return "", nil, nil
	}
	var known memberRow
	var found bool
	err = store.View(ctx, func(tx *storage.Tx) (err error) {
		known, found, err = members.Get(tx, user)
		return err
	})
	now := c.now()
	if err != nil || found && now.Sub(known.Asked).Abs() < nameFor {
		return known.Name, nil, err
	}
	asking, cancel := context.WithTimeout(ctx, nameTime)
	defer cancel()
	var reply struct {
		Name string `json:"name"`
	}
	// https://developer.work.weixin.qq.com/document/path/90196
	err = c.call(asking, "user/get?"+url.Values{"userid": {user}}.Encode(), nil, &reply)
	switch code := codeOf(err); {
	case code == codeNotVisible || code == codeNoUser:
		reply.Name = "" // Nobody will tell.
	case err != nil:
		c.log.Warn("the name of a member was not told", "error", err)
		return known.Name, nil, nil
	}
	row := memberRow{User: user, Name: cleanText(reply.Name)}
	if row.Name == "" {
		row.Name = cmp.Or(known.Name, user) // The account is better than nobody.
	}
	return row.Name, func(tx *storage.Tx) error {
		row.Asked = tx.Now()
		return members.Put(tx, row)
	}, nil
}
