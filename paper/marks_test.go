package paper

import "testing"

// A Chinese line has the marks of print; figures, addresses and English have their own.
func TestWideMarks(t *testing.T) {
	for text, want := range map[string]string{
		"3号楼104,B床": "3号楼104，B床", "合计,费用与押金已核对": "合计，费用与押金已核对", "费用(元)": "费用（元）",
		"核验:在聊天里发 /verify": "核验：在聊天里发 /verify", "共 1,200 元,8:30 前": "共 1,200 元，8:30 前",
		"打开 https://desk.example.edu": "打开 https://desk.example.edu", "Building 3, 104 (bed B): ok": "Building 3, 104 (bed B): ok", "": "",
	} {
		if got := wideMarks(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
