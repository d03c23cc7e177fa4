package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// registry is a store with an importer over the example's site.
type registry struct {
	t      *testing.T
	engine storage.Engine
	store  *storage.Store
	base   *desk.Site
	site   *desk.Site
}

func newRegistry(t *testing.T, engine storage.Engine) *registry {
	t.Helper()
	if engine == nil {
		engine = memory.New()
	}
	store, err := storage.Open(engine, "test", storage.Options{Migrations: storage.Migrations})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	site := exampleTown(t).Site
	return &registry{t: t, engine: engine, store: store, base: site, site: site}
}

// importer changes the site when places were imported, as the desk does.
func (r *registry) importer() importer {
	return importer{
		store: r.store, base: func() *desk.Site { return r.base }, now: func() *desk.Site { return r.site },
		changed: func(context.Context) error {
			site, err := withListedPlaces(r.t.Context(), r.store, r.base)
			r.site = site
			return err
		},
	}
}

// imports imports what a file holds, and gives the report.
func (r *registry) imports(kind string, data []byte, change func(*importRequest)) (importReport, error) {
	r.t.Helper()
	request := r.request(kind, data)
	if change != nil {
		change(&request)
	}
	return r.importer().run(r.t.Context(), request, nil)
}

func (r *registry) request(kind string, data []byte) importRequest {
	r.t.Helper()
	path := filepath.Join(r.t.TempDir(), "file")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		r.t.Fatal(err)
	}
	t, err := readTable(path, "")
	if err != nil {
		r.t.Fatal(err)
	}
	return requestOf(kind, t)
}

func (r *registry) must(kind, text string, change func(*importRequest)) importReport {
	r.t.Helper()
	report, err := r.imports(kind, []byte(text), change)
	if err != nil || len(report.Problems) > 0 {
		r.t.Fatalf("%v\n%s", err, report.text(kind))
	}
	return report
}

func (r *registry) people() map[string]desk.Resident {
	r.t.Helper()
	list, _, err := storage.AllResidents(r.t.Context(), r.store)
	if err != nil {
		r.t.Fatal(err)
	}
	found := map[string]desk.Resident{}
	for _, p := range list {
		found[p.Number] = p
	}
	return found
}

func replacing(request *importRequest) { request.Replace = true }
func dry(request *importRequest)       { request.Dry = true }

// encoded is a text as another program would write it.
func encoded(t *testing.T, text, as string) []byte {
	t.Helper()
	var data []byte
	var err error
	switch as {
	case "utf-8":
		data = []byte(text)
	case "utf-8 with bom":
		data = []byte("\ufeff" + text)
	case "gb18030":
		data, err = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	case "gbk":
		data, err = simplifiedchinese.GBK.NewEncoder().Bytes([]byte(text))
	case "utf-16":
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// weakEngine commits a number of times, and then never again.
type weakEngine struct {
	storage.Engine
	left int
}

var errWeak = errors.New("the disk broke")

func (e *weakEngine) Apply(ops []storage.Op) error {
	if e.left == 0 {
		return errWeak
	}
	e.left--
	return e.Engine.Apply(ops)
}

func lines(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") }

func example(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "examples", name))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Count(data, []byte("\n")) < 3 {
		t.Fatalf("%s shows nothing", name)
	}
	return data
}
