// What a browser adds to the page that verifies: files that are dropped on it, and
// codes that its camera reads. A code goes into the text field, as if it had been
// typed, and the form is sent as it always is. Without this script the page is
// complete. Nothing is asked of anyone here; a browser that reads no codes by itself
// (Barcode Detection API) is given the reader beside this file.
(function () {
  "use strict";
  var form = document.querySelector("[data-verifier]");
  if (!form) {
    return;
  }
  var text = form.elements.texte;

  // Dropping files.
  var drop = form.querySelector("[data-drop]");
  form.querySelector("[data-drop-words]").hidden = false;
  form.addEventListener("dragover", function (event) {
    event.preventDefault();
    drop.classList.add("over");
  });
  form.addEventListener("dragleave", function (event) {
    if (!form.contains(event.relatedTarget)) {
      drop.classList.remove("over");
    }
  });
  form.addEventListener("drop", function (event) {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length > 0) {
      form.elements.fichiers.files = event.dataTransfer.files;
      form.elements.fichiers.focus();
    } else {
      text.value = event.dataTransfer.getData("text/plain");
      text.focus();
    }
  });

  // Reading a code with the camera.
  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) {
    return;
  }
  var camera = form.querySelector("[data-camera]");
  var start = camera.querySelector("[data-start]");
  var stop = camera.querySelector("[data-stop]");
  var viewer = camera.querySelector("[data-viewer]");
  var video = camera.querySelector("video");
  var say = camera.querySelector("[data-say]");
  var canvas = document.createElement("canvas");
  var pause = 150; // ms between two looks: a phone stays cool
  var side = 800; // px of a look; more costs time and finds no more
  var stream = null;
  camera.hidden = false;

  start.addEventListener("click", function () {
    start.disabled = true;
    var wanted = { video: { facingMode: { ideal: "environment" } }, audio: false };
    Promise.all([navigator.mediaDevices.getUserMedia(wanted).then(open), reader()]).then(
      function (ready) {
        look(ready[1]);
      },
      function () {
        close("denied");
      }
    );
  });
  stop.addEventListener("click", function () {
    close("");
    start.focus();
  });
  window.addEventListener("pagehide", function () {
    close("");
  });

  function open(given) {
    stream = given;
    video.srcObject = stream;
    viewer.hidden = false;
    say.textContent = say.dataset.searching;
    stop.focus();
    return video.play();
  }

  function close(word) {
    if (stream) {
      stream.getTracks().forEach(function (track) {
        track.stop();
      });
    }
    stream = null;
    video.srcObject = null;
    viewer.hidden = true;
    start.disabled = false;
    say.textContent = word ? say.dataset[word] : "";
  }

  // reader gives a function that looks at the video once: the text of the code, or "".
  function reader() {
    if (!("BarcodeDetector" in window)) {
      return vendored();
    }
    return window.BarcodeDetector.getSupportedFormats().then(function (formats) {
      if (formats.indexOf("qr_code") < 0) {
        return vendored();
      }
      var detector = new window.BarcodeDetector({ formats: ["qr_code"] });
      return function () {
        return detector.detect(video).then(function (codes) {
          return codes.length > 0 ? codes[0].rawValue : "";
        });
      };
    });
  }

  function vendored() {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = camera.dataset.decoder;
      script.onload = function () {
        resolve(decode);
      };
      script.onerror = reject;
      document.head.appendChild(script);
    });
  }

  function decode() {
    var scale = Math.min(1, side / Math.max(video.videoWidth, video.videoHeight, 1));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (canvas.width === 0 || canvas.height === 0) {
      return Promise.resolve("");
    }
    var pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    var pixels = pen.getImageData(0, 0, canvas.width, canvas.height);
    var code = window.jsQR(pixels.data, pixels.width, pixels.height, { inversionAttempts: "dontInvert" });
    return Promise.resolve(code ? code.data : "");
  }

  function look(read) {
    if (!stream) {
      return;
    }
    read().then(
      function (found) {
        if (!stream) {
          return;
        }
        if (!found) {
          window.setTimeout(look, pause, read);
          return;
        }
        take(found);
      },
      function () {
        window.setTimeout(look, pause, read);
      }
    );
  }

  // take sends an address at once; of anything else the reader decides.
  function take(found) {
    text.value = found;
    if (!/^https?:\/\//i.test(found)) {
      close("other");
      text.focus();
      return;
    }
    close("found");
    form.requestSubmit ? form.requestSubmit() : form.submit();
  }
})();
