// The progress of an analysis and of an upload, while the page stays open.
"use strict";
(() => {
  const running = document.querySelector("[data-analysis]");
  if (running) {
    const look = async () => {
      try {
        const answer = await fetch(running.dataset.analysis, { credentials: "same-origin", headers: { "X-Fragment": "1" } });
        if (answer.ok) {
          const state = await answer.json();
          if (state.ended) { location.reload(); return; }
          running.querySelector("progress").value = state.done;
          running.querySelector("[data-words]").textContent = state.words;
        }
      } catch { /* the next look may succeed */ }
      setTimeout(look, 1000);
    };
    setTimeout(look, 1000);
  }
  document.querySelectorAll("form[data-upload]").forEach((form) => form.addEventListener("submit", (event) => {
    event.preventDefault();
    const call = new XMLHttpRequest();
    const bar = form.querySelector("progress");
    const words = form.querySelector("[data-words]");
    bar.hidden = false;
    form.querySelector("button").disabled = true;
    call.upload.addEventListener("progress", (at) => {
      const percent = at.total ? Math.round((at.loaded * 100) / at.total) : 0;
      bar.value = percent;
      words.textContent = form.dataset.upload.replace("{percent}", percent);
    });
    call.addEventListener("load", () => {
      if (call.responseURL && call.status < 400) { location.assign(call.responseURL); return; }
      document.open(); document.write(call.responseText); document.close();
    });
    call.addEventListener("error", () => { words.textContent = form.dataset.failed; form.querySelector("button").disabled = false; });
    call.open("POST", form.action);
    call.send(new FormData(form));
  }));
})();
