package telegramtest

import (
	"net/http"
	"strconv"
	"strings"
)

// storedFile is a file that Telegram has.
type storedFile struct {
	id, unique, kind, path string
	data                   []byte
	gone                   bool
}

func (f *storedFile) wire() any {
	size := func(id string, w, h, bytes int) object {
		return object{"file_id": id, "file_unique_id": "u-" + id, "width": w, "height": h, "file_size": bytes}
	}
	switch f.kind {
	case "photo":
		return []object{size(f.id+"-small", 90, 67, 1000), size(f.id, 1280, 960, len(f.data))}
	case "video":
		o := size(f.id, 640, 480, len(f.data))
		o["duration"], o["mime_type"] = 3, "video/mp4"
		return o
	case "voice":
		return object{"file_id": f.id, "file_unique_id": f.unique, "duration": 3, "mime_type": "audio/ogg", "file_size": len(f.data)}
	}
	return object{"file_id": f.id, "file_unique_id": f.unique, "file_name": f.id + ".bin", "file_size": len(f.data)}
}

// newFile makes a file with bytes of its own. The lock is held.
func (s *Server) newFile(kind string) *storedFile {
	s.counter++
	id := kind + "-" + strconv.Itoa(s.counter)
	f := &storedFile{id: id, unique: "u-" + id, kind: kind, path: kind + "s/" + id, data: []byte("bytes of " + id)}
	s.files[id] = f
	return f
}

// SetFile gives a file other bytes.
func (s *Server) SetFile(id string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.files[id]; f != nil {
		f.data = data
	}
}

// FileData is what a file holds, also one that the bot has sent.
func (s *Server) FileData(id string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.files[id]; f != nil {
		return f.data
	}
	return nil
}

// DropFile makes Telegram lose a file.
func (s *Server) DropFile(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.files[id]; f != nil {
		f.gone = true
	}
}

// fileOf finds the file that a call sends: one that Telegram has, or an upload
// in the given field. Each kind accepts its own files only.
func (s *Server) fileOf(p params, kind, value, field string) (string, *failure) {
	if up, ok := p.uploads[field]; ok {
		f := s.newFile(kind)
		f.data = up.data
		return f.id, nil
	}
	f := s.files[value]
	switch {
	case f == nil || f.gone:
		return "", bad("wrong file identifier/HTTP URL specified")
	case f.kind != kind:
		return "", bad("can't use file of type " + f.kind + " as " + kind)
	}
	return f.id, nil
}

func (s *Server) getFile(p params) (any, *failure) {
	f := s.files[p.get("file_id")]
	switch {
	case f == nil || f.gone:
		return nil, bad("wrong file_id or the file is temporarily unavailable")
	case len(f.data) > 20<<20:
		return nil, bad("file is too big")
	}
	return object{"file_id": f.id, "file_unique_id": f.unique, "file_size": len(f.data), "file_path": f.path}, nil
}

// serveFile answers a download; its method in faults and in the log is file.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, path string) {
	p := params{values: map[string]string{"path": path}}
	if !s.pause(r, "file") {
		return
	}
	if f := s.takeFault("file", faultFail); f != nil {
		s.log("file", p, f.failure, false)
		f.failure.write(w)
		return
	}
	if s.takeFault("file", faultLose) != nil {
		s.log("file", p, nil, true)
		panic(http.ErrAbortHandler)
	}
	s.mu.Lock()
	f := s.files[path[strings.LastIndex(path, "/")+1:]]
	s.mu.Unlock()
	if f == nil || f.path != path || f.gone {
		missing := &failure{code: 404, description: "Not Found"}
		s.log("file", p, missing, false)
		missing.write(w)
		return
	}
	s.log("file", p, nil, false)
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(f.data)
}
