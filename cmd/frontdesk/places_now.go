package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// addListedPlaces gives the site of a configuration the imported places too: a
// sticker hangs at what the desk knows. The running desk is asked for them; the
// store is opened only when none runs. Where there is no store there are none.
func addListedPlaces(ctx context.Context, config *Config) error {
	list, err := askPlaces(ctx, config.AdminSocket)
	if errors.Is(err, errNotRunning) {
		list, err = storedPlaces(ctx, config)
	}
	if err != nil {
		return err
	}
	places, err := config.Site.Places.With(list)
	if err != nil {
		return fmt.Errorf("the imported places do not fit the configuration: %w", err)
	}
	config.Site.Places = places
	return nil
}

func storedPlaces(ctx context.Context, config *Config) ([]desk.ListedPlace, error) {
	path, _ := strings.CutPrefix(config.StorageURL, "bolt:")
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	engine, err := bolt.Open(path, bolt.Options{})
	if errors.Is(err, bolt.ErrInUse) {
		return nil, &codeError{exitInUse, err}
	}
	if err != nil {
		return nil, err
	}
	defer engine.Close() //nolint:errcheck // Nothing was written.
	store, err := storage.Open(engine, config.Site.ID, storage.Options{Migrations: storage.Migrations})
	if err != nil {
		return nil, err
	}
	defer store.Close()
	list, _, err := storage.AllPlaces(ctx, store)
	return list, err
}

// placesHandler tells the command line the imported places.
func (s *server) placesHandler(rw http.ResponseWriter, r *http.Request) {
	list, _, err := storage.AllPlaces(r.Context(), s.app.Store)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	_ = json.NewEncoder(rw).Encode(list) // a caller that has gone needs no answer
}

// askPlaces asks the running desk; errNotRunning when none answers.
func askPlaces(ctx context.Context, socket string) ([]desk.ListedPlace, error) {
	if socket == "" {
		return nil, errNotRunning
	}
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "unix", socket)
	}}}
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://desk/places", nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNotRunning, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the desk does not tell the imported places: %s", response.Status)
	}
	var list []desk.ListedPlace
	err = json.NewDecoder(response.Body).Decode(&list)
	return list, err
}
