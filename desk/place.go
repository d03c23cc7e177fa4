package desk

// Place is somewhere that a matter can be: a room, an area or a piece of
// equipment, a floor, or a building. It is a value; the site's list of them is
// Places.
type Place struct {
	// ID is the normal form, which is stored and said on the phone:
	//
	//	3-502         a room (building, floor and room number)
	//	3-5-corridor  an area of a floor
	//	3-lift-b      an area or a piece of equipment of a whole building
	//	canteen       an area of the whole site
	//	3             a building
	//	3-5-floor     a floor; "floor" is reserved, so that it collides with nothing
	ID string
	// Building and Floor are ids of the site's list, empty where they do not
	// apply.
	Building, Floor string
	// Room is the number on the door without the building ("502"), empty for
	// anything that is not a room.
	Room string
	// Area is the id of the area within its floor, building or site ("corridor"),
	// empty for anything that is not an area.
	Area string
	// Label is the whole name for people: 3号楼502, Building 3, 502.
	Label Label
}

// Public says whether the place belongs to nobody in particular. Everything but a
// room does; only there may strangers join an open ticket.
func (p Place) Public() bool { return p.Room == "" }

// Building is a house as the site's configuration lists it.
type Building struct {
	// ID is letters and digits ("3", "A3"), unique without regard to case.
	ID string
	// Label is its name, by default 3号楼 and Building 3. It is understood in what
	// people write, as are the Aliases.
	Label   Label
	Aliases []string
	Floors  []Floor
	// Areas belong to the building as a whole: lifts, the front door, the boiler.
	Areas []Area
	// Note is shown to whoever is sent there: 女生楼,进楼先找楼管.
	Note Label
}

// Floor is one storey of a building.
type Floor struct {
	// ID is letters and digits ("5", "B1").
	ID string
	// Rooms are the numbers within the floor ("01".."12"); the number on the door
	// is the floor's ID followed by it.
	Rooms []string
	Areas []Area
}

// Area is a public part or a piece of equipment of a floor, a building or the
// site.
type Area struct {
	// ID is letters, digits and inner hyphens ("corridor", "lift-b"), unique
	// within its floor, building or site.
	ID string
	// Label and Aliases are what people call it. One name may stand for several
	// areas (both lifts are "电梯"); then people are asked which.
	Label   Label
	Aliases []string
	// Retired areas can still be read by Get, for old tickets, but are neither
	// listed nor found.
	Retired bool
}

// Found is what Places.Find understood of a text.
type Found struct {
	// Place is the one place named, nil when the text does not settle it.
	Place *Place
	// Building and Floor are ids of what was said on the way there and exists:
	// with
	// Place nil they are the part of the answer to keep ("3栋" -> Building "3"). A
	// floor may come without its building; it is then as people wrote it ("5",
	// "b1").
	Building, Floor string
	// Suggestions are existing places that may have been meant, at most 3, best
	// first; only without a Place. There are none for a room that most buildings
	// have ("502"): ask for the building and read the same text with FindIn.
	Suggestions []Place
	// Start and End are the bytes of the original text that were understood as the
	// place: text[Start:End].
	Start, End int
	// Named says that something looked like a place, even if the site has nothing
	// of the kind (Building 9).
	Named bool
}
