package main

import (
	"fmt"
	"testing"

	"frontdesk/bot/wecom/wecomtest"
)

// corpCrew is who works in a corp.
type corpCrew struct {
	admin, operator, manager, centre, property, night, wang, zhou, guo *colleague
}

// hireCorp lets the people of the desk say something to the application, which is
// what they must do once.
func (w *corpTown) hireCorp() *corpCrew {
	c := &corpCrew{
		admin: w.member("linzhuren", "林主任"), operator: w.member("limin", "李敏"), manager: w.member("chengang", "陈刚"),
		centre: w.member("zhaozong", "赵总"), property: w.member("qianzong", "钱总"), night: w.member("sunye", "孙夜"),
		wang: w.member("wang", "王师傅"), zhou: w.member("zhou", "周师傅"), guo: w.member("guo", "郭师傅"),
	}
	w.AddChat(wecomtest.Chat{ID: corpChatID, Name: "工程群", Owner: "wang", Members: []string{"wang", "zhou", "guo", "linzhuren"}})
	for _, p := range []*colleague{c.admin, c.operator, c.manager, c.centre, c.property, c.night, c.wang, c.zhou, c.guo} {
		p.Enter()
		w.rest()
	}
	return c
}

func TestTryCorp(t *testing.T) {
	visitCorp(t, corpOptions{}, func(w *corpTown) {
		c := w.hireCorp()
		zhang := w.member("zhang", "张同学")
		defer func() {
			for _, p := range []*colleague{c.admin, c.operator, c.manager, c.wang, c.zhou, zhang} {
				fmt.Printf("=== %s\n%s", p.name(), screenOf(p.sees()))
			}
			fmt.Printf("=== group\n%s", screenOf(w.groupSees()))
		}()
		zhang.Enter()
		w.rest()
		w.does(zhang, "报修", "没热水", "3号楼", "5", "502", "今天,没人也可进", "提交")
		w.wait(60e9)
		w.does(c.wang, "接单")
	})
}
