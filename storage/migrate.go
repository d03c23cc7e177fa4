package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Rows of the store itself begin with '!', which no table's name does.
const (
	schemaKey     = "!schema"
	counterPrefix = "!next/"
)

// errMore is returned by a migration that has done a part of its work: that is
// committed, and the migration called again. So a large store is brought up to
// date in small commits, and one that was interrupted goes on.
var errMore = errors.New("storage: a migration has more to do")

// migrate brings the site's schema to the version of the program: each
// migration is committed together with the version that it makes. A site
// without a version is new and gets the present one.
func (s *Store) migrate(migrations []func(*Tx) error) error {
	ctx := context.Background() //nolint:forbidigo // Opening is not cut short: a half-migrated store is of no use.
	var version int
	err := s.View(ctx, func(tx *Tx) (err error) {
		version, err = tx.schema()
		return err
	})
	if err != nil {
		return err
	}
	if version == len(migrations) {
		return nil
	}
	if version > len(migrations) {
		return &NewerSchemaError{Site: s.site, Store: version, Program: len(migrations)}
	}
	if version < 0 {
		return s.Update(ctx, func(tx *Tx) error { return tx.setSchema(len(migrations)) })
	}
	for version < len(migrations) {
		more := false
		err := s.Update(ctx, func(tx *Tx) error {
			err := migrations[version](tx)
			if more = errors.Is(err, errMore); more {
				return nil
			}
			if err != nil {
				return err
			}
			return tx.setSchema(version + 1)
		})
		if err != nil {
			return fmt.Errorf("storage: site %q: migration to schema version %d: %w", s.site, version+1, err)
		}
		if !more {
			version++
		}
	}
	return nil
}

// schema returns the version of the site's schema, or -1 when it has none.
func (tx *Tx) schema() (int, error) {
	value, err := tx.Get(schemaKey)
	if err != nil || value == nil {
		return -1, err
	}
	return parseVersion(tx.Site(), value)
}

func (tx *Tx) setSchema(version int) error {
	return tx.Put(schemaKey, fmt.Appendf(nil, "%d", version))
}

func parseVersion(site string, value []byte) (int, error) {
	var version int
	if err := json.Unmarshal(value, &version); err != nil || version < 0 {
		return 0, fmt.Errorf("%w: schema version of site %q is %q", ErrDamaged, site, value)
	}
	return version, nil
}

// SchemaVersions returns the sites in a snapshot and the version of each
// one's schema. It returns an error of the engine, or one that matches
// ErrDamaged when a site has no readable version.
func SchemaVersions(snapshot Snapshot) (map[string]int, error) {
	versions := map[string]int{}
	for from := []byte{}; ; {
		page, err := snapshot.Scan(from, nil, false, 1)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			return versions, nil
		}
		site, _, found := strings.Cut(string(page[0].Key), "/")
		if !found || checkSite(site) != nil {
			return nil, fmt.Errorf("%w: key %q belongs to no site", ErrDamaged, page[0].Key)
		}
		value, err := snapshot.Get([]byte(site + "/" + schemaKey))
		if err != nil {
			return nil, err
		}
		if versions[site], err = parseVersion(site, value); err != nil {
			return nil, err
		}
		from = []byte(prefixEnd(site + "/"))
	}
}
