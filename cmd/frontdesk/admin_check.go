package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"frontdesk/storage"
)

// check looks whether a configuration could be put into force now, and whether
// the store's tables agree with their indexes. It reads the whole store, in a
// View, beside everything else.
func (s *server) check(ctx context.Context, path string) (string, error) {
	config, err := LoadConfig(path, os.LookupEnv)
	if err != nil {
		return "", err
	}
	restart := keepFixed(s.app.Config(), config)
	site, err := s.app.extend(ctx, config.Site)
	if err != nil {
		return "", err
	}
	var problems []storage.Problem
	var counts storeCounts
	var unusable *StillUsedError
	err = s.app.Store.View(ctx, func(tx *storage.Tx) (err error) {
		if err := stillUsed(tx, s.app.Site(), site); err != nil && !errors.As(err, &unusable) {
			return err
		}
		if problems, err = allTables().Check(tx); err != nil {
			return err
		}
		counts, err = countStore(tx)
		return err
	})
	if err == nil {
		err = consistent(problems)
	}
	if err != nil {
		return "", fmt.Errorf("the store of the running desk: %w", err)
	}
	if unusable != nil {
		return "", fmt.Errorf("the running desk would refuse it: %w", unusable)
	}
	lines := []string{fmt.Sprintf("the store of the running desk is consistent: %s", counts)}
	if len(restart) > 0 {
		lines = append(lines, "needs a restart: "+strings.Join(restart, ", "))
	}
	return strings.Join(lines, "\n"), nil
}
