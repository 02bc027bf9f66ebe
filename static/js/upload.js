// Upload of certificates: files can be dropped on the zone, and each goes up on its own with its
// progress. The form's own address is used, and without JavaScript the same form posts all files.
//
//   <form method="post" enctype="multipart/form-data" data-upload data-upload-done="/certificates">
//     … [data-dropzone] holding one <input type="file">, and the submit button
//
// One file: its page opens. Several: the address in data-upload-done opens once all are stored; if
// any was refused the list stays, with the reasons beside each file, and the element whose id
// data-upload-region names is taken anew from that address.
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-upload]")) watch(form);

  function watch(form) {
    const zone = form.querySelector("[data-dropzone]");
    const input = zone.querySelector("input[type=file]");
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("is-over");
      });
    }
    zone.addEventListener("dragleave", (event) => {
      if (!zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
    });
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("is-over");
      take(input, event.dataTransfer.files);
    });
    form.addEventListener("submit", (event) => {
      if (!input.files.length) return;
      event.preventDefault();
      send(form, input);
    });
  }

  function take(input, dropped) {
    const files = new DataTransfer();
    for (const file of input.multiple ? dropped : [...dropped].slice(0, 1)) files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  }

  async function send(form, input) {
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    const list = freshList(form);
    const lines = [...input.files].map((file) => ({ file, line: addLine(list, file) }));
    const results = [];
    for (const { file, line } of lines) {
      const result = await sendOne(form, input, file, line);
      show(line, result);
      results.push(result);
    }
    button.disabled = false;
    finish(form, input, list, results);
  }

  function finish(form, input, list, results) {
    if (results.every((result) => result.stored)) {
      const last = results[results.length - 1].url;
      window.location.assign(results.length > 1 ? form.dataset.uploadDone || last : last);
      return;
    }
    input.value = "";
    const stored = results.filter((result) => result.stored).length;
    list.previousElementSibling.textContent = `${stored} of ${results.length} files stored.`;
    list.previousElementSibling.focus();
    if (stored) renew(form);
  }

  async function renew(form) {
    const old = document.getElementById(form.dataset.uploadRegion || "");
    if (!old) return;
    const answer = await fetch(form.dataset.uploadDone, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(old.id);
    if (!fresh) return;
    old.replaceWith(document.adoptNode(fresh));
    fresh.dispatchEvent(new CustomEvent("refresh:begin", { bubbles: true }));
  }

  function sendOne(form, input, file, line) {
    const data = new FormData(form);
    data.delete(input.name);
    data.append(input.name, file, file.name);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        line.progress.max = event.total;
        line.progress.value = event.loaded;
      });
      request.addEventListener("load", () => resolve(read(request, form)));
      request.addEventListener("error", () =>
        resolve({ stored: false, reasons: ["The server could not be reached."] }));
      request.send(data);
    });
  }

  // A stored file answers with the page of its certificate; a refused one with the form's own
  // address or a status of 400 and above, and its reasons on the page.
  function read(request, form) {
    const away = request.responseURL.split("#")[0] !== form.action.split("#")[0];
    if (request.status < 400 && away) return { stored: true, url: request.responseURL };
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const reasons = [...page.querySelectorAll("[data-error-summary] li, .flash-bad span")];
    const known = reasons.some((reason) => reason.querySelector("a[href^='/certificates/']"));
    const plain = request.status === 413
      ? "The file is larger than one upload may be."
      : `The server answered with status ${request.status}.`;
    return { stored: false, known, reasons: reasons.length ? reasons : [plain] };
  }

  function freshList(form) {
    form.querySelector("[data-upload-list]")?.remove();
    const box = document.createElement("div");
    box.dataset.uploadList = "";
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    words.tabIndex = -1;
    words.textContent = "Sending.";
    const list = document.createElement("ul");
    list.className = "uploads";
    box.append(words, list);
    form.querySelector("[data-dropzone]").after(box);
    return list;
  }

  function addLine(list, file) {
    const item = document.createElement("li");
    item.className = "upload";
    const name = document.createElement("span");
    name.className = "upload-name";
    name.textContent = file.name;
    const progress = document.createElement("progress");
    progress.value = 0;
    progress.setAttribute("aria-label", `Progress of ${file.name}`);
    const state = document.createElement("span");
    state.textContent = "Waiting";
    item.append(name, progress, state);
    list.append(item);
    return { item, progress, state };
  }

  // The address of the symbols is taken from an icon the server drew.
  function icon(name) {
    const drawn = document.querySelector(".dropzone .icon").cloneNode(true);
    const use = drawn.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${name}`));
    drawn.setAttribute("width", "14");
    drawn.setAttribute("height", "14");
    return drawn;
  }

  function show(line, result) {
    line.progress.value = line.progress.max;
    if (result.stored) {
      const link = document.createElement("a");
      link.href = result.url;
      link.textContent = "Stored";
      line.state.className = "status status-good";
      line.state.replaceChildren(icon("check"), link);
      return;
    }
    line.state.className = `status status-${result.known ? "neutral" : "bad"}`;
    line.state.replaceChildren(
      icon(result.known ? "info" : "cross"), result.known ? "Already here" : "Not stored");
    const reasons = document.createElement("ul");
    reasons.className = "upload-reasons";
    for (const reason of result.reasons) {
      const entry = document.createElement("li");
      entry.append(...(typeof reason === "string" ? [reason] : reason.childNodes));
      reasons.append(entry);
    }
    line.item.append(reasons);
  }
})();
