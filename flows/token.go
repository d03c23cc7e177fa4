package flows

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// The engine's own options. The sign in front keeps them apart from the keys of
// a flow.
const (
	optionBack   = "!back"
	optionCancel = "!cancel"
	optionSkip   = "!skip"
	optionNext   = "!next"
	optionPage   = "!page" // with the page's number
	optionNone   = "!none" // none of the suggestions
)

// token is what a button carries: f|<conversation>.<count>|<option>. The count
// grows with every prompt, so an old button never answers a new question.
func token(conv desk.Conversation, option string) string {
	head := "f|" + conv.ID + "." + strconv.Itoa(conv.Count) + "|"
	if len(head)+len(option) > desk.MaxButtonData {
		option = hashed(option)
	}
	return head + option
}

// hashed stands for an option whose key is too long for a button.
func hashed(option string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(option)) // a hash never fails
	return fmt.Sprintf("#%x", h.Sum64())
}

// IsToken tells whether a press belongs to a conversation.
func IsToken(data string) bool { return strings.HasPrefix(data, "f|") }

// parseToken takes a token apart.
func parseToken(data string) (conversation string, count int, option string, ok bool) {
	kind, parts := desk.SplitData(data)
	id, number, found := strings.Cut(parts[0], ".")
	count, err := strconv.Atoi(number)
	return id, count, parts[1], kind == "f" && found && err == nil && parts[1] != ""
}
