package wecom

import (
	"context"
	"slices"

	"frontdesk/storage"
)

// kfMostNames is how many customers one call tells about.
// https://developer.work.weixin.qq.com/document/path/95159
const kfMostNames = 100

// named puts into the inputs how people call themselves in WeChat. WeCom is asked
// once for each person; when it does not know, the desk does without.
func (w *Weixin) named(ctx context.Context, items []kfItem) error {
	names := map[string]string{}
	var unknown []string
	err := w.view(ctx, func(tx *storage.Tx) error {
		for _, it := range items {
			id := it.in.From.ID
			if _, seen := names[id]; seen {
				continue
			}
			p, err := person(tx, id)
			if err != nil {
				return err
			}
			names[id] = p.Name
			if !p.Asked && len(unknown) < kfMostNames {
				unknown = append(unknown, id)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(unknown) > 0 && !w.askNames(ctx, unknown, names) {
		unknown = nil
	}
	for i := range items {
		id := items[i].in.From.ID
		items[i].in.From.Name = names[id]
		items[i].asked = slices.Contains(unknown, id)
	}
	return nil
}

// askNames asks WeCom. A name is a courtesy: nothing waits for it.
func (w *Weixin) askNames(ctx context.Context, ids []string, names map[string]string) bool {
	var reply struct {
		List []struct {
			ID   string `json:"external_userid"`
			Name string `json:"nickname"`
		} `json:"customer_list"`
	}
	body := map[string]any{"external_userid_list": ids, "need_enter_session_context": 0}
	if err := w.corp.call(ctx, kfPeoplePath, body, &reply); err != nil {
		w.corp.log.Warn("names of customers were not told", "error", err)
		return false
	}
	for _, c := range reply.List {
		names[c.ID] = cleanText(c.Name)
	}
	return true
}
