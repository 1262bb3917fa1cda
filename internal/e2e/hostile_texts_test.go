package e2e

import "strings"

// hostile gives texts that want to become more than texts: every vector in every
// dress, and what is peculiar to Markdown, to our own templates, and to addresses.
func hostile() []string {
	var all []string
	for _, dress := range dresses {
		for _, vector := range vectors {
			all = append(all, strings.ReplaceAll(dress, "@", vector))
		}
	}
	return append(all, peculiar...)
}

// vectors are ways to make a browser call a function.
var vectors = strings.Split(`<script>canary()</script>
<img src=x onerror=canary()>
<img src=x onerror="canary()">
<svg onload=canary()>
<svg><script>canary()</script></svg>
<svg><animate onbegin=canary() attributeName=x dur=1s></svg>
<svg><a xlink:href="javascript:canary()"><text y=20>x</text></a></svg>
<svg><foreignObject><iframe src=javascript:canary()></iframe></foreignObject></svg>
<iframe src="javascript:canary()"></iframe>
<iframe srcdoc="<script>parent.canary()</script>"></iframe>
<object data="javascript:canary()"></object>
<embed src="javascript:canary()">
<body onload=canary()>
<details open ontoggle=canary()>x</details>
<video><source onerror=canary()></video>
<audio src=x onerror=canary()></audio>
<input autofocus onfocus=canary()>
<select autofocus onfocus=canary()></select>
<textarea autofocus onfocus=canary()></textarea>
<math><mtext><table><mglyph><style><img src=x onerror=canary()></style></mglyph></table></mtext></math>
<a href="javascript:canary()" autofocus onfocus=canary()>x</a>
<form action="javascript:canary()"><button autofocus onfocus=canary()>x</button></form>
<base href="javascript:canary()//">
<meta http-equiv="refresh" content="0;url=javascript:canary()">
<link rel=stylesheet href="javascript:canary()" onerror=canary()>
<style onload=canary()></style>
<style>@keyframes x{}</style><p style="animation-name:x" onanimationstart=canary()>x</p>
<template><script>canary()</script></template>
<noscript><p title="</noscript><img src=x onerror=canary()>">
<xmp><p title="</xmp><img src=x onerror=canary()>">
<marquee onstart=canary()>x</marquee>
<dialog open onclose=canary()><form method=dialog></form></dialog>
<custom-x autofocus tabindex=1 onfocus=canary()>x</custom-x>
<img srcset=x onerror=canary()>
<picture><img src=x onerror=canary()></picture>
<image src=x onerror=canary()>
<isindex type=image src=1 onerror=canary()>
<table background="javascript:canary()"><td>x</td></table>
<script src="data:text/javascript,canary()"></script>
<script type=module>canary()</script>`, "\n")

// dresses are where a vector may think that it stands.
var dresses = []string{
	"@", `"@`, `">@`, `'>@`, "'>\">@", "</p>@", "</title>@", "</textarea>@", "</script>@", "</style>@", "--> @", "]]>@", "`>@", "&lt;@",
}

// peculiar are the rest: Markdown, entities, templates, addresses, directions.
var peculiar = append(strings.Split(`[x](javascript:canary())
[x](JaVaScRiPt:canary())
[x](javascript&colon;canary())
[x](data:text/html;base64,PHNjcmlwdD5jYW5hcnkoKTwvc2NyaXB0Pg==)
![x](x" onerror="canary())
![x](javascript:canary())
![x](https://elsewhere.example/pixel.png)
<javascript:canary()>
[x]: javascript:canary()
[a](https://elsewhere.example "x' onmouseover='canary()")
`+"```html\n<script>canary()</script>"+`
**<img src=x onerror=canary()>**
# <svg onload=canary()>
&lt;script&gt;canary()&lt;/script&gt;
&#60;img src=x onerror=canary()&#62;
\\u003cimg src=x onerror=canary()\\u003e
{{canary}} {{.Body}} {{template "content"}}
${canary()} #{canary()} <%= canary() %>
javascript:canary()
 javascript:canary()
vbscript:canary()
data:text/html,<script>canary()</script>
//elsewhere.example/canary
" onmouseover="canary()
' onfocus='canary()' autofocus='
x" style="background:url(javascript:canary())
%3Cscript%3Ecanary()%3C/script%3E
＜script＞canary()＜/script＞
<<script>canary()//<</script>
<scr<script>ipt>canary()</scr</script>ipt>
<img/src=x/onerror=canary()>
<svg/onload=canary()//
<a title="</a><img src=x onerror=canary()>">x</a>`, "\n"),
	"\u202e<script>canary()</script>", "<scr\u00adipt>canary()</script>", "\ufeff<script>canary()</script>",
	"<!--<img src=\"--><img src=x onerror=canary()//\">", "<![CDATA[<img src=x onerror=canary()>]]>", "<?xml version=\"1.0\"?><x onload=canary()>")
