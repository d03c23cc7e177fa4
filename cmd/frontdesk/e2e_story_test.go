package main

import (
	"testing"
)

func TestStoryExplore(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		w.says(zhang, "/repair")
		t.Log(zhang.Transcript())
		w.presses(zhang, "没热水", "3号楼")
		t.Log(zhang.Transcript())
		w.presses(zhang, "5", "502", "今天,没人也可进", "提交")
		t.Log(zhang.Transcript())
		w.presses(c.wang, "接单")
		c.zhou.PressOn(c.group.Screen()[5], "接单")
		t.Log(zhang.Transcript())
		t.Log(c.group.Transcript())
		t.Log(c.wang.Transcript())
	})
}
