package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"frontdesk/desk"
	"frontdesk/scheduler"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// drillReport is what a drill found.
type drillReport struct {
	Backup string      `json:"backup"`
	At     time.Time   `json:"at"`
	Counts storeCounts `json:"counts"`
	Files  int         `json:"files"`
}

func (r drillReport) String() string {
	return fmt.Sprintf("%s can be restored: %s, %d files", r.Backup, r.Counts, r.Files)
}

var errNoBackup = errors.New("there is no backup yet")

// drill restores the newest backup of a folder into a temporary one and looks at
// everything in it, as whoever needs it would find it. A success is noted in the
// folder. Nothing of the running desk is touched.
func drill(ctx context.Context, config *Config, now time.Time) (drillReport, error) {
	files, err := backupsIn(config.Backup.Dir)
	if err != nil {
		return drillReport{}, err
	}
	if len(files) == 0 {
		return drillReport{}, fmt.Errorf("%w in %s", errNoBackup, config.Backup.Dir)
	}
	report, err := drillBackup(ctx, files[len(files)-1], config, now)
	if err != nil {
		return report, err
	}
	data, err := json.Marshal(report)
	if err != nil {
		return report, err
	}
	return report, writeWhole(drillNote(config.Backup.Dir), append(data, '\n'))
}

func drillNote(dir string) string { return filepath.Join(dir, "last-drill.json") }

// lastDrill is when a drill last succeeded in a folder; zero if none has.
func lastDrill(dir string) time.Time {
	var report drillReport
	data, err := os.ReadFile(drillNote(dir))
	if err != nil || json.Unmarshal(data, &report) != nil {
		return time.Time{}
	}
	return report.At
}

// drillBackup restores one backup and compares.
func drillBackup(ctx context.Context, path string, config *Config, now time.Time) (report drillReport, err error) {
	report = drillReport{Backup: filepath.Base(path), At: now.UTC().Truncate(time.Second)}
	meta, err := readMeta(path)
	if err != nil {
		return report, err
	}
	// Beside the backups, because there is room for one more of them.
	dir, err := os.MkdirTemp(filepath.Dir(path), "drill-*")
	if err != nil {
		return report, err
	}
	defer os.RemoveAll(dir)
	restored := filepath.Join(dir, "desk.db")
	if err := bolt.Restore(path, restored, false); err != nil {
		return report, err
	}
	engine, err := bolt.Open(restored, bolt.Options{})
	if err != nil {
		return report, err
	}
	defer engine.Close()
	store, err := storage.Open(engine, config.Site.ID, storage.Options{Migrations: storage.Migrations})
	if err != nil {
		return report, err
	}
	defer store.Close()
	err = store.View(ctx, func(tx *storage.Tx) error {
		report.Counts, report.Files, err = inspectStore(ctx, tx, filesOf(path))
		return err
	})
	switch {
	case err != nil:
		return report, err
	case meta == nil:
		return report, nil // It is from before counts were kept.
	case meta.Counts != report.Counts:
		return report, fmt.Errorf("%s has %s, but had %s when it was made", report.Backup, report.Counts, meta.Counts)
	}
	hash, err := hashFile(path)
	if err == nil && hash != meta.SHA256 {
		err = fmt.Errorf("%s is not the file that was made", report.Backup)
	}
	return report, err
}

// readMeta reads what was noted about a backup; nil if nothing was.
func readMeta(path string) (*backupMeta, error) {
	data, err := os.ReadFile(metaOf(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // Old backups have none.
	}
	if err != nil {
		return nil, err
	}
	var meta backupMeta
	if err := json.Unmarshal(data, &meta); err != nil {
		return nil, fmt.Errorf("%s: %w", metaOf(path), err)
	}
	return &meta, nil
}

// inspectStore checks every table against its indexes, counts, and reads every
// file that a ticket names in a folder of files.
func inspectStore(ctx context.Context, tx *storage.Tx, files string) (c storeCounts, n int, err error) {
	problems, err := allTables().Check(tx)
	if err == nil {
		err = consistent(problems)
	}
	if err != nil {
		return c, 0, err
	}
	if c, err = countStore(tx); err != nil {
		return c, 0, err
	}
	bad := 0
	err = eachFile(tx, func(hash string) error {
		n++
		if have, err := hashFile(storedAt(files, hash)); err != nil || have != hash {
			bad++
		}
		return ctx.Err()
	})
	if err == nil && bad > 0 {
		err = fmt.Errorf("%d of %d files are missing or damaged in %s", bad, n, files)
	}
	return c, n, err
}

// consistent is an error that names the first problems.
func consistent(problems []storage.Problem) error {
	const few = 10
	var failed error
	for i, p := range problems {
		if i == few {
			failed = errors.Join(failed, fmt.Errorf("and %d more", len(problems)-few))
			break
		}
		failed = errors.Join(failed, errors.New(p.String()))
	}
	return failed
}

// drillTask tries by schedule whether the newest backup can be restored, and
// tells the administrators if it cannot. It is not tried again before the next
// time: what failed is for people to look at.
func (a *App) drillTask() scheduler.Task {
	return scheduler.Task{
		Name: "drill",
		Cron: func(s *desk.Site) string { return s.Schedules.Drill },
		Run: func(ctx context.Context, job desk.Job) error {
			report, err := drill(ctx, a.Config(), a.now())
			if err == nil {
				a.log.Info("restore drill: " + report.String())
				return nil
			}
			if ctx.Err() != nil {
				return err
			}
			a.log.Error("the newest backup could not be restored in the drill", "error", err)
			return a.noteDrill(ctx, job)
		},
	}
}

// noteDrill tells the administrators that a drill has failed, once for a drill.
func (a *App) noteDrill(ctx context.Context, job desk.Job) error {
	return a.Store.Update(ctx, func(tx *storage.Tx) error {
		wr := a.writer()
		w := storage.NewWorld(tx, wr.Site)
		var out desk.Effects
		for _, p := range w.Holders(desk.RoleAdministrator) {
			out.Say(desk.Message{
				Person: p.ID, Text: desk.T("drill.failed"), Lane: desk.LaneInteractive, Class: desk.ClassNotice,
				Key: "drill/" + job.Due.UTC().Format(time.RFC3339) + "/" + p.ID,
			})
		}
		if w.Err() != nil {
			return w.Err()
		}
		return wr.Apply(tx, out)
	})
}
