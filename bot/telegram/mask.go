package telegram

import "strings"

// masker takes secrets out of texts.
type masker struct{ secrets []string }

func newMasker(c Config) masker {
	_, secret, _ := strings.Cut(c.Token, ":")
	m := masker{}
	for _, s := range []string{c.Token, secret, c.WebhookSecret, c.OldWebhookSecret} {
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
