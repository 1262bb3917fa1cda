// Package web holds what people see: templates, style, drawings, texts. It
// imports nothing but embed; httpx parses the templates and serves the static
// files, locale reads the catalogues.
//
//	templates/shared/          the layout and the partials that every page can use
//	templates/<room>/<page>/   one folder a page; it defines "content"
//	static/css/*.css           joined in the order of their names to ramure.css
//	static/img, static/js      served as they are, by the hash of their content
//	locales/{fr,en}.json       the same keys; typed with plain spaces and
//	                           straight apostrophes, set by locale
//
// A template writes no word of its own ({{T "key"}}), calls no style or script
// inline (the content security policy would refuse them), and gives T a key in
// quotes, so that a test can find a key that is missing.
package web
