// Keeps a part of the page fresh while the reader works.
//
//   <div id="readings" data-refresh-url="/certificates" data-refresh-seconds="3">…</div>
//
// The address answers a page that holds an element of the same id. The part is replaced only when
// it changed and nobody is inside it; the asking ends when the answer no longer carries
// data-refresh-url, and waits while the window is hidden. People who asked for less motion are
// asked for nothing: they get one replacement, when the work is done. A part that was put into the
// page later asks to be kept fresh by a "refresh:begin" event.
"use strict";

(() => {
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  for (const region of document.querySelectorAll("[data-refresh-url]")) wait(region, 0);
  document.addEventListener("refresh:begin", (event) => {
    if (event.target.dataset.refreshUrl) wait(event.target, 0);
  });

  function wait(region, failures) {
    const seconds = Number(region.dataset.refreshSeconds || 3) * 2 ** Math.min(failures, 4);
    window.setTimeout(() => ask(region, failures), seconds * 1000);
  }

  async function ask(region, failures) {
    if (document.hidden) return wait(region, failures);
    let fresh;
    try {
      const answer = await fetch(region.dataset.refreshUrl, { credentials: "same-origin" });
      if (answer.status >= 400) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      fresh = page.getElementById(region.id);
    } catch {
      return wait(region, failures + 1);
    }
    // Another page came back, such as the sign-in page: loading it says so plainly.
    if (!fresh) return window.location.reload();
    const finished = !fresh.dataset.refreshUrl;
    const busy = region.contains(document.activeElement) || (calm() && !finished);
    if (busy || fresh.innerHTML === region.innerHTML && !finished) return wait(region, 0);
    const adopted = document.adoptNode(fresh);
    region.replaceWith(adopted);
    window.htmx?.process(adopted);
    return finished ? announce(adopted) : wait(adopted, 0);
  }

  function announce(region) {
    const place = document.getElementById("messages");
    if (!place || !region.dataset.refreshDone) return;
    const line = document.createElement("p");
    line.className = "flash flash-info";
    const words = document.createElement("span");
    words.textContent = region.dataset.refreshDone;
    line.append(words);
    place.append(line);
  }
})();
