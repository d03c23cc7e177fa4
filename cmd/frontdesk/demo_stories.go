package main

// opening lays out how a desk opens.
func (d *demo) opening() {
	d.openingStory()
	d.invitationStory()
	d.quietDigestStory()
}

// stories lays out the day. Each story is one matter from its first word to its
// end; they are told side by side.
func (d *demo) stories() {
	d.abandonedStory()
	d.checkoutStory()
	d.checkinStory()
	d.reworkStory()
	d.englishStory()
	d.cleaningStory()
	d.callerStory()
	d.chaseStory()
	d.nearMissStory()
	d.cancelStory()
	d.dangerStory()
	d.complaintStory()
	d.anonymousStory()
	d.doorStory()
	d.burstStory()
	d.nightStory()
}
