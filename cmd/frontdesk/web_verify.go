package main

import (
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// verifyPath is where a certificate can be confirmed; its code follows.
const verifyPath = "/verify/"

// How often certificates can be asked for: by one address, and by all together. A
// code has 60 random bits, so that this bounds the work and not the luck.
const (
	verifyEach  = 20 // a minute
	verifyAll   = 300
	verifyMost  = 10_000 // addresses that are remembered
	verifyEvery = time.Minute
)

// serveVerify tells whether a code is that of a certificate: to a stranger the name
// only as it begins, the room and the day. What no certificate has is answered alike,
// whatever it is.
func (s *server) serveVerify(rw http.ResponseWriter, r *http.Request) {
	head := rw.Header()
	head.Set("Content-Type", "text/html; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Robots-Tag", "noindex, nofollow")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("X-Frame-Options", "DENY")
	head.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	now := s.app.now()
	if !s.verifying.allow(callerOf(r, s.app.Config().TrustedProxies), now) {
		head.Set("Retry-After", "60")
		s.verifyPage(rw, http.StatusTooManyRequests, r, desk.T("verify.web_busy"), now)
		return
	}
	var found desk.Certificate
	if code, ok := desk.ParseCode(r.PathValue("code")); ok {
		err := s.app.Store.View(r.Context(), func(tx *storage.Tx) error {
			w := storage.NewWorld(tx, s.app.Site())
			found, _ = w.Certificate(code)
			return w.Err()
		})
		if err != nil {
			s.log.Error("a certificate could not be looked up", "error", err)
			rw.WriteHeader(http.StatusInternalServerError)
			return
		}
	}
	status := http.StatusOK
	if !found.Valid(now) {
		status = http.StatusNotFound
	}
	s.verifyPage(rw, status, r, desk.CertificateAnswer(s.app.Site(), found, now), now)
}

// verifyPage writes the page in the site's first two languages.
func (s *server) verifyPage(rw http.ResponseWriter, status int, r *http.Request, text desk.Text, now time.Time) {
	texts, site := s.app.writer().Texts, s.app.Site()
	page := struct {
		Lang, Title string
		Valid       bool
		Lines       []verifyLine
	}{Lang: site.Languages[0], Valid: status == http.StatusOK}
	var titles []string
	for _, lang := range site.Languages[:min(2, len(site.Languages))] {
		titles = append(titles, texts.Render(lang, desk.T("verify.web_title"), now))
		page.Lines = append(page.Lines, verifyLine{Lang: lang, Site: site.Name.In(lang), Text: texts.Render(lang, text, now)})
	}
	page.Title = strings.Join(titles, " ")
	rw.WriteHeader(status)
	if r.Method != http.MethodHead {
		if err := verifyHTML.Execute(rw, page); err != nil {
			return // The caller has gone.
		}
	}
}

type verifyLine struct{ Lang, Site, Text string }

var verifyHTML = template.Must(template.New("verify").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{{.Title}}</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;margin:0;padding:2rem 1.2rem;color:#1b1b1b;background:#fff}
main{max-width:34rem;margin:auto;border-left:.4rem solid {{if .Valid}}#1f7a3d{{else}}#8a8a8a{{end}};padding-left:1rem}
h1{font-size:1.25rem;margin:0 0 1rem}p{margin:.2rem 0 1rem;overflow-wrap:anywhere}small{color:#5a5a5a}</style></head>
<body><main><h1>{{.Title}}</h1>{{range .Lines}}<p lang="{{.Lang}}">{{.Text}}<br><small>{{.Site}}</small></p>{{end}}</main></body></html>
`))

// limiter counts requests by minute.
type limiter struct {
	mu    sync.Mutex
	began time.Time
	all   int
	each  map[string]int
}

// allow counts a request, and tells whether it is one too many of this minute.
func (l *limiter) allow(caller string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if age := now.Sub(l.began); l.each == nil || age < 0 || age >= verifyEvery {
		l.began, l.all, l.each = now, 0, map[string]int{}
	}
	if l.all >= verifyAll || l.each[caller] >= verifyEach || len(l.each) >= verifyMost {
		return false
	}
	l.all++
	l.each[caller]++
	return true
}
