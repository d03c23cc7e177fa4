package main

import (
	"net/http"
	"regexp"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// files lets the student report a leak in one sentence, and gives its number.
func (r *reader) files() (number string) {
	r.t.Helper()
	r.clicks(button(pane("student"), r.text("page.try.leak")))
	r.presses("student", r.text("option.submit"))
	r.waits(message("student", "R-"))
	number = regexp.MustCompile(`R-\d+`).FindString(r.says(message("student", "R-") + `.innerText`))
	if number == "" {
		r.t.Fatalf("the student was told no number:\n%s", r.visible())
	}
	return number
}

func TestThePageFromARepairToItsRating(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		t.Run(lang, func(t *testing.T) {
			r := newReader(t, lang, 1280, 800)
			number := r.files()
			r.presses("engineering", r.text("button.take"), number)
			r.waits(message("worker", number))
			r.waits(`document.querySelector("#pane-engineering .toast")?.innerText.includes(` + strconv.Quote(number) + `)`)

			// The card changed where it stands, and shows that it did.
			r.waits(message("engineering", number) + `.matches(".edited-now")`)
			r.presses("engineering", r.text("button.arrived"), number)
			r.presses("engineering", r.text("button.done"), number)
			r.waits(message("worker", number, r.text("ask.done.photo", "number", number)))
			r.clicks(pane("worker") + `.querySelector(".write .icon")`)
			r.clicks(button(pane("worker"), r.text("page.sample_mended")))
			r.waits(message("worker", r.text("done.done", "number", number)))
			r.waits(`[...document.querySelectorAll("#pane-worker .message.own img")].at(-1)?.naturalWidth > 100`)

			r.clicks(`document.querySelector('[data-move="hour"]')`)
			r.presses("student", r.text("button.good"), number)
			r.waits(message("student", r.text("rated.good", "number", number)))
			r.waits(message("engineering", number, r.text("card.closed_resident")))
		})
	}
}

func TestThePageMovesTheClock(t *testing.T) {
	r := newReader(t, "zh", 1280, 800)
	now := `document.querySelector("#now").dateTime.slice(0, 16)`
	if got := r.says(now); got != "2026-11-24T08:12" {
		t.Fatalf("the clock begins at %s", got)
	}
	// Nobody takes the ticket of this morning: the group is reminded.
	r.clicks(`document.querySelector('[data-move="next"]')`)
	r.waits(`document.querySelector("#moved").innerText.includes(` + strconv.Quote(r.text("page.pane.group", "department", "工程部")) + `)`)
	r.waits(now + ` > "2026-11-24T08:12"`)
	before := r.says(now)
	r.clicks(`document.querySelector('[data-move="quarter"]')`)
	r.waits(now + ` > ` + strconv.Quote(before))
	r.waits(`document.querySelector("#clock [data-move]").getAttribute("aria-disabled") === "false"`)
	r.clicks(`document.querySelector('[data-move="digest"]')`)
	r.waits(now + ` === "2026-11-25T08:10"`)
	// The supervisor's column is out of sight, so it shows that there is something.
	r.waits(`document.querySelector("#tab-supervisor .badge")`)
	r.clicks(`document.querySelector("#tab-supervisor")`)
	r.waits(message("supervisor", "11月24日", "报修"))
	r.waits(`!document.querySelector("#tab-supervisor .badge")`)
	// The spreadsheet of Monday's report can be had.
	r.waits(`document.querySelector("#pane-supervisor a.file")?.innerText.endsWith(".xlsx")`)
	if status := r.fetched(`document.querySelector("#pane-supervisor a.file").href`); status != "200" {
		t.Errorf("the spreadsheet: %s", status)
	}
}

func TestThePageOnAPhone(t *testing.T) {
	r := newReader(t, "zh", 390, 844)
	shown := `[...document.querySelectorAll(".pane")].filter((p) => p.offsetParent).map((p) => p.id).join()`
	if got := r.says(shown); got != "pane-student" {
		t.Errorf("at a phone's width there is %s", got)
	}
	number := r.files()
	r.waits(`document.querySelector("#tab-engineering .badge")`)
	r.clicks(`document.querySelector("#tab-engineering")`)
	r.waits(shown + ` === "pane-engineering"`)
	r.waits(`!document.querySelector("#tab-engineering .badge")`)
	r.presses("engineering", r.text("button.take"), number)
	r.waits(`document.querySelector("#tab-worker .badge")`)
	r.waits(`document.querySelector("#tab-student .dot")`)
	if wide := r.says(`document.documentElement.scrollWidth > innerWidth`); wide != "false" {
		t.Error("the page is wider than the phone")
	}
	small := r.says(`[...document.querySelectorAll("button")].filter((b) => b.offsetParent && b.getBoundingClientRect().height < 22).map((b) => b.outerHTML).join()`)
	if small != "" {
		t.Errorf("too small to be tapped: %s", small)
	}
}

