package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// BackupCmd makes a backup.
type BackupCmd struct {
	Config string `help:"The configuration file." default:"config.yaml" type:"path"`
	To     string `arg:"" optional:"" help:"The file to write, NAME.db; it must not exist. Without it, one more in the folder of backups." type:"path"`
}

// Run asks the running desk for it, or opens the store itself when none runs.
func (cmd *BackupCmd) Run(ctx context.Context, out io.Writer) error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	to := cmd.To
	if to == "" {
		if to, err = filepath.Abs(filepath.Join(config.Backup.Dir, backupName(time.Now()))); err != nil {
			return err
		}
	}
	if _, err := os.Stat(to); err == nil {
		return fmt.Errorf("%s exists already", to)
	}
	body, err := json.Marshal(map[string]string{"path": to})
	if err != nil {
		return err
	}
	_, err = askAdmin(ctx, config.AdminSocket, "/backup", string(body))
	if errors.Is(err, errNotRunning) {
		err = backupIdle(ctx, config, to)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, "verified backup:", to)
	return err
}

// backupIdle makes a backup of a store that no desk has open.
func backupIdle(ctx context.Context, config *Config, to string) error {
	path := storePath(config)
	if _, err := os.Stat(path); err != nil {
		return err
	}
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return err
	}
	defer engine.Close()
	b := &backups{config: func() *Config { return config }, copy: engine.BackupWith, now: time.Now}
	return b.make(ctx, to)
}

// storePath is where the store's file is.
func storePath(config *Config) string { return strings.TrimPrefix(config.StorageURL, "bolt:") }

// RestoreCmd puts a backup in the place of the store.
type RestoreCmd struct {
	Config    string `help:"The configuration file." default:"config.yaml" type:"path"`
	From      string `arg:"" help:"The backup, NAME.db. Its files are taken from the folder files beside it." type:"existingfile"`
	Overwrite bool   `help:"Replace a store that is there."`
}

// Run verifies the backup first.
func (cmd *RestoreCmd) Run(out io.Writer) error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	path := storePath(config)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := bolt.Restore(cmd.From, path, cmd.Overwrite); err != nil {
		return err
	}
	there, missing, err := restoreFilesOf(path, config, filesOf(cmd.From))
	if err != nil {
		return fmt.Errorf("the store was restored, not all of its files: %w", err)
	}
	if missing > 0 {
		return fmt.Errorf("the store was restored, and %d files; %d others are neither in the backup nor in %s", there, missing, config.FilesDir)
	}
	_, err = fmt.Fprintf(out, "restored: %s, %d files\n", path, there)
	return err
}

// restoreFilesOf brings the files of a restored store to their place.
func restoreFilesOf(path string, config *Config, from string) (there, missing int, err error) {
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return 0, 0, err
	}
	defer engine.Close()
	snapshot, err := engine.Begin()
	if err != nil {
		return 0, 0, err
	}
	defer snapshot.Close()
	err = storage.Look(snapshot, config.Site.ID, time.Now(), func(tx *storage.Tx) (err error) {
		there, missing, err = restoreFiles(tx, from, config.FilesDir)
		return err
	})
	return there, missing, err
}

// DrillCmd tries whether a backup can be restored.
type DrillCmd struct {
	Config string `help:"The configuration file." default:"config.yaml" type:"path"`
	Backup string `arg:"" optional:"" help:"The backup, NAME.db; without it the newest one of the folder." type:"existingfile"`
}

// Run restores into a temporary folder, and says what is there.
func (cmd *DrillCmd) Run(ctx context.Context, out io.Writer) error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	var report drillReport
	if cmd.Backup == "" {
		report, err = drill(ctx, config, time.Now())
	} else {
		report, err = drillBackup(ctx, cmd.Backup, config, time.Now())
	}
	if err != nil {
		return fmt.Errorf("the drill failed: %w", err)
	}
	_, err = fmt.Fprintln(out, report)
	return err
}

// FsckCmd checks a store file.
type FsckCmd struct {
	File string `arg:"" help:"The store file or backup." type:"existingfile"`
}

// Run checks it from end to end.
func (cmd *FsckCmd) Run(out io.Writer) error {
	if err := bolt.Check(cmd.File); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, "whole:", cmd.File)
	return err
}
