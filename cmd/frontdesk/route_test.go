package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"frontdesk"
	"frontdesk/desk"
)

// TestRouteTold says where sentences would go, at which hour, by which rule and
// why, with the example's configuration.
func TestRouteTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, frontdesk.ExampleConfig, 0o600); err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, lang, at string
		want           []string
	}{
		{"3-502 水龙头漏水", "zh", "09:00", []string{"漏水堵水 · 3号楼502 · 普通", "派给工程部,按第 7 条规则:其余的都归这里", "部门现在上班", "在班:telegram:2001、telegram:2002", "现在报的话,9:15 前接单"}},
		{"3-502 水龙头漏水", "zh", "22:00", []string{"部门现在不上班,明天 8:00 起接单", "在班:telegram:2003", "现在报的话,明天 8:15 前接单"}},
		{"食堂水管漏水", "zh", "22:00", []string{"派给保安部,按第 5 条规则:类别是漏水堵水、地点在食堂、图书馆、17:30-08:00 之间"}},
		{"食堂水管漏水", "zh", "10:00", []string{"派给工程部,按第 7 条规则"}},
		{"3-502 水管爆了在喷水", "zh", "22:00", []string{"漏水堵水 · 3号楼502 · 急", "急事马上通知", "现在报的话,22:15 前接单"}},
		{"3栋走廊垃圾没人收", "zh", "10:00", []string{"保洁", "派给保洁部,按第 4 条规则:类别是保洁、除虫"}},
		{"tap leaking in 3-502", "en", "09:00", []string{"Leak/drain · Building 3, 502 · normal", "Goes to Engineering, by rule 7: everything else goes here", "The department is at work now", "Filed now, it is taken by 9:15"}},
		{"forgot my key, 5-203", "en", "09:00", []string{"Goes to Security, by rule 1: category Open door, Noise"}},
	} {
		at, err := desk.ParseClockTime(c.at)
		if err != nil {
			t.Fatal(err)
		}
		now := at.On(desk.Date{Year: 2026, Month: 11, Day: 24}, zone)
		var out bytes.Buffer
		cmd := RouteCmd{Config: path, Lang: c.lang, Text: []string{c.text}}
		if err := cmd.run(&out, now); err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		for _, want := range c.want {
			if !includes(out.String(), want) {
				t.Errorf("%s at %s: want %q in\n%s", c.text, c.at, want, out.String())
			}
		}
	}
	if err := (&RouteCmd{Config: path, Text: []string{"今天天气不错"}}).run(&bytes.Buffer{}, time.Now()); err == nil {
		t.Error("a sentence about nothing has a route")
	}
}
