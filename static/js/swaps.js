// Guards for htmx: a swap that cannot be made becomes a plain page load or a plain sentence, never
// silence. Messages of the answer are shown, since only one part of the page is replaced.
"use strict";

(() => {
  const messages = () => document.getElementById("messages");

  function say(sentence) {
    const line = document.createElement("p");
    line.className = "flash flash-bad";
    const words = document.createElement("span");
    words.textContent = sentence;
    line.append(words);
    messages()?.replaceChildren(line);
  }

  // An answer without the wanted part is another page: the sign-in page after a session ended, or
  // the page a finished form leads to.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target, requestConfig } = event.detail;
    if (xhr.status === 204 || xhr.status >= 400 && ![409, 422].includes(xhr.status)) return;
    const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const fresh = answer.getElementById("messages");
    if (target.id && !answer.getElementById(target.id)) {
      event.detail.shouldSwap = false;
      if (xhr.status < 400) {
        window.location.assign(xhr.responseURL);
      } else {
        const reasons = [...answer.querySelectorAll("[data-error-summary] li")];
        say(reasons.map((reason) => reason.textContent.trim()).join(" ") || "This was refused.");
      }
    } else if (fresh && requestConfig.verb !== "get") {
      messages()?.replaceChildren(...fresh.childNodes);
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.xhr?.status >= 400) document.querySelector("[data-error-summary]")?.focus();
  });

  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    say(`The server answered with status ${status}; nothing was changed. Reload the page and try again.`);
  });

  document.addEventListener("htmx:sendError", () => {
    say("The server could not be reached; nothing is known to have changed. Reload the page before trying again.");
  });
})();
