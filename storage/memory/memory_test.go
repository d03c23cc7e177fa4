package memory_test

import (
	"testing"

	"frontdesk/storage"
	"frontdesk/storage/memory"
	"frontdesk/storage/storagetest"
)

func TestEngine(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) (storage.Engine, func() storage.Engine) {
		engine := memory.New()
		t.Cleanup(func() { engine.Close() }) //nolint:errcheck // It returns nil.
		return engine, func() storage.Engine {
			engine.Close()  //nolint:errcheck // It returns nil.
			engine.Reopen() //nolint:errcheck // It returns nil.
			return engine
		}
	})
}