func TestThePageByKeyboardAlone(t *testing.T) {
	r := newReader(t, "zh", 1280, 800)
	// Tab leads to the first thing to try, Enter sends it.
	focused := `document.activeElement`
	r.tabsTo(focused + `.matches("#pane-student .chip")`)
	r.types(kb.Enter)
	r.waits(button(message("student"), r.text("option.submit")))
	r.tabsBackTo(focused + `.closest("#pane-student .keys") && ` + focused + `.innerText === ` + strconv.Quote(r.text("option.submit")))
	r.types(kb.Enter)
	r.waits(message("student", "R-"))

	// F6 leads to the next column; in it one message is a stop, the arrows go on.
	r.types(kb.F6)
	r.waits(focused + `.closest("#pane-engineering")`)
	r.tabsBackTo(focused + `.closest("#pane-engineering .message")`)
	r.tabsBackTo(focused + `.innerText === ` + strconv.Quote(r.text("button.take")))
	ref := r.says(focused + `.closest(".message").dataset.ref`)
	r.types(kb.Enter)
	r.waits(`document.querySelector('#pane-engineering [data-ref="` + ref + `"].edited-now')`)
	if at := r.says(focused + `.closest(".message")?.dataset.ref`); at != ref {
		t.Errorf("the card changed, and the focus went from message %s to %s", ref, at)
	}
	r.types(kb.ArrowUp)
	r.waits(focused + `.matches(".message") && ` + focused + `.dataset.ref !== "` + ref + `"`)
	if lost := r.says(`[...document.querySelectorAll("button, select, textarea, input")].filter((e) => e.offsetParent && !e.closest("[aria-hidden]") && !(e.innerText || e.getAttribute("aria-label"))).map((e) => e.outerHTML).join()`); lost != "" {
		t.Errorf("nothing is read aloud for %s", lost)
	}
	r.waits(`document.querySelector("#announcer").innerText.includes("R-")`)
}

// tabsTo presses Tab until an expression is true.
func (r *reader) tabsTo(expression string) { r.t.Helper(); r.tabs(expression) }

func (r *reader) tabsBackTo(expression string) {
	r.t.Helper()
	r.tabs(expression, chromedp.ModifierShift)
}

func (r *reader) tabs(expression string, modifiers ...chromedp.Modifier) {
	r.t.Helper()
	for range 60 {
		if r.says(`Boolean(`+expression+`)`) == "true" {
			return
		}
		r.types(kb.Tab, modifiers...)
	}
	r.t.Fatalf("the tab key does not lead to %s, but to %s", expression, r.says(`document.activeElement.outerHTML`))
}

func TestThePageInTheDark(t *testing.T) {
	r := newReader(t, "zh", 1280, 800)
	r.files()
	for _, scheme := range []string{"light", "dark"} {
		r.prefers(map[string]string{"prefers-color-scheme": scheme})
		r.waits(`matchMedia("(prefers-color-scheme: ` + scheme + `)").matches`)
		if bad := r.says(pale); bad != "" {
			t.Errorf("%s: too little contrast: %s", scheme, bad)
		}
	}
	dark := r.says(`getComputedStyle(document.body).backgroundColor`)
	r.prefers(map[string]string{"prefers-color-scheme": "light"})
	if light := r.says(`getComputedStyle(document.body).backgroundColor`); light == dark {
		t.Error("dark is as light")
	}
}

// pale lists the words with less contrast than 4.5:1 to what lies behind them.
// https://www.w3.org/TR/WCAG22/#contrast-minimum
const pale = `(() => {
	const rgb = (c) => (c.match(/[\d.]+/g) ?? []).map(Number);
	const light = ([r, g, b]) => {
		const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * x + 0.7152 * y + 0.0722 * z;
	};
	const behind = (e) => {
		for (; e; e = e.parentElement) {
			const c = rgb(getComputedStyle(e).backgroundColor);
			if (c.length === 3 || c[3] === 1) return c;
		}
		return [255, 255, 255];
	};
	const bad = [];
	for (const e of document.querySelectorAll("body *")) {
		const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
		const style = getComputedStyle(e);
		if (!words || !e.offsetParent || style.opacity !== "1" || e.getAttribute("aria-disabled") === "true") continue;
		const [a, b] = [light(rgb(style.color)), light(behind(e))].sort((x, y) => y - x);
		if ((a + 0.05) / (b + 0.05) < 4.5) bad.push(e.innerText.slice(0, 20) + " " + style.color);
	}
	return bad.join("; ");
})()`

// fetched is with what status an address of the page answers.
func (r *reader) fetched(href string) string {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.says(href), nil)
	must(r.t, err)
	answer, err := http.DefaultClient.Do(request)
	must(r.t, err)
	must(r.t, answer.Body.Close())
	return strconv.Itoa(answer.StatusCode)
}
