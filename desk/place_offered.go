package desk

// Offered finds a place that can still be chosen. One that was retired, or is no
// longer on the site's list, is not: old tickets and old stickers name it.
func (p *Places) Offered(id string) (Place, bool) {
	place, ok := p.Get(id)
	return place, ok && (place.Area == "" || !p.retired(&place))
}
