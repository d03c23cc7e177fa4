package main

import (
	"reflect"
	"slices"

	"frontdesk/desk"
)

// configuredPeople lists the addresses to which one of the sites gives a role.
func configuredPeople(sites ...*desk.Site) []desk.Address {
	var list []desk.Address
	add := func(a desk.Address) {
		if !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	for _, s := range sites {
		for _, a := range s.Admins {
			add(a)
		}
		for _, role := range desk.RoleNames {
			for _, a := range s.ConfiguredHolders(role) {
				add(a)
			}
		}
	}
	return list
}

func sameRoles(a, b []desk.Role) bool {
	return len(a) == len(b) && (len(a) == 0 || reflect.DeepEqual(a, b))
}
