package desk

import "errors"

// UserError is a refusal that the person sees in their language. Everything
// else that goes wrong is logged with a reference, and the person sees one
// polite sentence with that reference.
type UserError struct{ Text Text }

func (e *UserError) Error() string { return "refused: " + e.Text.Key }

// Refuse makes a UserError from a key and its arguments, as T does.
func Refuse(key string, pairs ...any) *UserError { return &UserError{Text: T(key, pairs...)} }

// AsUserError finds the refusal in err.
func AsUserError(err error) (*UserError, bool) {
	var u *UserError
	ok := errors.As(err, &u)
	return u, ok
}
