package main

import (
	"testing"
	"time"
)

// earlyCorp are the two places that acknowledge to WeCom, changed so that they do
// it before the commit, and some moments pass between: the answer to a callback,
// and the place up to which 微信客服 was read.
var earlyCorp = []sourceChange{
	{
		file: "callback.go",
		old:  "	if err := h.commit(ctx, n); err != nil {\n",
		replacement: "	w.WriteHeader(http.StatusOK)\n" +
			"	_ = http.NewResponseController(w).Flush()\n" +
			"	time.Sleep(200 * time.Millisecond)\n" +
			"	if err := h.commit(context.WithoutCancel(ctx), n); err != nil {\n",
	},
	{
		file: "kf_pull.go",
		old:  "	var inputs []desk.Input\n	for _, it := range items {\n		if it.say {\n",
		replacement: "	if err := p.receiver.Handle(ctx, nil, keep); err != nil {\n		return err\n	}\n" +
			"	time.Sleep(200 * time.Millisecond)\n" +
			"	var inputs []desk.Input\n	for _, it := range items {\n		if it.say {\n",
	},
}

// TestTortureCorpHasTeeth sees that the campaign finds what it is for: a program
// that acknowledges before it commits loses what people said, of members and of
// people with ordinary WeChat.
func TestTortureCorpHasTeeth(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	t.Parallel()
	for i, change := range earlyCorp {
		end, who := []killPoint{atAck, atReceive}[i], []kinds{membersOnly, weixinOnly}[i]
		t.Run(change.file, func(t *testing.T) {
			t.Parallel()
			w := newCorpWorld(t, buildChanged(t, "wecom", earlyCorp[i:i+1]), tortureSeed(t))
			w.only = who
			w.campaign([]killPoint{end, end, end, end, end, end}, 8, 5*time.Second)
			lost := 0
			for _, f := range w.filers {
				if f.doing != "" {
					lost++
				}
			}
			t.Logf("%d of %d kills at the point, %d people wait for ever", w.tripped, 6, lost)
			if lost == 0 {
				t.Error("a program that acknowledges too early lost nothing: the campaign proves nothing")
			}
		})
	}
}
