package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"frontdesk/desk"
)

// nameTime is the time in a backup's name. Names sort by time.
const nameTime = "20060102T150405Z"

func backupName(at time.Time) string { return "frontdesk-" + at.UTC().Format(nameTime) + ".db" }

// nameOf reads the time in a name; not ok for a file that the schedule has not
// made, which is never removed.
func nameOf(path string) (time.Time, bool) {
	middle, ok := strings.CutPrefix(filepath.Base(path), "frontdesk-")
	if !ok {
		return time.Time{}, false
	}
	at, err := time.Parse(nameTime+".db", middle)
	return at, err == nil
}

// backupsIn lists the backups that the schedule has made in a folder, oldest
// first.
func backupsIn(dir string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "frontdesk-*.db"))
	files = slices.DeleteFunc(files, func(path string) bool { _, ok := nameOf(path); return !ok })
	slices.Sort(files)
	return files, err
}

// lastBackup is when the newest backup of a folder was made; zero without one.
func lastBackup(dir string) time.Time {
	files, err := backupsIn(dir)
	if err != nil || len(files) == 0 {
		return time.Time{}
	}
	at, _ := nameOf(files[len(files)-1])
	return at
}

// rotate removes the backups that are no longer kept.
func rotate(keep BackupConfig, zone *time.Location) error {
	files, err := backupsIn(keep.Dir)
	if err != nil {
		return err
	}
	times := make([]time.Time, len(files))
	for i, path := range files {
		times[i], _ = nameOf(path)
	}
	kept := keptOf(times, keep, zone)
	var failed error
	for i, path := range files {
		if kept[i] {
			continue
		}
		err := os.Remove(metaOf(path))
		if errors.Is(err, fs.ErrNotExist) {
			err = nil // It is from before there were any.
		}
		failed = errors.Join(failed, err, os.Remove(path))
	}
	return failed
}

// keptOf tells which of some backups, oldest first, are kept: the newest one of
// each of the last so many hours, days and weeks in which there was one. Hours in
// which the desk did not run count for nothing, so that a downtime costs no
// backup. The newest of all is always kept.
func keptOf(times []time.Time, keep BackupConfig, zone *time.Location) []bool {
	kept := make([]bool, len(times))
	for _, rule := range []struct {
		n      int
		period func(time.Time) string
	}{
		{max(keep.Hourly, 1), func(t time.Time) string { return t.UTC().Format("2006-01-02T15") }},
		{keep.Daily, func(t time.Time) string { return desk.DateOf(t, zone).String() }},
		{keep.Weekly, func(t time.Time) string {
			year, week := t.In(zone).ISOWeek()
			return fmt.Sprint(year, " ", week)
		}},
	} {
		seen := map[string]bool{}
		for i := len(times) - 1; i >= 0 && len(seen) <= rule.n; i-- {
			period := rule.period(times[i])
			if !seen[period] && len(seen) < rule.n {
				kept[i] = true
			}
			seen[period] = true
		}
	}
	return kept
}
