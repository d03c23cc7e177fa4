// Package paper makes what is printed: the stickers that hang on doors and
// machines. It writes PDF, in every language whose letters the font has, and
// knows nothing of stores and channels: what stands on the paper is handed in.
//
// One font is embedded here for everything that is printed (see fonts/README.md).
package paper
