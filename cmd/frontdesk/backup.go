package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"frontdesk/storage/bolt"
)

// keptBackups is how many backups are kept: two days of hourly ones.
const keptBackups = 48

// keepNewest removes all but the newest n backups of a folder; their names sort
// by time.
func keepNewest(dir string, n int) error {
	files, err := filepath.Glob(filepath.Join(dir, "frontdesk-*.db"))
	if err != nil || len(files) <= n {
		return err
	}
	slices.Sort(files)
	var failed error
	for _, old := range files[:len(files)-n] {
		failed = errors.Join(failed, os.Remove(old))
	}
	return failed
}

// BackupCmd makes a backup.
type BackupCmd struct {
	Config string `help:"The configuration file." default:"config.yaml" type:"path"`
	To     string `arg:"" help:"The file to write; it must not exist." type:"path"`
}

// Run asks the running desk for it, or opens the store itself when none runs.
func (cmd *BackupCmd) Run(ctx context.Context) error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	if _, err := os.Stat(cmd.To); err == nil {
		return fmt.Errorf("%s exists already", cmd.To)
	}
	body, err := json.Marshal(map[string]string{"path": cmd.To})
	if err != nil {
		return err
	}
	err = askAdmin(ctx, config.AdminSocket, "/backup", string(body))
	if errors.Is(err, errNotRunning) {
		path, _ := strings.CutPrefix(config.StorageURL, "bolt:")
		if _, err := os.Stat(path); err != nil {
			return err
		}
		engine, openErr := bolt.Open(path, bolt.Options{})
		if openErr != nil {
			return openErr
		}
		defer engine.Close()
		err = engine.Backup(ctx, cmd.To)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Println("verified backup:", cmd.To)
	return err
}

// RestoreCmd puts a backup in the place of the store.
type RestoreCmd struct {
	Config    string `help:"The configuration file." default:"config.yaml" type:"path"`
	From      string `arg:"" help:"The backup." type:"existingfile"`
	Overwrite bool   `help:"Replace a store that is there."`
}

// Run verifies the backup first.
func (cmd *RestoreCmd) Run() error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	path, _ := strings.CutPrefix(config.StorageURL, "bolt:")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := bolt.Restore(cmd.From, path, cmd.Overwrite); err != nil {
		return err
	}
	_, err = fmt.Println("restored:", path)
	return err
}

// FsckCmd checks a store file.
type FsckCmd struct {
	File string `arg:"" help:"The store file or backup." type:"existingfile"`
}

// Run checks it from end to end.
func (cmd *FsckCmd) Run() error {
	if err := bolt.Check(cmd.File); err != nil {
		return err
	}
	_, err := fmt.Println("whole:", cmd.File)
	return err
}

// CheckCmd checks a configuration.
type CheckCmd struct {
	Config string `help:"The configuration file." default:"config.yaml" type:"path"`
}

// Run says every error at once.
func (cmd *CheckCmd) Run() error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("%s is good: %d departments, %d categories, %d buildings\n",
		cmd.Config, len(config.Site.Departments), len(config.Site.Categories), len(config.Site.Places.Buildings()))
	return err
}
