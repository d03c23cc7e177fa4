package wecomtest

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"strconv"
	"time"
)

func init() {
	register(func(s *Server) {
		s.handle("media/upload", (*Server).upload)
		s.handle("media/get", (*Server).getMedia)
	})
}

// mediaLife is how long a file is kept.
const mediaLife = 72 * time.Hour

// mediaMost is the most bytes of each kind of file.
// https://developer.work.weixin.qq.com/document/path/90253
var mediaMost = map[string]int{"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "file": 20 << 20}

// Media is a file that WeCom keeps for three days.
type Media struct {
	ID   string
	Kind string // image, voice, video, file
	File
	At time.Time
}

// File is the bytes of a file.
type File struct {
	Name string
	MIME string
	Body []byte
}

// AddMedia keeps a file that somebody sent, and returns its media id.
func (s *Server) AddMedia(kind, name, mimeType string, body []byte) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addMedia(kind, File{Name: name, MIME: mimeType, Body: body}).ID
}

func (s *Server) addMedia(kind string, f File) *Media {
	m := &Media{ID: s.next("MEDIA-"), Kind: kind, File: f, At: s.now()}
	s.media[m.ID] = m
	return m
}

// liveMedia finds a file that has not ended, of a kind or of any.
func (s *Server) liveMedia(id, kind string) (*Media, *failure) {
	m := s.media[id]
	if m == nil || s.now().Sub(m.At) > mediaLife || kind != "" && m.Kind != kind {
		return nil, refuse(40007, "invalid media_id")
	}
	return m, nil
}

func (s *Server) getMedia(c *call) (any, *failure) {
	m, fail := s.liveMedia(c.query.Get("media_id"), "")
	if fail != nil {
		return nil, fail
	}
	return &m.File, nil
}

func (s *Server) upload(c *call) (any, *failure) {
	kind := c.query.Get("type")
	most := mediaMost[kind]
	if most == 0 {
		return nil, refuse(40004, "invalid media type")
	}
	mediaType, params, err := mime.ParseMediaType(c.kind)
	if err != nil || mediaType != "multipart/form-data" {
		return nil, refuse(44001, "empty media data")
	}
	part, err := multipart.NewReader(bytes.NewReader(c.body), params["boundary"]).NextPart()
	if err != nil || part.FormName() != "media" || part.FileName() == "" {
		return nil, refuse(44001, "empty media data")
	}
	body, err := io.ReadAll(part)
	switch {
	case err != nil || len(body) == 0:
		return nil, refuse(44001, "empty media data")
	case len(body) <= 5:
		return nil, refuse(40006, "invalid media size")
	case len(body) > most:
		return nil, refuse(45001, "media size out of limit")
	case kind == "image" && !bytes.HasPrefix(body, []byte("\xff\xd8\xff")) && !bytes.HasPrefix(body, []byte("\x89PNG\r\n\x1a\n")):
		return nil, refuse(40123, "invalid image format")
	}
	m := s.addMedia(kind, File{Name: part.FileName(), MIME: part.Header.Get("Content-Type"), Body: body})
	return object{"type": kind, "media_id": m.ID, "created_at": strconv.FormatInt(s.now().Unix(), 10)}, nil
}
