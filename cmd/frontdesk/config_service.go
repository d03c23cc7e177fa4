package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// backup reads where backups go and how many are kept. Without a folder they
// lie beside the store.
func (c *checker) backup(v value, storageURL string) BackupConfig {
	path, _ := strings.CutPrefix(storageURL, "bolt:")
	b := BackupConfig{Dir: filepath.Join(filepath.Dir(path), "backups"), Hourly: 24, Daily: 14, Weekly: 8}
	if v.missing() {
		return b
	}
	sec := c.section(v, "dir", "hourly", "daily", "weekly")
	if dir := sec.get("dir"); !dir.missing() {
		b.Dir = dir.text("a folder such as /var/backups/frontdesk")
	}
	b.Hourly = sec.get("hourly").number(1, b.Hourly)
	b.Daily = sec.get("daily").number(0, b.Daily)
	b.Weekly = sec.get("weekly").number(0, b.Weekly)
	return b
}

// adminSocket reads where the command line reaches the running desk.
func (c *checker) adminSocket(v value) string {
	const usual = "frontdesk.sock"
	if v.missing() {
		return usual
	}
	socket := c.section(v, "socket").need("socket").text("the path of a socket such as /run/frontdesk/admin.sock")
	if socket == "" {
		return usual
	}
	return socket
}

// socketIn finds the socket in a configuration of which nothing else has to be
// right: a desk must be reached, and stopped, also while its file is broken.
func socketIn(path string, env func(string) (string, bool)) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read the configuration: %w", err)
	}
	c := &checker{env: env}
	top := c.document(data)
	if top == nil {
		return "", newConfigError(path, c.problems)
	}
	for i := 0; i+1 < len(top.Content); i += 2 {
		if top.Content[i].Value != "admin" {
			continue
		}
		node := followed(top.Content[i+1])
		socket := c.adminSocket(value{c: c, path: "admin", line: node.Line, node: node})
		if len(c.problems) > 0 {
			return "", newConfigError(path, c.problems)
		}
		return socket, nil
	}
	return c.adminSocket(value{c: c}), nil
}
