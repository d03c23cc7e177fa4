package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
)

// TextsCmd prints everything that the desk says, to be proofread.
type TextsCmd struct {
	Config string `help:"The configuration file, whose site.texts count." default:"config.yaml" type:"path"`
}

// Run prints Markdown: a heading for each area, and under each key one line a
// language, with usual values filled in.
func (cmd *TextsCmd) Run() error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	keys := config.Texts.Keys("zh")
	for _, lang := range config.Site.Languages {
		keys = append(keys, config.Texts.Keys(lang)...)
	}
	slices.Sort(keys)
	area := ""
	for _, key := range slices.Compact(keys) {
		if of, _, _ := strings.Cut(key, "."); of != area {
			area = of
			fmt.Fprintf(out, "\n## %s\n", area)
		}
		fmt.Fprintf(out, "\n`%s`\n", key)
		for _, lang := range config.Site.Languages {
			said := config.Texts.Sample(lang, key, false)
			fmt.Fprintf(out, "- %s: %s\n", lang, strings.ReplaceAll(said, "\n", "\n  "))
		}
	}
	return out.Flush()
}
