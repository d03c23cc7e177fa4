package paper

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"

	"frontdesk/desk"
)

func examplePage(damages int) desk.DrawnPaper {
	p := desk.DrawnPaper{
		Name: "clearance", From: desk.Said{"示例大学客户运作中心", "Example University, customer operations"},
		Title: desk.Said{"退宿证明", "Clearance certificate"},
		Facts: []desk.DrawnFact{
			{Label: desk.Said{"姓名", "Name"}, Value: desk.Said{"张小雨"}},
			{Label: desk.Said{"学号或工号", "Student or staff number"}, Value: desk.Said{"20230001"}},
			{Label: desk.Said{"房间", "Room"}, Value: desk.Said{"3号楼502,A床", "Building 3, 502, bed A"}},
			{Label: desk.Said{"入住", "From"}, Value: desk.Said{"2023-09-01"}},
			{Label: desk.Said{"退宿", "Left on"}, Value: desk.Said{"2026-06-30"}},
			{Label: desk.Said{"单号", "Reference"}, Value: desk.Said{"B-1001"}},
		},
		Head:  desk.Said{"费用", "Charges"},
		Total: desk.DrawnPaperRow{What: desk.Said{"合计,已核对", "Total, confirmed"}, Sum: "35.00"},
		Notes: []desk.Said{{"房间和钥匙已交还。", "The room and the keys have been handed back."}},
		Code:  "K7QM-3XNP-V4TR", Link: "https://desk.example.edu/verify/K7QM3XNPV4TR",
		Hint: desk.Said{"核对:扫码,或在聊天里发 /verify K7QM-3XNP-V4TR。有效期到 2026-09-28。", "To confirm: scan, or send /verify K7QM-3XNP-V4TR in the chat. Valid until 2026-09-28."},
	}
	for i := range damages {
		p.Lines = append(p.Lines, desk.DrawnPaperRow{
			What: desk.Said{fmt.Sprintf("第%d项 书桌抽屉和滑轨,损坏(3人分摊)", i+1), fmt.Sprintf("Item %d desk drawer and its rails, damaged (shared by 3)", i+1)},
			Sum:  desk.Yuan(int64(1000 + i)),
		})
	}
	return p
}

// readBack gives the number of pages and all words of a PDF, as a reader finds them.
func readBack(t *testing.T, body []byte) (pages int, words string) {
	t.Helper()
	r, err := pdf.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := r.GetPlainText()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	return r.NumPage(), string(text)
}

// The font is in the file, everything on it can be read back, and it is one page.
func TestPageIsRead(t *testing.T) {
	body, err := Page(examplePage(2))
	if err != nil {
		t.Fatal(err)
	}
	pages, words := readBack(t, body)
	if pages != 1 {
		t.Errorf("%d pages", pages)
	}
	for _, want := range []string{"退宿证明", "张小雨", "20230001", "Building 3, 502, bed A", "2026-06-30", "10.01", "35.00", "K7QM-3XNP-V4TR"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not on the page:\n%s", want, words)
		}
	}
	if !bytes.Contains(body, []byte("/FontFile2")) {
		t.Error("the font is not in the file")
	}
	if len(body) > 200_000 {
		t.Errorf("%d bytes: too large for an outbox", len(body))
	}
	show(t, "certificate.pdf", body)
}

// However much is on it, it stays on one page, and nothing lies over the code.
func TestPageHoldsTheLongest(t *testing.T) {
	p := examplePage(15)
	p.Facts[0].Value = desk.Said{strings.Repeat("阿布都热合曼·", 6) + "买买提", "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine " + strings.Repeat("Llanfairpwllgwyngyll", 4)}
	body, err := Page(p)
	if err != nil {
		t.Fatal(err)
	}
	pages, words := readBack(t, body)
	if pages != 1 {
		t.Errorf("%d pages", pages)
	}
	if !strings.Contains(words, "Item 15 desk drawer") || !strings.Contains(words, "10.14") {
		t.Errorf("the last line is missing:\n%s", words)
	}
	show(t, "certificate-long.pdf", body)
	d, err := newDocument("")
	if err != nil {
		t.Fatal(err)
	}
	d.pdf.AddPage()
	l, err := d.fitted(p)
	if err != nil || l.y > upperPart {
		t.Errorf("it lies over the code: %.0f of %.0f points (%v)", l.y, upperPart, err)
	}
	if l.scale < 0.45 {
		t.Errorf("letters at %.2f of their size cannot be read", l.scale)
	}
}

func TestPageSameAgain(t *testing.T) {
	a, err := Page(examplePage(3))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Page(examplePage(3))
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("two prints of one page differ (%v)", err)
	}
}

func TestPageNeedsItsCode(t *testing.T) {
	p := examplePage(0)
	p.Code = ""
	if _, err := Page(p); err != ErrNoPaper {
		t.Errorf("a page without a code: %v", err)
	}
}

// show keeps a page to be looked at, where PAPER_OUT names a folder.
func show(t *testing.T, name string, body []byte) {
	t.Helper()
	if to := os.Getenv("PAPER_OUT"); to != "" {
		if err := os.WriteFile(to+"/"+name, body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
