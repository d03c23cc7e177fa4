package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// leastKey is how long a key must be at least, in characters.
const leastKey = 32

// linkKeys reads the keys that sign links, the present one first. Without one in
// the configuration it is the file beside the store, or nothing until
// ensureLinkKey has made it: checking a configuration makes no file.
func (c *checker) linkKeys(v value, storageURL string) [][]byte {
	sec := section{value: v}
	if !v.missing() {
		sec = c.section(v, "key", "old_keys")
	}
	var keys [][]byte
	if key := sec.get("key"); key.missing() {
		keys = append(keys, keyIn(keyFile(storageURL)))
	} else {
		keys = append(keys, key.linkKey())
	}
	if old := sec.get("old_keys"); !old.missing() {
		for _, item := range old.list("a list of keys that were used before") {
			keys = append(keys, item.linkKey())
		}
	}
	return keys
}

func (v value) linkKey() []byte {
	key := v.secret(fmt.Sprintf("at least %d characters, such as those of: openssl rand -hex 32", leastKey))
	if key != "" && len(key) < leastKey {
		v.fail(fmt.Sprintf("expected at least %d characters: openssl rand -hex 32", leastKey))
	}
	return []byte(key)
}

// keyFile is where the key is that nobody configured: beside the store.
func keyFile(storageURL string) string {
	return filepath.Join(filepath.Dir(strings.TrimPrefix(storageURL, "bolt:")), "qr.key")
}

// keyIn is the key in a file, or nil.
func keyIn(path string) []byte {
	data, err := os.ReadFile(path)
	if key := strings.TrimSpace(string(data)); err == nil && len(key) >= leastKey {
		return []byte(key)
	}
	return nil
}

// ensureLinkKey gives a site without a key to sign links one, made once and kept
// beside the store. made says that this was the first time.
func ensureLinkKey(config *Config) (made bool, err error) {
	old := config.Site.LinkKeys
	if len(old) > 0 && len(old[0]) > 0 {
		return false, nil
	}
	key, made, err := ensureKey(keyFile(config.StorageURL))
	if err == nil {
		config.Site.LinkKeys = append([][]byte{key}, old[min(1, len(old)):]...)
	}
	return made, err
}

// ensureKey is the key in a file, which is made once for its owner alone. made
// says that this was the first time.
func ensureKey(path string) (key []byte, made bool, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, false, err
	}
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails
	key = []byte(hex.EncodeToString(random))
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		// Made a moment ago by another process, or broken.
		if found := keyIn(path); found != nil {
			return found, false, nil
		}
		return nil, false, fmt.Errorf("%s holds no key of at least %d characters: put the old one back, or remove the file for a new one", path, leastKey)
	}
	if err != nil {
		return nil, false, err
	}
	_, err = fmt.Fprintln(file, string(key))
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, false, errors.Join(err, os.Remove(path))
	}
	return key, true, nil
}

// keyNote says where the key is, for whoever has just printed with it.
func keyNote(config *Config) string {
	if key := keyIn(keyFile(config.StorageURL)); key != nil && string(key) == string(config.Site.LinkKeys[0]) {
		return fmt.Sprintf("The links are signed with the key in %s. Keep a copy of it: without it they all have to be printed again.", keyFile(config.StorageURL))
	}
	return "The links are signed with qr.key of the configuration. Keep it: without it they all have to be printed again."
}
