package playground_test

import (
	"io/fs"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frontdesk/bot/playground"
)

func TestThePageListensOnThisMachineOnly(t *testing.T) {
	for _, address := range []string{
		"0.0.0.0:0", ":0", "[::]:0", "192.168.1.7:0", "10.0.0.1:8100", "example.edu:80", "127.0.0.1.example.edu:80",
		"127.0.0.1", "127.0.0.1:http", "127.0.0.1:-1", "127.0.0.1:65536", "", "localhost",
	} {
		if listener, err := playground.Listen(address); err == nil {
			t.Errorf("%q was accepted: %s", address, listener.Addr())
			listener.Close()
		}
	}
	for _, address := range []string{"127.0.0.1:0", "localhost:0", "127.8.8.8:0"} {
		listener, err := playground.Listen(address)
		if err != nil {
			t.Errorf("%q: %v", address, err)
			continue
		}
		if ip := listener.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
			t.Errorf("%q listens on %s", address, ip)
		}
		listener.Close()
	}
}

func TestABusyPortIsPassedOver(t *testing.T) {
	first, err := playground.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := playground.Listen(first.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if a, b := first.Addr().(*net.TCPAddr).Port, second.Addr().(*net.TCPAddr).Port; b <= a {
		t.Errorf("port %d is busy, and %d was taken", a, b)
	}
}

// TestOtherSitesAreKeptOut is about what a browser lets other sites do to this
// machine: names of theirs that lead here, and requests from their pages.
func TestOtherSitesAreKeptOut(t *testing.T) {
	w := newPageWorld(t)
	own := strings.TrimPrefix(w.url, "http://")
	_, port, _ := net.SplitHostPort(own)
	for _, c := range []struct {
		name    string
		headers map[string]string
		get     int
		post    int
	}{
		{"the page", map[string]string{"Origin": w.url, "Sec-Fetch-Site": "same-origin"}, 200, 204},
		{"a program", nil, 200, 204},
		{"by another name", map[string]string{"Host": "localhost:" + port, "Origin": "http://localhost:" + port}, 200, 204},
		{"IPv6", map[string]string{"Host": "[::1]:" + port}, 200, 204},
		{"a name that leads here", map[string]string{"Host": "evil.example"}, 421, 421},
		{"a name that leads here, with the port", map[string]string{"Host": "evil.example:" + port, "Origin": "http://evil.example:" + port}, 421, 421},
		{"a name that looks like an address", map[string]string{"Host": "127.0.0.1.evil.example"}, 421, 421},
		{"another site", map[string]string{"Origin": "https://evil.example"}, 403, 403},
		{"another port of this machine", map[string]string{"Origin": "http://127.0.0.1:1"}, 403, 403},
		{"the same by https", map[string]string{"Origin": "https://" + own}, 403, 403},
		{"a sandboxed frame", map[string]string{"Origin": "null"}, 403, 403},
		{"a form of another site, in a browser that hides it", map[string]string{"Sec-Fetch-Site": "cross-site"}, 200, 403},
	} {
		t.Run(c.name, func(t *testing.T) {
			if status, _ := w.do(t, http.MethodGet, "/", "", c.headers); status != c.get {
				t.Errorf("GET: %d, want %d", status, c.get)
			}
			if status, _ := w.do(t, http.MethodPost, "/say", say("在吗"), c.headers); status != c.post {
				t.Errorf("POST: %d, want %d", status, c.post)
			}
		})
	}
	// What a form can send without asking first is none of our requests.
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
		if status, _ := w.do(t, http.MethodPost, "/say", say("在吗"), map[string]string{"Content-Type": kind}); status != http.StatusBadRequest {
			t.Errorf("%s: %d", kind, status)
		}
	}
}

func TestThePageUsesNothingFromOutside(t *testing.T) {
	w := newPageWorld(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	policy := answer.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %s", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %q", policy)
	}
	for name, content := range pageFiles(t) {
		for _, address := range regexp.MustCompile(`https?://[^\s"'\x60)]+`).FindAllString(content, -1) {
			if !strings.HasPrefix(address, "http://www.w3.org/") {
				t.Errorf("%s names %s", name, address)
			}
		}
		if strings.Contains(content, "innerHTML") || strings.Contains(content, "insertAdjacentHTML") {
			t.Errorf("%s makes markup of words", name)
		}
	}
}

// TestThePagesWords compares what the scripts and the HTML say with the list of
// the page's texts.
func TestThePagesWords(t *testing.T) {
	said := map[string]bool{}
	for _, content := range pageFiles(t) {
		for _, m := range regexp.MustCompile(`['"](page\.[a-z_]+)['"]`).FindAllStringSubmatch(content, -1) {
			if !slices.Contains([]string{"page.css", "page.js"}, m[1]) {
				said[m[1]] = true
			}
		}
	}
	source, err := os.ReadFile("page_texts.go")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile(`"(page\.[a-z_]+)"`).FindAllStringSubmatch(string(source), -1) {
		listed[m[1]] = true
	}
	if diff := cmp.Diff(listed, said); diff != "" {
		t.Errorf("the list and what is said: %s", diff)
	}
	if len(said) < 20 {
		t.Errorf("only %s words were found", strconv.Itoa(len(said)))
	}
}

func pageFiles(t *testing.T) map[string]string {
	t.Helper()
	list := map[string]string{}
	root := os.DirFS("page")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(name, ".png") {
			return err
		}
		content, err := fs.ReadFile(root, name)
		list[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
