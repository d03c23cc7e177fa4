package main

import (
	"context"

	"frontdesk/desk"
	"frontdesk/storage"
)

// withListedPlaces is a copy of the site with the imported places. With an error
// it is the site as it is: they could not be read, or do not fit it.
func withListedPlaces(ctx context.Context, store *storage.Store, base *desk.Site) (*desk.Site, error) {
	site := *base
	list, _, err := storage.AllPlaces(ctx, store)
	if err != nil {
		return &site, err
	}
	places, err := base.Places.With(list)
	if err == nil {
		site.Places = places
	}
	return &site, err
}
