package paper

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// A report of many lines has several pages, each with its foot, and Chinese letters.
func TestReport(t *testing.T) {
	var lines []string
	for i := range 120 {
		lines = append(lines, fmt.Sprintf("%d. 3号楼停电,电工已到现场,正在检查配电箱。", i+1))
	}
	var pdf bytes.Buffer
	if err := Report(&pdf, "事件报告(草稿):3号楼 没电", "示例校区", []Section{{Head: "一、概况", Lines: lines}, {Head: "七、待补充", Lines: []string{strings.Repeat("长", 400)}}}); err != nil {
		t.Fatal(err)
	}
	if pages := bytes.Count(pdf.Bytes(), []byte("/Type /Page\n")); !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF-")) || pages < 3 {
		t.Errorf("%d bytes, %d pages", pdf.Len(), pages)
	}
	var again bytes.Buffer
	if err := Report(&again, "x", "y", nil); err != nil || again.Len() == 0 {
		t.Errorf("an empty report: %v", err)
	}
}
