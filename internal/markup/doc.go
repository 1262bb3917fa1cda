// Package markup turns the Markdown that venues write (criteria, descriptions,
// evidence) into HTML that is safe to show on our pages.
//
// Two walls, each enough alone: goldmark is used without raw HTML and with a
// subset (CommonMark without images), and bluemonday then lets through only the
// elements and attributes of that subset. Links go to http and https addresses
// alone and carry rel="nofollow noopener noreferrer ugc". Headings are moved
// down to where the page has room for them.
//
// The flow: Render(source, level) → HTML, which httpx alone may put on a page
// unescaped. HTML has no exported way to be made from a string.
//
// It refuses raw HTML (shown as the text that it is), images (their alternative text is kept, no
// request leaves the page), sources over MaxSource bytes and nesting deeper
// than maxDepth (an error: nothing is shown half).
package markup
