package wecom

import "strings"

// masker takes secrets out of texts.
type masker struct{ secrets []string }

func newMasker(c Config) masker {
	m := masker{}
	secrets := []string{c.Secret, c.Token, c.AESKey}
	for _, g := range c.Groups {
		secrets = append(secrets, g.RobotKey)
	}
	for _, s := range secrets {
		// A very short secret would be found in innocent words; it also is no secret.
		if len(s) >= 4 {
			m.secrets = append(m.secrets, s)
		}
	}
	return m
}

// text is s without secrets.
func (m masker) text(s string) string {
	for _, secret := range m.secrets {
		s = strings.ReplaceAll(s, secret, "***")
	}
	return s
}
