package wecom

import (
	"errors"
	"net/url"
	"strconv"
	"time"
)

// Reasons for which a caller is turned away. They are for the log and the
// tests: the caller sees one answer.
var (
	errForm     = errors.New("the form is wrong")
	errAddress  = errors.New("it is for another corp or app")
	errUnsigned = errors.New("the signature is wrong: is the token the one in the console?")
	errStale    = errors.New("it is from another time: is this clock right?")
)

// maxNonce is the longest nonce. The parts of a signature are put together
// without a sign between them, so somebody who saw one call can move characters
// from the encrypted message into the nonce and keep the signature valid. What
// keeps its length a multiple of the padding's 32 bytes moves 128 characters or
// more; a nonce has no room for them.
const maxNonce = 64

// proof is how a call shows that it comes from WeCom.
type proof struct {
	signature, timestamp, nonce string
}

// readProof reads the proof from the query of a call: each part once. extra
// names a further parameter that must be there, or is empty.
func readProof(query, extra string) (p proof, value string, err error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return p, "", errForm
	}
	wanted := map[string]*string{"msg_signature": &p.signature, "timestamp": &p.timestamp, "nonce": &p.nonce}
	if extra != "" {
		wanted[extra] = &value
	}
	for name, into := range wanted {
		if len(values[name]) != 1 || values[name][0] == "" {
			return p, "", errForm
		}
		*into = values[name][0]
	}
	if len(p.nonce) > maxNonce {
		return p, "", errForm
	}
	return p, value, nil
}

// at is the time of the call. Only the plain form is accepted: the same second
// written differently would be another signature for the same call.
func (p proof) at() (time.Time, error) {
	seconds, err := strconv.ParseInt(p.timestamp, 10, 64)
	if err != nil || seconds <= 0 || strconv.FormatInt(seconds, 10) != p.timestamp {
		return time.Time{}, errForm
	}
	return time.Unix(seconds, 0), nil
}

// check tells whether WeCom signed this encrypted message within window of now.
// The signature comes first: nothing of an unsigned call is looked at.
func (p proof) check(token, encrypted string, now time.Time, window time.Duration) error {
	if !signed(token, p.timestamp, p.nonce, encrypted, p.signature) {
		return errUnsigned
	}
	at, err := p.at()
	if err != nil {
		return err
	}
	if now.Sub(at).Abs() > window {
		return errStale
	}
	return nil
}

// envelope is the body of a POST: what is outside of the encryption.
type envelope struct {
	to, agent, encrypted string
}

// readEnvelope reads a body. Elements that it does not know are no reason to
// refuse it, but they hold nothing.
func readEnvelope(raw []byte) (envelope, error) {
	root, err := readXML(raw, 1)
	if err != nil {
		return envelope{}, err
	}
	e := envelope{to: root.at("ToUserName"), agent: root.at("AgentID"), encrypted: root.at("Encrypt")}
	if e.encrypted == "" {
		return envelope{}, errForm
	}
	return e, nil
}

// isFor tells whether an envelope names this corp and application. Calls about
// 微信客服 are for the corp and name no application.
func (e envelope) isFor(corp string, agent int64) bool {
	return e.to == corp && (e.agent == "" || e.agent == strconv.FormatInt(agent, 10))
}
