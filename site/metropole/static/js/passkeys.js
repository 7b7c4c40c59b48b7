/* Beside allauth's own scripts: shows the buttons that need a passkey where the browser knows them, and says what failed. */
(() => {
  "use strict";
  const message = document.querySelector("[data-passkey-error]");
  if (window.PublicKeyCredential) {
    for (const hidden of document.querySelectorAll("[data-passkey]")) hidden.hidden = false;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    message.hidden = false;
  });
})();
