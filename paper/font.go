package paper

import _ "embed" // the font

// Font is a TrueType font with Latin and Chinese letters. It is shared: nobody
// may change it.
//
//go:embed fonts/WenQuanYiMicroHei.ttf
var Font []byte

// fontName is what the font is called within a document.
const fontName = "microhei"
