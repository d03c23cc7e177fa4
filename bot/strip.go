package bot

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// errImage is an image that cannot be taken apart: whether something is hidden in
// it cannot be known, so it is not passed on.
var errImage = errors.New("the image is damaged")

// Stripped is an image without what a camera wrote into it: where and when it was
// taken, with what, and a small copy of what was cut away. Which way up it is
// stays. What is neither JPEG nor PNG is returned as it is. An error means that
// the image is damaged.
func Stripped(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, mSOI}):
		return strippedJPEG(data)
	case bytes.HasPrefix(data, pngHead):
		return strippedPNG(data)
	}
	return data, nil
}

// The markers of a JPEG that matter here. ITU-T T.81, table B.1.
const (
	mSOI, mEOI, mSOS, mTEM = 0xD8, 0xD9, 0xDA, 0x01
	mRST0, mRST7           = 0xD0, 0xD7
	mAPP0, mAPP1, mAPP2    = 0xE0, 0xE1, 0xE2
	mAPP14, mAPP15, mCOM   = 0xEE, 0xEF, 0xFE
)

// strippedJPEG keeps the segments that are needed to see the picture, and nothing
// behind its end: there phones put films and second pictures.
func strippedJPEG(data []byte) ([]byte, error) {
	out := make([]byte, 0, len(data))
	out = append(out, 0xFF, mSOI)
	rest := data[2:]
	turned := false
	for len(rest) > 0 {
		marker, segment, after, err := nextSegment(rest)
		if err != nil {
			return nil, err
		}
		rest = after
		switch {
		case marker == mEOI:
			return append(out, 0xFF, mEOI), nil
		case marker == mAPP1 && !turned:
			if way := orientation(segment); way > 1 {
				out, turned = appendSegment(out, mAPP1, exifOf(way)), true
			}
		case keptSegment(marker, segment):
			out = appendSegment(out, marker, segment)
		}
		if marker == mSOS {
			n := entropy(rest)
			out, rest = append(out, rest[:n]...), rest[n:]
		}
	}
	return out, nil // Cut short: what there is can be seen.
}

// nextSegment reads a marker with its segment, without its length.
func nextSegment(data []byte) (marker byte, segment, rest []byte, err error) {
	if data[0] != 0xFF {
		return 0, nil, nil, errImage
	}
	for len(data) > 0 && data[0] == 0xFF { // A marker may have fill bytes before it.
		data = data[1:]
	}
	if len(data) == 0 {
		return mEOI, nil, nil, nil
	}
	marker, data = data[0], data[1:]
	if marker == mEOI || marker == mTEM || marker >= mRST0 && marker <= mRST7 {
		return marker, nil, data, nil
	}
	if len(data) < 2 {
		return 0, nil, nil, errImage
	}
	n := int(binary.BigEndian.Uint16(data))
	if n < 2 || n > len(data) || marker == 0 || marker == mSOI {
		return 0, nil, nil, errImage
	}
	return marker, data[2:n], data[n:], nil
}

// keptSegment tells whether a segment is needed to see the picture: everything but
// what applications wrote, of which only the shape of the pixels and the colours
// are kept.
func keptSegment(marker byte, segment []byte) bool {
	switch {
	case marker == mAPP0:
		return bytes.HasPrefix(segment, []byte("JFIF\x00"))
	case marker == mAPP2:
		return bytes.HasPrefix(segment, []byte("ICC_PROFILE\x00"))
	case marker == mAPP14:
		return bytes.HasPrefix(segment, []byte("Adobe"))
	case marker >= mAPP0 && marker <= mAPP15, marker == mCOM, marker == mTEM:
		return false
	}
	return true
}

func appendSegment(out []byte, marker byte, segment []byte) []byte {
	if marker >= mRST0 && marker <= mRST7 {
		return append(out, 0xFF, marker)
	}
	out = append(out, 0xFF, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(segment)+2)) //nolint:gosec // It was read from two bytes.
	return append(out, segment...)
}

// entropy is how many bytes of the picture itself come before the next marker.
func entropy(data []byte) int {
	for i := 0; i+1 < len(data); i++ {
		if next := data[i+1]; data[i] == 0xFF && next != 0 && next != 0xFF && (next < mRST0 || next > mRST7) {
			return i
		}
	}
	return len(data)
}

var exifHead = []byte("Exif\x00\x00")

// tagOrientation says which way up the picture is, 1 to 8. Exif 2.3, 4.6.4.
const tagOrientation = 0x0112

// orientation finds in an Exif segment which way up the picture is; 0 if it does
// not say.
func orientation(segment []byte) int {
	tiff, ok := bytes.CutPrefix(segment, exifHead)
	if !ok || len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 0
	}
	for i := range uint64(order.Uint16(tiff[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > uint64(len(tiff)) {
			return 0
		}
		if order.Uint16(tiff[entry:]) == tagOrientation {
			if way := int(order.Uint16(tiff[entry+8:])); way <= 8 {
				return way
			}
			return 0
		}
	}
	return 0
}

// exifOf is an Exif segment that says which way up the picture is, and nothing
// else.
func exifOf(way int) []byte {
	segment := append([]byte(nil), exifHead...)
	segment = append(segment, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1) // One entry,
	segment = binary.BigEndian.AppendUint16(segment, tagOrientation)
	return append(segment, 0, 3, 0, 0, 0, 1, 0, byte(way), 0, 0, 0, 0, 0, 0) // a short.
}

var pngHead = []byte("\x89PNG\r\n\x1a\n")

// strippedPNG leaves out the chunks that hold words, times and Exif, and what
// stands behind the end. https://www.w3.org/TR/png-3/#11Chunks
func strippedPNG(data []byte) ([]byte, error) {
	out := append(make([]byte, 0, len(data)), pngHead...)
	rest := data[len(pngHead):]
	for len(rest) >= 12 {
		n := uint64(binary.BigEndian.Uint32(rest)) + 12
		if n > uint64(len(rest)) {
			return nil, errImage
		}
		chunk := rest[:n]
		rest = rest[n:]
		switch string(chunk[4:8]) {
		case "eXIf", "tEXt", "zTXt", "iTXt", "tIME":
			continue
		case "IEND":
			return append(out, chunk...), nil
		}
		out = append(out, chunk...)
	}
	return nil, errImage
}
