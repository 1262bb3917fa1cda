// The code on a badge ends with # and 16 characters of the badge's own hash.
// They never reach the server: here the page compares them with the badge that
// it shows. Without this script the page is complete; with it, a code that was
// stuck over another one is noticed.
(function () {
  "use strict";
  var box = document.querySelector("[data-fragment]");
  var read = window.location.hash.slice(1);
  if (!box || !/^[A-Za-z0-9_-]{16}$/.test(read)) {
    return;
  }
  var state = read === box.getAttribute("data-fragment") ? "same" : "other";
  var answer = box.querySelector('[data-when="' + state + '"]');
  if (answer) {
    answer.hidden = false;
  }
})();
