package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"frontdesk"
)

// HelpCmd prints the guides: the same text as in docs/, so that neither can be
// older than the other.
type HelpCmd struct {
	Topic string `arg:"" optional:"" help:"A role, such as technician, or a page, such as start. Without one, the topics are listed."`
	Lang  string `help:"Language of the text: en or zh. The default is that of the terminal." placeholder:"LANG"`
}

// Run prints a page or the list of pages.
func (cmd *HelpCmd) Run() error {
	lang := cmd.Lang
	if lang == "" {
		lang = terminalLanguage(os.Getenv)
	}
	return printHelp(os.Stdout, cmd.Topic, lang)
}

// helpTopics are the pages in the order in which somebody needs them.
var helpTopics = []struct{ name, file, en, zh string }{
	{"start", "docs/start", "from nothing to a live campus in thirty minutes", "从零到全校上线,三十分钟"},
	{"technician", "docs/guides/technician", "a ticket, from card to photo", "师傅:一张单,从卡片到照片"},
	{"operator", "docs/guides/operator", "a caller on the line", "接线员:电话里有人等着"},
	{"duty-manager", "docs/guides/duty-manager", "what is late, and the night", "值班经理:超时的事,和夜里"},
	{"supervisor", "docs/guides/supervisor", "the digest, and what its numbers mean", "主管:日报,数字怎么算"},
	{"caretaker", "docs/guides/caretaker", "residents at the door", "楼管:门口的住户"},
	{"administrator", "docs/guides/administrator", "people, rights, the campus", "管理员:人、权限、校区"},
	{"import", "docs/import", "residents, rooms and equipment from a table", "从表格导入住户、房间、设备"},
	{"understanding", "docs/understanding", "how sentences are understood, and teaching it", "怎么听懂,怎么教它"},
	{"qr", "docs/qr", "stickers for doors, corridors and lifts", "门、走廊、电梯的二维码"},
	{"operation", "docs/operation", "service, backups, health, upgrades", "运维:服务、备份、健康、升级"},
	{"metrics", "docs/metrics", "what is measured", "指标"},
}

func printHelp(out io.Writer, topic, lang string) error {
	if topic == "" {
		return listTopics(out, lang)
	}
	for _, t := range helpTopics {
		if t.name == strings.ToLower(topic) {
			page, err := helpPage(t.file, lang)
			if err != nil {
				return err
			}
			_, err = io.WriteString(out, plainPage(page))
			return err
		}
	}
	var names []string
	for _, t := range helpTopics {
		names = append(names, t.name)
	}
	return &codeError{exitUsage, fmt.Errorf("there is no help on %q; there is: %s", topic, strings.Join(names, ", "))}
}

func listTopics(out io.Writer, lang string) error {
	head, each, foot := "frontdesk: the front desk of a campus or residence, run by chat.\n\nfrontdesk help TOPIC [--lang zh]", func(i int) string { return helpTopics[i].en },
		"frontdesk demo     try it now: no token, no server\nfrontdesk --help   every command of the command line"
	if lang == "zh" {
		head, each, foot = "frontdesk:校园和公寓的聊天服务台。\n\nfrontdesk help 主题 [--lang en]", func(i int) string { return helpTopics[i].zh },
			"frontdesk demo     现在就试:不要 token,不要服务器\nfrontdesk --help   命令行的全部命令"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", head)
	for i, t := range helpTopics {
		fmt.Fprintf(&b, "  %-15s %s\n", t.name, each(i))
	}
	fmt.Fprintf(&b, "\n%s\n", foot)
	_, err := io.WriteString(out, b.String())
	return err
}

// helpPage is a page in the language, or in English where it has only that.
func helpPage(file, lang string) (string, error) {
	names := []string{file + ".md"}
	if lang == "zh" {
		names = slices.Insert(names, 0, file+".zh-CN.md")
	}
	for _, name := range names {
		page, err := fs.ReadFile(frontdesk.Guides, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return string(page), err
	}
	return "", fmt.Errorf("the page %s is missing in this program", file)
}

// plainPage leaves out what only a browser shows: pictures, and the link to the
// other language.
func plainPage(page string) string {
	var kept []string
	for line := range strings.Lines(page) {
		text := strings.TrimSpace(line)
		if strings.HasPrefix(text, "![") || text == "" && len(kept) > 0 && strings.TrimSpace(kept[len(kept)-1]) == "" ||
			strings.HasPrefix(text, "[") && strings.HasSuffix(text, ")") && strings.Count(text, "](") == 1 && len(kept) < 4 {
			continue
		}
		kept = append(kept, line)
	}
	return strings.TrimRight(strings.Join(kept, ""), "\n") + "\n"
}

// terminalLanguage is the language of the terminal, as POSIX tells it.
func terminalLanguage(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			if strings.HasPrefix(v, "zh") {
				return "zh"
			}
			return "en"
		}
	}
	return "en"
}
