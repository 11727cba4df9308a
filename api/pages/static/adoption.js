// Adoption by keyboard, and decisions without loading the page again. Without this file every form still works.
"use strict";
(() => {
  const board = document.querySelector("[data-adoption]");
  if (!board) return;
  const cards = () => [...board.querySelectorAll("[data-recommendation]")];
  const say = board.querySelector("[data-status]");
  let here = null;

  function choose(card, { scroll = true } = {}) {
    if (!card) return;
    cards().forEach((each) => each.classList.toggle("here", each === card));
    here = card.dataset.recommendation;
    if (scroll) { card.scrollIntoView({ block: "nearest" }); card.focus({ preventScroll: true }); }
  }
  const current = () => cards().find((each) => each.dataset.recommendation === here);
  const isOpen = (card) => !card.dataset.state;
  function step(by, wanted = () => true) {
    const all = cards();
    let at = all.indexOf(current());
    for (let n = 0; n < all.length; n += 1) {
      at = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
      if (wanted(all[at])) { choose(all[at]); return; }
    }
  }
  function fail(words) { say.textContent = words; say.className = "message problem"; say.scrollIntoView({ block: "nearest" }); }

  async function send(form, pressed) {
    const card = form.closest("[data-recommendation]");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form, pressed ?? undefined), credentials: "same-origin",
        headers: { Accept: "text/html", "X-Fragment": "1" },
      });
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      const problem = made.querySelector("[data-problem]");
      const fresh = made.querySelector("[data-recommendation]");
      if (!answer.ok || problem) { fail(problem ? problem.textContent.trim() : board.dataset.failed); return; }
      if (!fresh) { location.reload(); return; }
      card.replaceWith(fresh);
      const left = made.querySelector("[data-progress]");
      if (left) board.querySelector("[data-progress]").replaceWith(left);
      say.textContent = board.dataset.saved;
      say.className = "hidden-label";
      if (!cards().some(isOpen) && document.querySelector("#close [name=state]")) { location.hash = "close"; location.reload(); return; }
      const all = cards();
      choose(fresh.dataset.state ? (all.slice(all.indexOf(fresh) + 1).find(isOpen) ?? all.find(isOpen) ?? fresh) : fresh);
    } catch { fail(board.dataset.failed); }
  }

  board.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-recommendation] form")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  board.addEventListener("click", (event) => {
    const card = event.target.closest("[data-recommendation]");
    if (card && !event.target.closest("a, button, summary, input, textarea, label")) choose(card, { scroll: false });
  });
  const press = (selector) => current()?.querySelector(selector)?.click();
  // What needs a reason opens the form with the state chosen; a proposal that does not is confirmed at once.
  function give(state) {
    const card = current();
    const radio = card?.querySelector(`[data-do=other] input[value=${state}]`);
    if (!radio) return;
    const confirm = card.querySelector("[data-do=confirm]");
    if (confirm && card.dataset.proposed === state) { confirm.click(); return; }
    card.querySelector("[data-do=other]").open = true;
    radio.checked = true;
    card.querySelector("[data-do=other] textarea").focus();
  }
  const KEYS = {
    KeyJ: () => step(1), KeyK: () => step(-1), KeyN: () => step(1, isOpen), KeyU: () => press("[data-do=undo]"),
    KeyC: () => {
      const card = current();
      if (card?.querySelector("[data-do=confirm]")) press("[data-do=confirm]");
      else if (card && isOpen(card) && card.dataset.proposed === "not_adopted") give("not_adopted");
    },
    Digit1: () => give("adopted"), Digit2: () => give("in_part"), Digit3: () => give("not_adopted"), Digit4: () => give("moot"),
  };
  document.addEventListener("keydown", (event) => {
    const card = event.target.closest("[data-recommendation]");
    if (event.key === "Escape" && card) {
      card.querySelectorAll("details[open]").forEach((each) => { each.open = false; });
      card.focus();
      return;
    }
    if (event.key === "Enter" && event.ctrlKey && event.target.matches("[data-recommendation] textarea")) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const act = KEYS[event.code];
    if (act) { event.preventDefault(); act(); }
  });
  const target = location.hash.startsWith("#a-") ? document.getElementById(location.hash.slice(1)) : null;
  choose(target ?? cards().find(isOpen) ?? cards()[0], { scroll: Boolean(target) });
})();
