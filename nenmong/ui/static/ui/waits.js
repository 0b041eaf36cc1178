/* What could not be sent waits here. One-line forms ([data-kept]) and forms that lead to a page, where the page says
   [data-waits], go into a queue, in order, each once by the key of its form; pieces that save themselves (nm.js sends
   them) survive a reload. Kept in this tab only (sessionStorage), for who is signed in, until it is sent or they
   sign out. */
(() => {
  const doc = document, box = doc.getElementById("nm-waits"), STORE = "nm-waits", here = location.pathname;
  if (!box) return;
  const me = box.dataset.user, probe = doc.currentScript.src, sent = new Map(), gone = new Map(), passed = new WeakSet(), asking = new WeakSet();
  const BORN = performance.timeOrigin, TYPED = "textarea, select, input:not([type=hidden])";
  let lost = !navigator.onLine, flying, timer, pause = 10, warned, old, last = 0;

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
    .filter((f) => f.name && f.type !== "file" && f.name !== "csrfmiddlewaretoken" && (!/radio|checkbox/.test(f.type) || f.checked))
    .map((f) => [f.name, f.value]);
  const tick = () => (last = Math.max(Date.now(), last + 1));
  const forget = (el) => edit((s) => delete s.drafts[nameOf(el)]);
  const keep = (el) => edit((s) => {
    const name = nameOf(el);
    delete s.drafts[name]; // the latest stands last
    s.drafts[name] = { n: tick(), values: fields(el) };
  });
  // Only what was sent is confirmed, not what was chosen since. A piece's words stay until a page is opened that the
  // server made later: the one on its way may be older than the answer.
  const confirm = (el) => edit((s) => {
    const name = nameOf(el), draft = s.drafts[name];
    if (draft?.n !== sent.get(name)) return;
    if (el.matches("[data-kept]")) delete s.drafts[name];
    else if (draft) draft.done = Date.now();
  });

  const fieldsOf = (el, name) => el.querySelectorAll(`[name="${CSS.escape(name)}"]:not(button)`);
  const fill = (el, values) => {
    let changed;
    for (const [name, value] of values) {
      for (const field of fieldsOf(el, name)) {
        if (/radio|checkbox/.test(field.type)) {
          if (field.value !== value) continue;
          field.checked = true;
        } else field.value = value;
        if (differs(field, value)) changed = field;
      }
    }
    return changed;
  };
  // Against what the server sent: the browser itself may have put a choice back already.
  const differs = (field, value) => {
    const { type, options } = field;
    if (type === "hidden") return false;
    if (/radio|checkbox/.test(type)) return field.value === value && !field.defaultChecked;
    return value !== (options ? ([...options].find((o) => o.defaultSelected) ?? options[0])?.value : field.defaultValue);
  };
  const restore = () => {
    for (const [name, { values = [], done }] of Object.entries(all().drafts)) {
      const [at, id] = name.split(" "), el = at === here && find(id);
      if (!el || done) continue;
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
      for (const [name, { done }] of Object.entries(drafts)) {
        const [at, id] = name.split(" "), el = at === here && !done && find(id);
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

  // A page that what was sent has changed is opened anew, with what stands half typed in its forms.
  const refresh = () => {
    if (!old || Object.values(all().drafts).some((d) => !d.done)) return;
    const half = [...doc.forms].filter((f) => waits(f) && gone.get(formOf(f)) !== typedIn(f).join("\n"))
      .map((f) => [formOf(f), [...f.querySelectorAll(TYPED)].filter((x) => x.name && (!/radio|checkbox/.test(x.type) || x.checked) && differs(x, x.value)).map((x) => [x.name, x.value])])
      .filter(([, values]) => values[0]);
    edit((s) => (s.half = { at: here, forms: half, focus: doc.activeElement.id }));
    location.reload();
  };
  const again = () => {
    const { half } = all();
    edit((s) => delete s.half);
    if (half?.at !== here) return;
    for (const [name, values] of half.forms) {
      const el = [...doc.forms].find((f) => formOf(f) === name);
      if (el && fill(el, values)) for (let up = el.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
    }
    if (half.focus) doc.getElementById(half.focus)?.focus();
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
        const page = new DOMParser().parseFromString(html, "text/html");
        const no = answer.ok ? "" : (page.querySelector("main .nm-notice.late:not(.nm-waits) p, main .invalid-feedback") ?? page.querySelector("p"))?.textContent || answer.status;
        edit((s) => {
          if (no) s.queue.filter((q) => q.n === e.n).map((q) => (q.no = no));
          else s.queue = s.queue.filter((q) => q.n !== e.n);
        });
        if (!no && e.target) show(e, html);
        if (!no && !e.target && e.at === here) old = gone.set(e.form, e.typed);
      }
      if (lost && !(await there())) throw new Error();
      lost = false;
      pause = 10;
      if (all().queue.some((q) => !q.no)) timer = setTimeout(flush); // pressed meanwhile
    } catch (fault) {
      lost = !(fault instanceof Response);
      timer = setTimeout(flush, pause * 1000);
      pause = Math.min(pause * 2, 120);
    }
    flying = false;
    say();
    refresh();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(flush, pause * 1000);
    say();
  };

  // Forms that lead to a page: asked first whether the server can be reached, or the browser's own page of a lost
  // connection would take their place. A mere press is not kept: what it leads to is only there with the connection.
  const waits = (form) => form.closest("[data-waits]") && form.getAttribute("method") === "post" && !form.matches("[hx-post], [data-autosave]");
  const keeps = (form) => !form.matches("[data-press-again]") && !form.querySelector("[type=file], [type=password]") && [...form.elements].some((f) => f.name && f.matches(TYPED));
  const formOf = (form) => JSON.stringify([form.getAttribute("action"), ...[...form.querySelectorAll("[type=hidden]")].filter((f) => !/^(csrfmiddlewaretoken|key|seen)$/.test(f.name)).map((f) => f.value)]);
  const typedIn = (form, said) => [...form.elements].filter((f) => f.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])")).map((f) => (said ? said.get(f.name) : f.value)).filter(Boolean);
  const entryOf = (form, submitter, said) => {
    const body = [...(said ?? new FormData(form))].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string"), n = tick();
    if (submitter?.name) body.push([submitter.name, submitter.value]);
    const typed = typedIn(form, said), name = form.dataset.kept || (submitter ?? form.querySelector("button:not([hidden])"))?.textContent.trim();
    const words = [name, typed.join(", ").slice(0, 80)].filter(Boolean).join(": ");
    const url = submitter?.getAttribute("formaction") ?? form.getAttribute("hx-post") ?? form.getAttribute("action") ?? location.href;
    return { n, at: here, url, form: formOf(form), typed: typed.join("\n"), target: form.getAttribute("hx-target") ?? undefined, words, body };
  };
  // `said`: what was pressed, where more may have been typed since.
  const queue = (form, submitter, said) => {
    const entry = entryOf(form, submitter, said), key = form.querySelector("[name=key]"), another = key || form.dataset.kept;
    edit((s) => {
      // Pressed again with other words: these are meant. Where each makes another one, the next can be written.
      if (!another) s.queue = s.queue.filter((q) => q.no || q.form !== entry.form);
      s.queue.push(entry);
    });
    const same = typedIn(form).join("\n") === entry.typed;
    if (another && same) form.reset();
    if (key) key.value = key.value.slice(0, 24) + String(entry.n).slice(-16);
    return same;
  };
  const there = () => fetch(probe, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(8000) }).then(() => true, () => false);
  addEventListener("submit", async (e) => {
    const { target: form, submitter } = e;
    if (!waits(form) || passed.has(form)) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    if (asking.has(form)) return;
    asking.add(form);
    if (form.previousElementSibling?.matches("[data-nm-error]")) form.previousElementSibling.remove();
    let can = navigator.onLine && (await there());
    if (can && all().queue.some((q) => !q.no)) await flush(); // in order
    can &&= !all().queue.some((q) => !q.no);
    asking.delete(form);
    if (can) {
      passed.add(form);
      form.requestSubmit(submitter);
      setTimeout(() => passed.delete(form), 5000);
      return;
    }
    lost = true;
    if (keeps(form)) queue(form, submitter);
    else form.before(doc.getElementById("nm-unsent").content.cloneNode(true));
    later();
  }, true);
  on("submit", ({ target: form, submitter, defaultPrevented }) => {
    if (defaultPrevented || !waits(form) || !keeps(form)) return;
    // It goes as a page. The answer takes the cookie away; where it is still there, nothing was answered.
    const going = entryOf(form, submitter);
    edit((s) => (s.going = going));
    doc.cookie = `nm-going=${going.n}:${new URL(going.url, location).pathname}; path=/; samesite=lax; max-age=86400`;
  });
  const unanswered = () => {
    const { going } = all(), left = going && doc.cookie.includes(`nm-going=${going.n}:`);
    if (!going) return;
    doc.cookie = "nm-going=; path=/; max-age=0";
    edit((s) => {
      delete s.going;
      if (left) s.queue.push(going);
    });
  };

  on("input change", ({ target }) => {
    const el = target.name && pieceOf(target);
    if (el) keep(el);
  });
  on("htmx:afterRequest", ({ detail: { successful, requestConfig } }) => {
    if (!successful) return;
    lost = false;
    if (requestConfig.verb === "post" && pieceOf(requestConfig.elt)) confirm(requestConfig.elt);
    say();
    refresh();
  });
  on("htmx:configRequest", ({ detail: { elt, verb } }) => {
    if (verb === "post" && pieceOf(elt)) sent.set(nameOf(elt), all().drafts[nameOf(elt)]?.n);
  });
  on("htmx:sendError htmx:timeout htmx:responseError", ({ detail: { elt, xhr, requestConfig } }) => {
    if (xhr.status && xhr.status <= 500) return; // an answer, and said where it was asked
    lost = true;
    if (elt.matches("[data-kept]")) {
      // A file cannot be kept: the words stay in the form, to be sent again with it.
      if (elt.querySelector("[type=file]")?.value) elt.before(doc.getElementById("nm-unsent").content.cloneNode(true));
      else if (queue(elt, undefined, requestConfig.formData)) return forget(elt), later();
      keep(elt);
      later();
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
    edit((s) => { // what another left in this tab is gone from here on
      for (const [name, { done }] of Object.entries(s.drafts)) if (done < BORN) delete s.drafts[name];
    });
    const older = Object.entries(all().drafts).some(([name, { values = [], done }]) => {
      const [at, id] = name.split(" "), el = done && at === here && find(id);
      return el && values.some(([field, value]) => [...fieldsOf(el, field)].some((f) => differs(f, value)));
    });
    if (older) return location.reload();
    unanswered();
    again();
    restore();
    say();
    if (all().queue[0]) flush();
  });
})();
