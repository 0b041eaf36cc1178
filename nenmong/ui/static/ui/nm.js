/* Says in words whether what is typed is kept. In [data-autosave] each [hx-post] is a piece that htmx
   sends; .nm-save has the words. */
(() => {
  const doc = document, pieces = new Map();
  let onward; // where the reader wants to go

  const on = (names, act, early) => names.split(" ").map((n) => doc.addEventListener(n, act, early));
  const pieceOf = (node) => node.closest("[data-autosave]") && node.closest("[hx-post]");
  const at = (piece) => pieces.get(piece) ?? pieces.set(piece, { typed: 0, sent: 0, pause: 10 }).get(piece);
  const unsent = () => [...pieces.keys()].filter((p) => p.isConnected && at(p).typed > at(p).sent);
  const line = (piece) => [piece, piece.closest("[data-autosave]"), doc].map((x) => x?.querySelector(".nm-save")).find(Boolean);

  const say = (piece, kind) => {
    const place = line(piece), text = place?.dataset[kind], words = doc.createElement("span");
    if (!text) return;
    const [h, m] = new Date().toTimeString().split(":");
    words.className = "nm-state nm-" + kind;
    words.textContent = text.replace("{h}", h).replace("{m}", m);
    place.querySelector(".nm-state")?.remove();
    place.prepend(words);
  };
  const send = (piece) => {
    const { timer, typed, flying, busy } = at(piece);
    clearTimeout(timer);
    if (!busy && typed !== flying) htmx.ajax("post", piece.getAttribute("hx-post"), { source: piece }).catch(() => {});
  };

  doc.querySelectorAll("[data-nm-print]").forEach((button) => {
    button.hidden = false;
    button.onclick = () => print();
  });

  // Older browsers do not open the folded part an #id lies in.
  (window.onhashchange = () => {
    const fold = doc.getElementById(location.hash.slice(1))?.closest("details");
    if (fold) fold.open = true;
  })();

  on("input change", ({ target }) => {
    const piece = target.name && pieceOf(target);
    if (piece) at(piece).typed++;
  }, true);
  // A step elsewhere waits until all is sent.
  on("click submit", (e) => {
    const { target, submitter } = e, open = unsent().filter((p) => !at(p).stuck);
    const form = e.type === "submit", to = form ? target : target.closest("a[href]");
    if (!to || !open[0] || e.ctrlKey || (form ? pieces.has(to) : to.target || to.hash)) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    onward = () => (form ? to.requestSubmit(submitter) : to.click());
    open.map(send);
  }, true);
  on("submit", (e) => e.defaultPrevented || pieces.delete(e.target)); // goes as a page

  on("htmx:configRequest", ({ detail }) => {
    // Signing in again elsewhere changes the token; the cookie has the present one.
    const token = doc.cookie.match(/\bcsrftoken=(\w+)/)?.[1];
    if (token) detail.headers["X-CSRFToken"] = token;
  });
  on("htmx:beforeRequest", ({ detail: { elt } }) => {
    const above = elt.previousElementSibling, piece = pieceOf(elt);
    if (above?.matches("[data-nm-error]")) above.remove();
    if (!piece) return;
    Object.assign(at(piece), { flying: at(piece).typed, stuck: 0, busy: 1 });
    say(piece, "doing");
  });
  on("htmx:beforeSwap", ({ detail }) => {
    // Typed on since: the answer is older.
    const old = (p) => at(p).typed > at(p).flying && detail.target.contains(p);
    if (unsent().some(old)) detail.shouldSwap = false;
  });
  on("htmx:afterSwap", ({ detail: { xhr, requestConfig } }) => {
    const note = requestConfig?.elt?.previousElementSibling; // the button is far below
    if (!note?.matches("[data-nm-error]") || xhr.status < 400 || pieceOf(requestConfig.elt)) return;
    note.scrollIntoView({ block: "center" });
  });
  on("htmx:afterRequest", ({ detail: { successful, requestConfig } }) => {
    const piece = requestConfig.elt, s = pieces.get(piece), go = onward; // may be gone
    if (!s) return;
    s.busy = 0;
    if (!successful) return;
    Object.assign(s, { sent: s.flying, pause: 10 });
    say(piece, "done");
    if (unsent()[0]) return go && setTimeout(() => unsent().map(send));
    onward = null;
    go?.();
  });
  on("htmx:sendError htmx:timeout htmx:responseError", ({ detail: { elt, xhr, requestConfig } }) => {
    if (requestConfig?.verb === "get" && elt.matches("[hx-trigger^=every]")) return; // asks again by itself
    const refused = xhr.status >= 400 && xhr.status < 500, piece = pieceOf(elt), s = piece && at(piece);
    onward = null;
    if (piece) {
      Object.assign(s, { flying: -1, stuck: refused, typed: Math.max(s.typed, s.sent + 1) });
      say(piece, refused ? "no" : "late");
      if (!refused) s.timer = setTimeout(send, s.pause * 1000, piece);
      s.pause = Math.min(s.pause * 2, 120);
    }
    const waits = elt.matches("[data-kept]") && xhr.status !== 500; // in waits.js
    if (!refused && !waits && !(piece && line(piece))) elt.before(doc.getElementById("nm-unsent").content.cloneNode(true));
  });
  addEventListener("online", () => unsent().map(send));
  addEventListener("beforeunload", (e) => unsent()[0] && e.preventDefault());
})();
