package desk

// inspectRows are the rows of the transition table of a checkout that are about
// the visit itself.
var inspectRows []rule
