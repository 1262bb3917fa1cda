package auth

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// askedCookie holds what a browser keeps between asking for a link and using it.
const askedCookie = "__Host-ramure-demande"

// GiveSession puts a session's secret into the browser. It ends with the browser:
// how long it stands is the store's word.
func GiveSession(c *gin.Context, secret Secret) { setCookie(c, sessionCookie, string(secret), 0) }

// TakeSession removes it, with all that the browser kept of this site. Its cache is
// left alone: it never had a signed-in page (Cache-Control: no-store), and emptying
// it keeps some browsers waiting for a minute.
func TakeSession(c *gin.Context) {
	setCookie(c, sessionCookie, "", -1)
	c.Header("Clear-Site-Data", `"cookies", "storage"`)
}

// GiveAsked keeps in the browser that it asked for a link.
func GiveAsked(c *gin.Context, browser Secret) {
	setCookie(c, askedCookie, string(browser), int(signInLength/time.Second))
}

// Asked is what the browser kept; empty when it asked for nothing.
func Asked(c *gin.Context) Secret {
	text, _ := c.Cookie(askedCookie)
	return Secret(text)
}

// TakeAsked forgets it.
func TakeAsked(c *gin.Context) { setCookie(c, askedCookie, "", -1) }

func setCookie(c *gin.Context, name, value string, maxAge int) {
	http.SetCookie(c.Writer, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: maxAge,
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}
