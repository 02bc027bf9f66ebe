// Keyboard for the review of a certificate; the marks it looks for are listed at the top of
// templates/components/review.html. Everything here can also be done with Tab and Enter alone.
"use strict";

(() => {
  const TYPING = "input:not([type=checkbox], [type=radio], [type=hidden]), select, textarea";
  const CONTROL = "a, button, summary, input, select, textarea";
  let current = null; // id of the row that has, or last had, the focus
  let moveOn = false; // the next swap goes on to the next open row

  const rows = () => [...document.querySelectorAll("[data-review-row]")];
  const rowOf = (element) => element.closest?.("[data-review-row]");
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function mark(row) {
    current = row.id;
    for (const other of document.querySelectorAll("[data-review-row].is-current, .page-box.is-current")) {
      other.classList.remove("is-current");
    }
    row.classList.add("is-current");
    const boxes = document.querySelectorAll(`[data-box-for="${CSS.escape(row.id)}"]`);
    for (const box of boxes) box.classList.add("is-current");
    boxes[0]?.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
  }

  function go(row) {
    if (!row) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function step(row, by) {
    const all = rows();
    go(all[all.indexOf(row) + by]);
  }

  function nextOpen(id) {
    const all = rows();
    const start = all.findIndex((row) => row.id === id);
    const later = all.slice(start + 1).find((row) => !("decided" in row.dataset));
    return later || all.find((row) => !("decided" in row.dataset));
  }

  function unfold(element) {
    for (let part = element.closest("details"); part; part = part.parentElement.closest("details")) {
      part.open = true;
    }
  }

  function reach(row, selector) {
    const element = row.querySelector(selector);
    if (!element) return;
    unfold(element);
    element.focus();
    element.select?.();
  }

  function press(row, selector) {
    const element = row.querySelector(selector);
    if (!element) return;
    if (element.matches("button")) {
      element.click();
      return;
    }
    unfold(element);
    const folded = element.closest("details");
    (folded?.querySelector(TYPING) || element).focus();
  }

  // Enter in the reason of a rejection rejects; by itself the browser would press the first button
  // of the form, which confirms.
  function rejectFrom(input, event) {
    const folded = input.closest("details");
    if (!folded?.querySelector(":scope > [data-review-reject]")) return;
    event.preventDefault();
    folded.querySelector("button").click();
  }

  const KEYS = {
    Enter: (row) => press(row, "[data-review-confirm]"),
    e: (row) => reach(row, "[data-review-edit]"),
    a: (row) => reach(row, "[data-review-assign]"),
    x: (row) => press(row, "[data-review-reject]"),
    j: (row) => step(row, 1),
    k: (row) => step(row, -1),
    ArrowDown: (row) => step(row, 1),
    ArrowUp: (row) => step(row, -1),
  };

  function showKeys() {
    const dialog = document.querySelector("[data-review-keys]");
    if (dialog && !dialog.open) dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    if (target.closest?.("dialog")) return;
    const row = rowOf(target);
    if (target.matches?.(TYPING)) {
      if (event.key === "Escape" && row) go(row);
      if (event.key === "Enter") rejectFrom(target, event);
      return;
    }
    if (event.key === "?" && document.querySelector("[data-review]")) {
      event.preventDefault();
      showKeys();
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!row) {
      if (key === "j" && document.querySelector("[data-review]")) go(nextOpen(null));
      return;
    }
    // Enter on a button, a link or a summary is that control's own.
    if (key === "Enter" && target !== row && target.matches(CONTROL)) return;
    if (!(key in KEYS)) return;
    event.preventDefault();
    KEYS[key](row);
  });

  document.addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    if (row) mark(row);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-review-help]")) showKeys();
    const box = event.target.closest?.("[data-box-for]");
    if (box) go(document.getElementById(box.dataset.boxFor));
  });

  document.addEventListener("submit", (event) => {
    const row = rowOf(event.target) || rowOf(event.submitter || event.target);
    if (!row) return;
    current = row.id;
    moveOn = true;
  });

  // After a swap the row is a new element: the focus goes on to the next open row, unless the
  // answer refused; then it goes to what is wrong in the row, or stays on the summary.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!moveOn || !current) return;
    moveOn = false;
    const same = document.getElementById(current);
    if (event.detail.xhr?.status >= 400) {
      if (same) mark(same);
      if (same?.querySelector("[aria-invalid]")) reach(same, "[aria-invalid]");
      return;
    }
    go(nextOpen(current) || same);
  });

  // Without htmx the server leads back to "#row-7".
  const wanted = document.getElementById(window.location.hash.slice(1));
  if (wanted && rowOf(wanted)) go(rowOf(wanted));
})();
