// The review by keyboard, and decisions without loading the page again. Without this file every form still works.
"use strict";
(() => {
  const board = document.querySelector("[data-review]");
  if (!board) return;
  const holder = () => document.querySelector("[data-sheet]");
  let turning = new AbortController();
  const cards = () => [...board.querySelectorAll(".finding")];
  let here = null;

  // Shows the whole card, or its beginning; where findings scroll by themselves, the page stays where it is.
  function reveal(card) {
    if (getComputedStyle(board).overflowY !== "auto") { card.scrollIntoView({ block: "nearest" }); return; }
    const head = board.querySelector(".progress").offsetHeight;
    const top = card.getBoundingClientRect().top - board.getBoundingClientRect().top - head;
    if (top < 0 || top + card.offsetHeight > board.clientHeight - head) board.scrollTop += top - 8;
  }
  function choose(card, { text = true, scroll = true } = {}) {
    if (!card) return;
    cards().forEach((each) => each.classList.toggle("here", each === card));
    document.querySelectorAll("[data-findings].here").forEach((each) => each.classList.remove("here"));
    here = card.dataset.finding;
    if (scroll) reveal(card);
    const marks = marksOf(here);
    marks.forEach((each) => each.classList.add("here"));
    if (!text || !matchMedia("(min-width: 56rem)").matches) return;
    if (marks.length) marks[0].scrollIntoView({ block: "center" });
    else if (holder()) turn(card.dataset.page, card.dataset.language);
  }
  // The page of the original on which the chosen words stand; when it cannot be had, the link on the card still leads there.
  async function turn(number, language) {
    if (!number) return;
    turning.abort();
    turning = new AbortController();
    const { signal } = turning;
    const address = new URL(location.href);
    for (const [name, value] of [["view", "page"], ["page", number], ["text", language]]) address.searchParams.set(name, value);
    address.hash = "";
    try {
      await new Promise((go) => setTimeout(go, 100)); // who runs through the findings stops at one of them
      const answer = await fetch(address, { signal, credentials: "same-origin", headers: { Accept: "text/html", "X-Fragment": "1" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-sheet]");
      if (!fresh || signal.aborted) return;
      holder().replaceWith(fresh);
      history.replaceState(null, "", address);
      const marks = marksOf(here);
      marks.forEach((each) => each.classList.add("here"));
      (marks[0] ?? fresh).scrollIntoView({ block: "center" });
    } catch { /* the next step may succeed */ }
  }
  const marksOf = (id) => [...document.querySelectorAll("[data-findings]")].filter((each) => each.dataset.findings.split(" ").includes(id));
  const current = () => cards().find((each) => each.dataset.finding === here);
  function step(by, wanted = () => true) {
    const all = cards();
    let at = all.indexOf(current());
    for (let n = 0; n < all.length; n += 1) {
      at = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
      if (wanted(all[at])) { choose(all[at]); all[at].focus({ preventScroll: true }); return; }
    }
  }
  const isOpen = (card) => !card.dataset.verdict;

  async function send(form, pressed) {
    const card = form.closest(".finding");
    const data = new FormData(form, pressed ?? undefined);
    const say = board.querySelector("[data-status]");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: data, credentials: "same-origin", headers: { Accept: "text/html", "X-Fragment": "1" },
      });
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      const problem = made.querySelector("[data-problem]");
      if (!answer.ok || problem) {
        say.textContent = problem ? problem.textContent.trim() : board.dataset.failed;
        say.className = "message problem";
        return;
      }
      const [fresh, ...others] = made.querySelectorAll(".finding");
      if (!fresh) { location.reload(); return; }
      card.replaceWith(fresh);
      others.forEach((other) => document.getElementById(other.id)?.replaceWith(other));
      [fresh, ...others].forEach((each) => document.querySelectorAll("[data-findings]").forEach((mark) => {
        if (mark.dataset.findings === each.dataset.finding) mark.setAttribute("class", each.dataset.tone);
      }));
      const progress = made.querySelector("[data-progress]");
      if (progress) board.querySelector("[data-progress]").replaceWith(progress);
      say.textContent = board.dataset.saved;
      say.className = "hidden-label";
      const all = cards();
      const after = all.slice(all.indexOf(fresh) + 1).find((each) => !others.length || isOpen(each));
      choose(fresh.dataset.verdict && after ? after : fresh);
      current().focus({ preventScroll: true });
    } catch {
      say.textContent = board.dataset.failed;
      say.className = "message problem";
    }
  }

  board.addEventListener("submit", (event) => {
    if (!event.target.matches(".finding form")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  board.addEventListener("click", (event) => {
    const card = event.target.closest(".finding");
    if (card && !event.target.closest("a, button, summary, input, textarea, select, label")) choose(card);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-findings]");
    const card = mark && document.getElementById(`f-${mark.dataset.findings.split(" ")[0]}`);
    if (card) { event.preventDefault(); choose(card, { text: false }); return; }
    const link = event.target.closest("[data-turn]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    turn(new URL(link.href).searchParams.get("page"), holder().dataset.language);
  });

  // The form for one's own words comes when it is asked for; without scripts its link leads to it.
  async function edit(link) {
    const card = link.closest(".finding");
    try {
      const answer = await fetch(link.href, { credentials: "same-origin", headers: { Accept: "text/html", "X-Fragment": "1" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".finding");
      if (!fresh) { location.assign(link.href); return; }
      card.replaceWith(fresh);
      choose(fresh, { text: false });
      unfold("details[data-do=edit]");
    } catch { location.assign(link.href); }
  }
  board.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-do=edit]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    edit(link);
  });
  const press = (selector) => { const found = current()?.querySelector(selector); if (found) found.click(); };
  const unfold = (selector) => {
    const found = current()?.querySelector(selector);
    if (found) { found.open = true; found.querySelector("textarea, input:not([type=hidden])")?.focus(); }
  };
  const KEYS = {
    KeyJ: () => step(1), KeyK: () => step(-1), KeyN: () => step(1, isOpen), KeyC: () => press("[data-do=confirm]"),
    KeyU: () => press("[data-do=undo]"), KeyD: () => unfold("[data-do=dismiss]"), KeyE: () => { if (current()?.querySelector("a[data-do=edit]")) press("a[data-do=edit]"); else unfold("details[data-do=edit]"); },
    KeyA: () => { const add = board.querySelector("[data-add]"); if (add) { add.open = true; add.scrollIntoView({ block: "nearest" }); add.querySelector("textarea").focus(); } },
    KeyT: () => choose(current()),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest(".finding")) {
      const card = event.target.closest(".finding");
      card.querySelectorAll("details[open]").forEach((each) => { each.open = false; });
      card.focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const act = KEYS[event.code];
    if (act) { event.preventDefault(); act(); }
  });

  const quote = document.querySelector("[data-quote]");
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const act = chosen && chosen.anchorNode && chosen.anchorNode.parentElement && chosen.anchorNode.parentElement.closest(".act");
    if (!quote || !act || chosen.isCollapsed) return;
    quote.value = chosen.toString().trim();
    const language = document.querySelector("[data-quote-language]");
    if (language) language.value = act.lang;
  });
  const target = location.hash.startsWith("#f-") ? document.getElementById(location.hash.slice(1)) : null;
  choose(target ?? cards().find(isOpen) ?? cards()[0], { text: Boolean(target), scroll: getComputedStyle(board).overflowY === "auto" });
})();
