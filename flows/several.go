package flows

// several finds two matters in one message.
func (l *Listener) several(_ heard, guesses []Guess) []Guess { return guesses }
