package wecom

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1" // #nosec G505 -- WeCom's signature is SHA-1 by definition.
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
)

// The form of an encrypted message: 16 random bytes, the length of the message
// in 4 bytes (big endian), the message, the id of its receiver; padded as in
// PKCS#7 to blocks of 32 bytes; AES-256-CBC with the first half of the key as
// the initial vector; in base64.
// https://developer.work.weixin.qq.com/document/path/91144
const (
	keyChars   = 43 // of an EncodingAESKey
	keyBytes   = 32
	randomHead = 16
	lengthHead = 4
	padBlock   = 32
)

// errSealed is all that anybody is told about a message that cannot be opened:
// which step failed would help to guess the padding.
var errSealed = errors.New("wecom: the message cannot be opened")

// vault opens what WeCom encrypted for one receiver. It is used only behind a
// valid signature: CBC itself protects nothing against changes.
type vault struct {
	block    cipher.Block
	iv       []byte
	receiver []byte
}

// newVault makes the vault of an EncodingAESKey, 43 characters of base64, and of
// the receiver's id, for a self-built app the id of the corp.
func newVault(encodingKey, receiver string) (*vault, error) {
	bad := errors.New("wecom: the AES key must be 43 characters A-Z, a-z and 0-9")
	if len(encodingKey) != keyChars {
		return nil, bad
	}
	// The console makes any 43 characters: the bits left over in the last one
	// need not be zero, so the decoding is not strict.
	key, err := base64.StdEncoding.DecodeString(encodingKey + "=")
	if err != nil || len(key) != keyBytes {
		return nil, bad
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, bad
	}
	return &vault{block: block, iv: key[:aes.BlockSize], receiver: []byte(receiver)}, nil
}

// open decrypts a message. Its only error is errSealed.
func (v *vault) open(encrypted string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(encrypted)
	if err != nil || len(data) == 0 || len(data)%padBlock != 0 {
		return nil, errSealed
	}
	cipher.NewCBCDecrypter(v.block, v.iv).CryptBlocks(data, data)
	pad := int(data[len(data)-1])
	if pad < 1 || pad > padBlock {
		return nil, errSealed
	}
	for _, b := range data[len(data)-pad:] {
		if int(b) != pad {
			return nil, errSealed
		}
	}
	data = data[:len(data)-pad]
	if len(data) < randomHead+lengthHead {
		return nil, errSealed
	}
	length := binary.BigEndian.Uint32(data[randomHead:])
	data = data[randomHead+lengthHead:]
	if uint64(length) > uint64(len(data)) {
		return nil, errSealed
	}
	message, receiver := data[:length], data[length:]
	if subtle.ConstantTimeCompare(receiver, v.receiver) != 1 {
		return nil, errSealed
	}
	return message, nil
}

// signature is what WeCom signs with: SHA-1 of the token, the timestamp, the
// nonce and the encrypted message, sorted and put together, in hexadecimal.
func signature(token, timestamp, nonce, encrypted string) string {
	parts := []string{token, timestamp, nonce, encrypted}
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, ""))) // #nosec G401 -- as above.
	return hex.EncodeToString(sum[:])
}

// signed tells whether the shown signature is the right one, in constant time.
func signed(token, timestamp, nonce, encrypted, shown string) bool {
	want := signature(token, timestamp, nonce, encrypted)
	return subtle.ConstantTimeCompare([]byte(want), []byte(shown)) == 1
}
