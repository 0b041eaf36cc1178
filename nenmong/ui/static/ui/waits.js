/* What could not be sent waits here: one-line forms ([data-kept]) go into a queue, each once by the key of
   its form; pieces that save themselves (nm.js sends them) survive a reload. Kept in this tab only
   (sessionStorage), for who is signed in, until it is sent or they sign out. */
(() => {
  const doc = document, box = doc.getElementById("nm-waits"), STORE = "nm-waits", here = location.pathname;
  if (!box) return;
  const me = box.dataset.user;
  let lost = !navigator.onLine, flying, timer, pause = 10, warned;

  const all = () => {
    try {
      const found = JSON.parse(sessionStorage.getItem(STORE));
      if (found?.user === me) return found;
    } catch {} // another's, or not ours
    return { user: me, queue: [], drafts: {} };
  };
  const edit = (change) => {
    const state = all();
    change(state);
    try {
      sessionStorage.setItem(STORE, JSON.stringify(state));
    } catch {} // a phone that keeps nothing still has the page
  };
  const on = (names, act, early) => names.split(" ").map((n) => doc.addEventListener(n, act, early));
  const pieceOf = (node) => node.closest("[data-kept]") ?? (node.closest("[data-autosave]") && node.closest("[hx-post]"));
  const nameOf = (el) => `${here} ${el.id || el.getAttribute("hx-post")}`;
  const find = (name) => doc.getElementById(name) ?? doc.querySelector(`[data-kept][hx-post="${name}"]`);
  const fields = (el) => [...el.querySelectorAll("input, select, textarea")]
    .filter((f) => f.name && f.name !== "csrfmiddlewaretoken" && (!/radio|checkbox/.test(f.type) || f.checked))
    .map((f) => [f.name, f.value]);
  const forget = (el) => edit((s) => delete s.drafts[nameOf(el)]);
  const keep = (el) => edit((s) => (s.drafts[nameOf(el)] = fields(el)));

  const fill = (el, values) => {
    let changed;
    for (const [name, value] of values) {
      for (const field of el.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (/radio|checkbox/.test(field.type)) {
          if (field.value !== value) continue;
          field.checked = true;
        } else if (field.tagName !== "BUTTON") field.value = value;
        // Against what the server sent: the browser itself may have put a choice back already.
        const sent = field.options ? [...field.options].find((o) => o.defaultSelected)?.value ?? field.options[0]?.value : field.defaultValue;
        if (field.type !== "hidden" && field.tagName !== "BUTTON" && !(/radio|checkbox/.test(field.type) ? field.defaultChecked : sent === value)) changed = field;
      }
    }
    return changed;
  };
  const restore = () => {
    for (const [name, values] of Object.entries(all().drafts)) {
      const [at, id] = name.split(" "), el = at === here && find(id);
      if (!el) continue;
      const field = fill(el, values);
      if (!field) edit((s) => delete s.drafts[name]);
      else {
        for (let up = el.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
        field.dispatchEvent(new Event(field.type === "radio" ? "change" : "input", { bubbles: true }));
      }
    }
  };

  const row = (words, no, drop) => {
    const line = doc.createElement("li");
    line.textContent = no ? `${words} – ${no} ` : words;
    if (no) {
      const button = doc.createElement("button");
      Object.assign(button, { type: "button", className: "btn btn-link", textContent: box.dataset.drop, onclick: drop });
      line.append(button);
    }
    return line;
  };
  const labelOf = (el) => (el.querySelector("legend, label")?.textContent ?? "").trim();
  const say = () => {
    const { queue, drafts } = all(), rows = [];
    for (const e of queue) rows.push(row(e.words, e.no, () => (edit((s) => (s.queue = s.queue.filter((q) => q.n !== e.n))), say())));
    if (lost) {
      for (const name of Object.keys(drafts)) {
        const [at, id] = name.split(" "), el = at === here && find(id);
        if (el && !el.matches("[data-kept]")) rows.push(row(labelOf(el)));
      }
    }
    box.hidden = !lost && !queue[0];
    const words = lost ? [box.dataset.lost, rows[0] && box.dataset.waiting].filter(Boolean).join(" ") : queue.some((e) => !e.no) ? box.dataset.wait : box.dataset.refused;
    if (box.firstElementChild.textContent !== words) box.firstElementChild.textContent = words;
    box.lastElementChild.replaceChildren(...rows);
  };

  const token = () => doc.cookie.match(/\bcsrftoken=(\w+)/)?.[1] ?? JSON.parse(doc.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"];
  const show = ({ at, target }, html) => {
    if (at !== here || !doc.querySelector(target)) return;
    const { id } = doc.activeElement;
    htmx.swap(target, html, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
    restore();
    if (id) doc.getElementById(id)?.focus();
  };
  const flush = async () => {
    clearTimeout(timer);
    if (flying) return;
    flying = true;
    try {
      for (const e of all().queue.filter((q) => !q.no)) {
        const answer = await fetch(e.url, {
          method: "POST", body: new URLSearchParams(e.body), signal: AbortSignal.timeout(20000),
          headers: { "HX-Request": "true", "X-CSRFToken": token() },
        });
        const html = await answer.text();
        lost = false;
        if (answer.status > 500 || [401, 403, 429].includes(answer.status)) throw answer; // later
        const no = answer.ok ? "" : new DOMParser().parseFromString(html, "text/html").querySelector("p")?.textContent || answer.status;
        edit((s) => {
          if (no) s.queue.filter((q) => q.n === e.n).map((q) => (q.no = no));
          else s.queue = s.queue.filter((q) => q.n !== e.n);
        });
        if (!no) show(e, html);
      }
      pause = 10;
    } catch (fault) {
      lost = !(fault instanceof Response);
      timer = setTimeout(flush, pause * 1000);
      pause = Math.min(pause * 2, 120);
    }
    flying = false;
    say();
  };

  on("input change", ({ target }) => {
    const el = target.name && pieceOf(target);
    if (el) keep(el);
  });
  on("htmx:afterRequest", ({ detail: { successful, requestConfig } }) => {
    if (!successful) return;
    lost = false;
    if (requestConfig.verb === "post") forget(requestConfig.elt);
    say();
  });
  on("htmx:sendError htmx:timeout htmx:responseError", ({ detail: { elt, xhr, requestConfig } }) => {
    if (xhr.status && xhr.status <= 500) return; // an answer, and said where it was asked
    lost = true;
    if (elt.matches("[data-kept]")) {
      const body = fields(elt), key = elt.querySelector("[name=key]"), n = Date.now() + Math.random();
      const typed = [...elt.querySelectorAll("textarea, input:not([type=hidden], [type=radio], [type=checkbox])")].map((f) => f.value).filter(Boolean);
      const words = `${elt.dataset.kept}: ${typed.join(", ").slice(0, 80)}`;
      edit((s) => s.queue.push({ n, at: here, url: elt.getAttribute("hx-post"), target: elt.getAttribute("hx-target"), words, body }));
      elt.reset();
      if (key) key.value = key.value.slice(0, 24) + String(n).replace(".", "").slice(-16);
      forget(elt);
      clearTimeout(timer);
      timer = setTimeout(flush, pause * 1000);
    } else if (requestConfig.verb === "post" && pieceOf(elt)) keep(elt);
    say();
  });
  on("submit", (e) => {
    if (e.target.getAttribute("action") !== box.dataset.out) return;
    if (all().queue[0] && !warned) {
      e.preventDefault();
      warned = true;
      box.firstElementChild.textContent = box.dataset.warn;
      box.scrollIntoView({ block: "center" });
    } else sessionStorage.removeItem(STORE);
  }, true);
  addEventListener("offline", () => { lost = true; say(); });
  addEventListener("online", () => { lost = false; say(); flush(); });
  addEventListener("load", () => {
    edit(() => {}); // what another left in this tab is gone from here on
    restore();
    say();
    if (all().queue[0]) flush();
  });
})();
