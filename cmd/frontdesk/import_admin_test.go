package main

import (
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"frontdesk/desk"
)

// TestImportWhileTheDeskRuns asks over the socket: the next input finds the new
// places, and everything that is wrong comes back.
func TestImportWhileTheDeskRuns(t *testing.T) {
	o := newOffice(t)
	socket := filepath.Join(t.TempDir(), "s")
	none := func(int, int) {}
	r := newRegistry(t, nil)
	if _, err := askImport(t.Context(), socket, r.request(importPlaces, example(t, "places.csv")), none); !errors.Is(err, errNotRunning) {
		t.Fatalf("nobody listens, and the answer is %v", err)
	}
	listener, err := listenAdmin(socket)
	if err != nil {
		t.Fatal(err)
	}
	web := &http.Server{Handler: (&server{app: o.app}).adminHandler()} //nolint:gosec // a test's own
	go web.Serve(listener)                                             //nolint:errcheck // it ends when it is closed
	defer web.Close()

	o.person("operator", desk.Role{Name: desk.RoleOperator})
	o.command("operator", desk.ChatPrivate, "/route 9-102 水龙头漏水")
	if told := o.told(); includes(told, "9号楼102") {
		t.Fatalf("the place is there before the import: %s", told)
	}
	last := 0
	report, err := askImport(t.Context(), socket, r.request(importPlaces, example(t, "places.csv")), func(done, _ int) { last = done })
	if err != nil || report.New != 9 || last != 9 {
		t.Fatalf("%v, progress up to %d\n%s", err, last, report.text(importPlaces))
	}
	o.command("operator", desk.ChatPrivate, "/route 9-102 水龙头漏水")
	o.wants("after the import", o.told(), "漏水堵水 · 紫荆9号楼102")

	report, err = askImport(t.Context(), socket, r.request(importPeople, []byte("number,name,room\n1,Ann,9-102\n2,,9-999\n,Cy,\n")), none)
	if err != nil || len(report.Problems) != 3 || !strings.Contains(report.text(importPeople), "3 mistakes in the file, nothing was imported") {
		t.Errorf("mistakes over the socket: %v\n%s", err, report.text(importPeople))
	}
	report, err = askImport(t.Context(), socket, r.request(importPeople, []byte("number,name,room\n1,Ann,9-102\n")), none)
	if err != nil || report.New != 1 {
		t.Errorf("people of a new place: %v\n%s", err, report.text(importPeople))
	}
}
