//go:build unix

package bench

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"

	"frontdesk/bot"
	"frontdesk/bot/telegram"
	"frontdesk/desk"
	"frontdesk/storage"
)

// bare is the server to compare with: the same decoder, the same calls, nothing
// between them. It thinks nothing, stores nothing, and forgets all when it ends.
type bare struct {
	channel *telegram.Channel
	calls   chan func(context.Context) error
}

// runBare takes updates and makes as many calls at once as the desk does.
func runBare(ctx context.Context, channel *telegram.Channel, _ *atomic.Int64) (http.Handler, func(), error) {
	b := &bare{channel: channel, calls: make(chan func(context.Context) error, 1<<16)}
	var workers sync.WaitGroup
	for range bot.DefaultWorkers {
		workers.Go(func() {
			for {
				select {
				case call := <-b.calls:
					if err := call(ctx); err != nil && ctx.Err() == nil {
						fmt.Fprintln(os.Stderr, err)
					}
				case <-ctx.Done():
					return
				}
			}
		})
	}
	hook, err := channel.Webhook(b)
	return hook, workers.Wait, err
}

// Handle implements bot.Receiver.
func (b *bare) Handle(_ context.Context, inputs []desk.Input, _ func(*storage.Tx) error) error {
	for _, in := range inputs {
		step := 0
		if in.Press != nil {
			step, _ = strconv.Atoi(in.Press.Data)
			b.calls <- func(ctx context.Context) error { return b.channel.Answer(ctx, in.Press.ID, "", "", false) }
		}
		b.send(in.Address(), script[step])
		if step == len(script)-1 {
			person, _ := strconv.Atoi(in.From.ID)
			to := desk.Address{Channel: telegram.Name, ID: strconv.FormatInt(group(building(person-firstPerson)), 10)}
			b.send(to, card)
		}
	}
	return nil
}

func (b *bare) send(to desk.Address, m desk.Drawn) {
	b.calls <- func(ctx context.Context) error {
		_, err := b.channel.Send(ctx, to, m)
		return err
	}
}

// script is what the desk says in the five turns, word for word, with the number
// of the next turn in place of a token.
var script = []desk.Drawn{
	drawn("什么坏了?选一个,或直接说一句,也可以发照片。", 1, "漏水堵水 没热水 没电灯坏", "空调 门锁家具 其他", "取消"),
	drawn("在哪里?选楼,或直接写「3-502」。", 2, "本人 3-502 1号楼 2号楼", "3号楼 4号楼 5号楼", "6号楼 7号楼 8号楼", "返回 取消"),
	drawn("什么时候方便?没人时可以进吗?", 3, "今天,没人也可进 今天,有人在再进", "约时间", "返回 取消"),
	drawn("请核对:\n没热水 · 3号楼502\n今天;先敲门,没人应再进", 4, "提交 修改", "取消"),
	drawn("已登记 R-1042。3部 10:21 前接单,今天上门,争取明天 2:21 前修好。", 5, "看进度 补充", "取消报修"),
}

var card = drawn("R-1042 没热水\n3号楼502 · 今天\n14:05 报 · 22:05 前接单", 6, "接单 不归我们")

func drawn(text string, next int, rows ...string) desk.Drawn {
	m := desk.Drawn{Text: text}
	for _, row := range rows {
		var buttons []desk.DrawnMark
		for _, label := range fields(row) {
			buttons = append(buttons, desk.DrawnMark{Label: label, Data: strconv.Itoa(next)})
		}
		m.Buttons = append(m.Buttons, buttons)
	}
	return m
}
