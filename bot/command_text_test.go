package bot

import (
	"strings"
	"testing"
)

func TestCommandIn(t *testing.T) {
	tests := []struct{ text, name, bot, arg string }{
		{"/start", "start", "", ""},
		{"/start r_abc123", "start", "", "r_abc123"},
		{"/REPAIR tap drips", "repair", "", "tap drips"},
		{"/repair@frontdesk_bot tap", "repair", "frontdesk_bot", "tap"},
		{"／repair　水管漏水", "repair", "", "水管漏水"},
		{"／ｒｅｐａｉｒ　水管", "repair", "", "水管"},
		{"/repair＠frontdesk_bot 水管", "repair", "frontdesk_bot", "水管"},
		{"/repair水管漏水", "repair", "", "水管漏水"},
		{"/repair，水管漏水", "repair", "", "，水管漏水"},
		{"请看 /repair x", "repair", "", "x"},
		{"请看，/repair x", "repair", "", "x"},
		{"请看　/repair　x", "repair", "", "x"},
		{"😀😀 /repair x", "repair", "", "x"},
		{"first\n/find R-12\nmore", "find", "", "R-12\nmore"},
		{"/find /repair", "find", "", "/repair"},
		{"/help.", "help", "", "."},
		{"(/help)", "help", "", ")"},
		{"and/or", "", "", ""},
		{"24/7", "", "", ""},
		{"https://t.me/repair", "", "", ""},
		{"/home/x", "", "", ""},
		{"see /var.log", "", "", ""},
		{"请看/repair x", "", "", ""},
		{"/", "", "", ""},
		{"//", "", "", ""},
		{"/ repair", "", "", ""},
		{"/维修", "", "", ""},
		{"", "", "", ""},
		{"/" + strings.Repeat("a", 33), "", "", ""},
		{"/help me/you", "help", "", "me/you"},
	}
	for _, tt := range tests {
		got, ok := CommandIn(tt.text, nil)
		if want := (CommandText{tt.name, tt.bot, tt.arg}); got != want || ok != (tt.name != "") {
			t.Errorf("CommandIn(%q) = %+v, %v, want %+v", tt.text, got, ok, want)
		}
	}
}
