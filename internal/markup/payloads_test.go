package markup

import "strings"

// payloads are hostile texts, written for this test by family.
func payloads() []string {
	return append(append(elements(), addresses()...), append(handlers(), oddities()...)...)
}

func elements() []string {
	return strings.Split(`<script>canary()</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<scr<script>ipt>canary()</scr</script>ipt>
<script/x>canary()</script>
<svg><script>canary()</script></svg>
<svg/onload=canary()>
<svg><a xlink:href="javascript:canary()"><text>x</text></a></svg>
<svg><animate onbegin=canary() attributeName=x dur=1s>
<svg><set attributeName=href to=javascript:canary()>
<svg><use href="data:image/svg+xml,<svg id='x'/>#x"/></svg>
<svg><foreignObject><iframe src=javascript:canary()></foreignObject></svg>
<math><mtext><table><mglyph><style><img src=x onerror=canary()>
<math href="javascript:canary()">x</math>
<iframe src="javascript:canary()"></iframe>
<iframe srcdoc="<script>canary()</script>"></iframe>
<object data="javascript:canary()"></object>
<embed src="javascript:canary()">
<applet code=x></applet>
<base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=javascript:canary()">
<link rel=stylesheet href="https://evil.example/x.css">
<style>@import 'https://evil.example/x.css';</style>
<style>*{background:url(javascript:canary())}</style>
<form action="https://evil.example"><input name=q></form>
<button formaction="javascript:canary()">x</button>
<input type=image src=x onerror=canary()>
<isindex action=javascript:canary() type=submit>
<textarea autofocus onfocus=canary()></textarea>
<select autofocus onfocus=canary()></select>
<video><source onerror=canary()></video>
<audio src=x onerror=canary()></audio>
<template><script>canary()</script></template>
<noscript><p title="</noscript><img src=x onerror=canary()>">
<title><img src=x onerror=canary()></title>
<xmp><img src=x onerror=canary()></xmp>
<plaintext><img src=x onerror=canary()>
<listing><img src=x onerror=canary()></listing>
<frameset onload=canary()><frame src=x></frameset>
<dialog open onclose=canary()>x</dialog>
<portal src="javascript:canary()"></portal>
<custom-element onclick=canary()>x</custom-element>
<slot name=x onslotchange=canary()></slot>`, "\n")
}

func addresses() []string {
	return strings.Split("javascript:canary()\nJaVaScRiPt:canary()\njavascript&#58;canary()\njavascript&colon;canary()\n"+
		"&#106;avascript:canary()\n&#x6A;avascript:canary()\njava&#9;script:canary()\njava&Tab;script:canary()\njava&NewLine;script:canary()\n"+
		"\x01javascript:canary()\n\tjavascript:canary()\njava\tscript:canary()\njavascript\t:canary()\njavascript://exemple.fr/%0acanary()\n"+
		"vbscript:msgbox(1)\nlivescript:canary()\ndata:text/html,<script>canary()</script>\ndata:text/html;base64,PHNjcmlwdD4=\n"+
		"data:image/svg+xml,<svg onload=canary()>\nfile:///etc/passwd\nftp://exemple.fr/x\nblob:https://exemple.fr/x\nabout:blank\n"+
		"//evil.example/x\n/\\evil.example\n\\\\evil.example\nhttps:/evil.example\nhttps:evil.example\nhttp:\\\\evil.example\n"+
		"https://exemple.fr@evil.example\nhttps://exemple.fr\\@evil.example\nhttps://exemple.fr\"onmouseover=\"canary()\n"+
		"https://exemple.fr'onmouseover='canary()\nhttps://exemple.fr><script>canary()</script>\nhttps://exemple.fr?<img src=x onerror=canary()>\n"+
		"https://[::1\nhttps://exemple.fr:abc/\nhttps://\nmailto:a@exemple.fr\ntel:+33\nview-source:https://exemple.fr\n"+
		"jar:https://exemple.fr!/x\nintent://x#Intent;end\nms-word:ofe|u|https://exemple.fr\nurn:uuid:x\ndid:web:evil.example\n#ancre\n?x=1\n../x", "\n")
}

func handlers() []string {
	return strings.Split(`<img src=x onerror=canary()>
<img src=x onerror="canary()"//
<img/src=x/onerror=canary()>
<img src="x:x" onerror='canary()'>
<IMG """><SCRIPT>canary()</SCRIPT>">
<img src=x:canary() onerror=eval(src)>
<img srcset="x 1x" onerror=canary()>
<body onload=canary()>
<p onclick=canary()>x</p>
<p onmouseover="canary()" style="position:fixed;inset:0">x</p>
<p style="background:url(https://evil.example/x)">x</p>
<p id="main" class="band band-ok">Badge valable</p>
<a href="https://exemple.fr" onclick="canary()">x</a>
<a href="https://exemple.fr" target="_blank" rel="opener">x</a>
<a href="https://exemple.fr" ping="https://evil.example">x</a>
<a href="https://exemple.fr" download>x</a>
<a name="x" id="location">x</a>
<details ontoggle=canary() open>x</details>
<marquee onstart=canary()>x</marquee>
<div onpointerenter=canary()>x</div>
<ol start="1" onclick=canary()><li>x</ol>
<ol start="javascript:canary()"><li>x</ol>
<h2 onfocus=canary() tabindex=1>x</h2>
<code onwheel=canary()>x</code>
<pre contenteditable oninput=canary()>x</pre>
<blockquote cite="javascript:canary()">x</blockquote>`, "\n")
}

func oddities() []string {
	return []string{
		"<!--<img src=--><img src=x onerror=canary()>", "<![CDATA[<script>canary()</script>]]>", "<?php canary() ?>", "<!DOCTYPE x>",
		"</p><script>canary()</script>", "<<script>canary()//<</script>", "<script\x00>canary()</script>", "<\x00script>canary()</script>",
		"\xff\xfe<script>canary()</script>", "＜script＞canary()＜/script＞", "&lt;script&gt;canary()&lt;/script&gt;", "&amp;lt;script&amp;gt;",
		"<a href=\"https://exemple.fr\x00javascript:x\">x</a>", "[x](https://exemple.fr \"t\" onclick=canary())", "[x](javascript:canary\\(\\))",
		"[x]( javascript:canary() )", "[a](https://exemple.fr)[b](javascript:x)", "[](javascript:x)", "[<script>x</script>](https://exemple.fr)",
		"```\"><script>canary()</script>\nx\n```", "~~~ onclick=canary()\nx\n~~~", "`<script>canary()</script>`", "    <script>canary()</script>",
		"<https://exemple.fr/\"onclick=\"x>", "<javascript:canary()>", "<data:text/html,x>", "![x](javascript:canary())", "![x](https://evil.example/pixel.gif)",
		"{{template}}", "{{.Secret}}", "${canary()}", "\u2028<script>canary()</script>", "<script>\u2029canary()</script>", "\u202e<tpircs>",
	}
}
