package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// BenchmarkImport imports 5,000 rooms and 20,000 people into a new store on the
// disk, from CSV and from a workbook.
//
//	go test ./cmd/frontdesk -run - -bench Import -benchtime 3x
func BenchmarkImport(b *testing.B) {
	var places, people bytes.Buffer
	book := excelize.NewFile()
	defer book.Close()
	stream, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	places.WriteString("楼栋,房间号\n")
	people.WriteString("学号,姓名,房间,电话,类别,有效期至\n")
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	must(stream.SetRow("A1", []any{"学号", "姓名", "房间", "电话", "类别", "有效期至"}))
	for i := range 5000 {
		building, door := 21+i/250, fmt.Sprintf("%d%02d", 1+i%250/25, 1+i%25)
		fmt.Fprintf(&places, "%d,%s\n", building, door)
		for bed := range 4 {
			n := i*4 + bed
			room := fmt.Sprintf("%d-%s", building, door)
			fmt.Fprintf(&people, "%d,王%d,%s,138%08d,学生,2027-06-30\n", 20230000+n, n, room, n)
			must(stream.SetRow(fmt.Sprintf("A%d", n+2), []any{20230000 + n, fmt.Sprint("王", n), room, fmt.Sprintf("138%08d", n), "学生", "2027-06-30"}))
		}
	}
	must(stream.Flush())
	workbook, err := book.WriteToBuffer()
	must(err)
	dir := b.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		must(os.WriteFile(path, data, 0o600))
		return path
	}
	rooms := write("places.csv", places.Bytes())
	for name, file := range map[string]string{"csv": write("people.csv", people.Bytes()), "xlsx": write("people.xlsx", workbook.Bytes())} {
		b.Run(name, func(b *testing.B) {
			for i := range b.N {
				importBoth(b, filepath.Join(b.TempDir(), fmt.Sprint(i)+".db"), rooms, file)
			}
		})
	}
}

func importBoth(b *testing.B, store, places, people string) {
	b.Helper()
	engine, err := bolt.Open(store, bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer engine.Close()
	s, err := storage.Open(engine, "bench", storage.Options{Migrations: storage.Migrations})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	base := &desk.Site{Languages: []string{"zh", "en"}}
	site := base
	im := importer{store: s, base: func() *desk.Site { return base }, now: func() *desk.Site { return site }}
	importFile(b, im, importPlaces, places)
	if site, err = withListedPlaces(b.Context(), s, base); err != nil {
		b.Fatal(err)
	}
	importFile(b, im, importPeople, people)
}

func importFile(b *testing.B, im importer, kind, path string) {
	b.Helper()
	t, err := readTable(path, "")
	if err != nil {
		b.Fatal(err)
	}
	report, err := im.run(b.Context(), requestOf(kind, t), nil)
	if err != nil || len(report.Problems) > 0 {
		b.Fatalf("%v\n%s", err, report.text(kind))
	}
}
