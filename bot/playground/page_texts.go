package playground

import "frontdesk/desk"

// pageTexts are the page's own words: what its scripts say by t("..."), and its
// HTML by data-t and data-label.
var pageTexts = []desk.Text{
	desk.T("page.title"),
	desk.T("page.intro"),
	desk.T("page.intro_close"),
	desk.T("page.lost"),
	desk.T("page.chats"),

	desk.T("page.clock"),
	desk.T("page.next"),
	desk.T("page.quarter"),
	desk.T("page.hour"),
	desk.T("page.digest"),
	desk.T("page.play"),
	desk.T("page.pause"),
	desk.T("page.resume"),
	desk.T("page.over"),
	desk.T("page.speed"),
	desk.T("page.moved"),
	desk.T("page.moved_where"),
	desk.T("page.moved_and"),
	desk.T("page.moved_quiet"),
	desk.T("page.failed"),

	desk.T("page.as"),
	desk.T("page.desk"),
	desk.T("page.said"),
	desk.T("page.said_changed"),
	desk.T("page.changed"),
	desk.T("page.card_changed"),
	desk.T("page.pressed"),
	desk.T("page.unread"),
	desk.T("page.latest"),
	desk.T("page.others"),

	desk.T("page.write"),
	desk.T("page.write_group"),
	desk.T("page.write_here"),
	desk.T("page.write_here_group"),
	desk.T("page.send"),
	desk.T("page.try"),
	desk.T("page.menu"),
	desk.T("page.photo"),
	desk.T("page.sample_broken"),
	desk.T("page.sample_mended"),
	desk.T("page.choose"),
	desk.T("page.reply"),
	desk.T("page.reply_to"),
	desk.T("page.reply_end"),
	desk.T("page.close"),
	desk.T("page.open_link"),
	desk.T("page.open"),
}
