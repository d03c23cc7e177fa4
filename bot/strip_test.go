package bot

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"
)

func picture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 40, 24))
	for x := range 40 {
		for y := range 24 {
			m.Set(x, y, color.RGBA{R: uint8(6 * x), G: uint8(9 * y), B: 99, A: 255}) //nolint:gosec // It is small.
		}
	}
	return m
}

func segment(marker byte, data string) []byte {
	return appendSegment(nil, marker, []byte(data))
}

// photographed is a JPEG as a phone writes it.
func photographed(t testing.TB) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, picture(), nil); err != nil {
		t.Fatal(err)
	}
	// Exif in the other order of bytes: its first entry is where, its second the way up.
	exif := []byte("Exif\x00\x00II\x2A\x00\x08\x00\x00\x00\x02\x00")
	exif = append(exif, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0)
	exif = append(exif, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0)
	exif = append(exif, "31.2304N 120.5853E"...)
	data := slices.Concat(plain.Bytes()[:2], segment(mAPP0, "JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"),
		segment(mAPP1, string(exif)), segment(mAPP1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta secret>"),
		segment(mAPP2, "ICC_PROFILE\x00\x01\x01colours"), segment(mAPP2, "MPF\x00secret"),
		segment(0xED, "Photoshop 3.0\x00secret"), segment(mCOM, "secret"), plain.Bytes()[2:])
	return append(data, "secret second picture"...)
}

func pixels(t *testing.T, data []byte) []color.Color {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var list []color.Color
	for x := range m.Bounds().Dx() {
		for y := range m.Bounds().Dy() {
			list = append(list, m.At(x, y))
		}
	}
	return list
}

func TestStrippedJPEG(t *testing.T) {
	data := photographed(t)
	got, err := Stripped(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []string{"secret", "31.2304", "xmpmeta", "MPF", "Photoshop"} {
		if bytes.Contains(got, []byte(hidden)) {
			t.Errorf("%q is passed on", hidden)
		}
	}
	for _, needed := range []string{"JFIF", "ICC_PROFILE\x00\x01\x01colours"} {
		if !bytes.Contains(got, []byte(needed)) {
			t.Errorf("%q is lost", needed)
		}
	}
	if !slices.Equal(pixels(t, data), pixels(t, got)) {
		t.Error("the picture is another")
	}
	i := bytes.Index(got, exifHead)
	if i < 0 || orientation(got[i:]) != 6 {
		t.Error("nobody knows any more which way up it is")
	}
	again, err := Stripped(got)
	if err != nil || !bytes.Equal(again, got) {
		t.Errorf("a second time changes it: %v", err)
	}
}

func TestStrippedPNG(t *testing.T) {
	var plain bytes.Buffer
	if err := png.Encode(&plain, picture()); err != nil {
		t.Fatal(err)
	}
	data := slices.Clone(plain.Bytes())
	end := len(data) - 12
	for _, kind := range []string{"tEXt", "iTXt", "zTXt", "tIME", "eXIf"} {
		chunk := binary.BigEndian.AppendUint32(nil, 6)
		chunk = append(chunk, kind+"secret"+"crc!"...)
		data = slices.Insert(data, end, chunk...)
	}
	got, err := Stripped(append(data, "secret"...))
	if err != nil || !bytes.Equal(got, plain.Bytes()) {
		t.Errorf("%d bytes of %d: %v", len(got), plain.Len(), err)
	}
}

func TestStrippedOthers(t *testing.T) {
	words := []byte("%PDF-1.7 of a plan")
	if got, err := Stripped(words); err != nil || !bytes.Equal(got, words) {
		t.Errorf("a document is changed: %v", err)
	}
	data := photographed(t)
	cut := data[:len(data)-60]
	if got, err := Stripped(cut); err != nil || len(got) == 0 {
		t.Errorf("a picture that is cut short: %v", err)
	}
	for _, damaged := range [][]byte{data[:30], {0xFF, mSOI, 'x'}, append(slices.Clone(pngHead), 0, 0, 0)} {
		if got, err := Stripped(damaged); err == nil {
			t.Errorf("%d damaged bytes are passed on: %q", len(damaged), got)
		}
	}
}

func FuzzStripped(f *testing.F) {
	f.Add(photographed(f))
	var plain bytes.Buffer
	if err := png.Encode(&plain, picture()); err != nil {
		f.Fatal(err)
	}
	f.Add(plain.Bytes())
	f.Add([]byte{0xFF, mSOI, 0xFF, mAPP1, 0, 2, 0xFF, mEOI})
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Stripped(data)
		if err != nil {
			return
		}
		again, err := Stripped(got)
		if err != nil || !bytes.Equal(again, got) {
			t.Fatalf("a second time changes it: %v", err)
		}
		before, _, err := image.Decode(bytes.NewReader(data))
		if err != nil {
			return
		}
		after, _, err := image.Decode(bytes.NewReader(got))
		if err != nil || before.Bounds() != after.Bounds() {
			t.Fatalf("a picture that could be seen cannot be: %v", err)
		}
	})
}
