package wecomtest

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
)

// Transport calls the server inside the process: no socket, so that time can
// stand still in a bubble of testing/synctest. Errors look as those of a real
// network: a refused connection during an outage, a lost connection for a lost
// answer.
func (s *Server) Transport() http.RoundTripper { return inProcess{handler: s, down: s.down} }

// HandlerTransport calls any handler inside the process.
func HandlerTransport(h http.Handler) http.RoundTripper {
	return inProcess{handler: h, down: func() bool { return false }}
}

type inProcess struct {
	handler http.Handler
	down    func() bool
}

func (t inProcess) RoundTrip(req *http.Request) (*http.Response, error) {
	if t.down() {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	if req.Body == nil {
		req = req.Clone(req.Context())
		req.Body = http.NoBody
	}
	done := make(chan *memoryResponse, 1)
	go func() {
		w := &memoryResponse{header: http.Header{}, code: http.StatusOK}
		defer func() {
			if cause := recover(); cause != nil {
				w.lost = fmt.Errorf("connection lost: %v", cause)
			}
			done <- w
		}()
		t.handler.ServeHTTP(w, req)
	}()
	select {
	case w := <-done:
		if w.lost != nil {
			return nil, io.ErrUnexpectedEOF
		}
		if err := req.Context().Err(); err != nil {
			return nil, err
		}
		return &http.Response{
			StatusCode: w.code, Status: fmt.Sprintf("%d %s", w.code, http.StatusText(w.code)),
			Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: w.header, Request: req,
			Body: io.NopCloser(bytes.NewReader(w.body.Bytes())), ContentLength: int64(w.body.Len()),
		}, nil
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
}

// memoryResponse keeps an answer in memory.
type memoryResponse struct {
	header http.Header
	body   bytes.Buffer
	code   int
	wrote  bool
	lost   error
}

func (w *memoryResponse) Header() http.Header { return w.header }

func (w *memoryResponse) WriteHeader(code int) {
	if !w.wrote {
		w.code, w.wrote = code, true
	}
}

func (w *memoryResponse) Write(p []byte) (int, error) {
	w.wrote = true
	return w.body.Write(p)
}
