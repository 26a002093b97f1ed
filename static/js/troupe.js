/* The one script of our own. Every page works without it; this adds dialogs, toasts, bulk selection, copying and keys.
   Written so that htmx 2 and 4 both run it: nothing here depends on when htmx fires what. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- CSRF ---------------------------------------------------------------------------------------------------
  const token = () => document.documentElement.dataset.csrf || $("[name=csrfmiddlewaretoken]")?.value || "";
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = token(); });
  document.addEventListener("htmx:config:request", (event) => { event.detail.ctx.request.headers["X-CSRFToken"] = token(); });

  // --- Toasts -------------------------------------------------------------------------------------------------
  const TOAST_TIME = 6000;
  const fade = (toast) => {
    if (!toast.classList.contains("error")) setTimeout(() => toast.remove(), TOAST_TIME);
    toast.addEventListener("click", () => toast.remove());
  };
  const toast = (text, level = "info") => {
    const line = document.createElement("p");
    line.className = `toast ${level}`;
    line.textContent = text;
    $("#toasts").append(line);
    fade(line);
  };
  document.addEventListener("toasts", (event) => {
    const list = Array.isArray(event.detail) ? event.detail : event.detail.value || [];
    list.forEach((item) => toast(item.text, item.level));
  });
  ["htmx:sendError", "htmx:responseError"].forEach((name) => document.addEventListener(name, (event) => {
    const status = event.detail.xhr?.status;
    toast(status ? `The server answered ${status}. Nothing was changed; try again.` : "No connection to Troupe. Try again.", "error");
  }));

  // --- Dialogs ------------------------------------------------------------------------------------------------
  const openers = new WeakMap();
  const followed = new WeakSet(); // rows' links that take the focus though the browser gave it to another row
  const open = (dialog) => {
    if (dialog.open) return;
    openers.set(dialog, document.activeElement);
    dialog.showModal();
  };
  const refocus = (dialog) => {
    const opener = openers.get(dialog);
    const again = opener?.isConnected ? opener : opener?.id && document.getElementById(opener.id);
    const lost = document.activeElement === document.body || !document.activeElement;
    if (again && (lost || followed.has(again))) again.focus();
  };
  // The list keeps up with whom the drawer shows, so that closing it goes back to their row.
  const follow = (dialog) => {
    const pk = $("[data-peeked]", dialog)?.dataset.peeked;
    const line = pk && $(`.roster input[name=ids][value="${pk}"]`)?.closest("tr");
    if (!line) return;
    $$(".roster tr.at").forEach((other) => other.classList.remove("at"));
    line.classList.add("at");
    openers.set(dialog, $("a", line));
    followed.add($("a", line));
  };
  const watchRemote = (dialog) => {
    new MutationObserver(() => {
      if (dialog.childElementCount) { open(dialog); follow(dialog); }
      else if (dialog.open) dialog.close();
    }).observe(dialog, { childList: true });
    dialog.addEventListener("close", () => dialog.replaceChildren());
  };
  $$("dialog").forEach((dialog) => {
    if ("remote" in dialog.dataset) watchRemote(dialog);
    dialog.addEventListener("close", () => setTimeout(() => refocus(dialog), 50));
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  });
  document.addEventListener("closeDialog", () => $$("dialog[open]").forEach((dialog) => dialog.close()));
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-open]");
    if (opener) { openDialog(opener.dataset.open); return; }
    const closer = event.target.closest?.("[data-close]");
    if (closer?.closest("dialog")) { event.preventDefault(); closer.closest("dialog").close(); }
  });
  const openDialog = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog) return;
    open(dialog);
    if (id === "palette") { const input = $("input", dialog); input.select(); input.dispatchEvent(new Event("palette")); }
  };
  // Menus made of <details> close on Escape and on a click elsewhere.
  const MENUS = "details:is(.brands, .topbar-menu, .menu, .more-filters)[open]";
  const closeMenus = (except) => $$(MENUS).forEach((menu) => { if (!menu.contains(except)) menu.open = false; });
  document.addEventListener("click", (event) => closeMenus(event.target));

  // --- Forms that came back with errors -------------------------------------------------------------------------
  const focusFirstBad = (root) => {
    const bad = $("[aria-invalid=true]", root) || $("[data-error-summary]", root);
    if (bad) bad.focus();
  };
  focusFirstBad(document);
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.nodeType === 1);
    const bad = added.find((node) => node.matches("[data-error-summary]") || $("[data-error-summary]", node));
    if (bad) focusFirstBad(bad.closest("form") || bad.parentElement || bad);
    added.forEach((node) => reachTables(node));
    if (added.some((node) => node.matches("[data-bulk], [data-bulk] *") || $("[data-bulk]", node))) $$("[data-bulk]").forEach(countBulk);
  }).observe($("#main") || document.body, { childList: true, subtree: true });

  // --- Wide tables ----------------------------------------------------------------------------------------------
  // A table that may scroll sideways and holds nothing to focus is reachable by keyboard itself, by its caption's name.
  const reachTables = (root) => $$(".table-wrap:not([tabindex])", root).forEach((wrap) => {
    if ($("a, button, input, select", wrap)) return;
    wrap.tabIndex = 0;
    wrap.setAttribute("role", "region");
    wrap.setAttribute("aria-label", $("caption", wrap)?.textContent || "Table");
  });
  reachTables(document);

  // --- Tabs ---------------------------------------------------------------------------------------------------
  // On a phone the tabs scroll sideways: the one that is open is in sight.
  $$(".tabs [aria-current]").forEach((tab) => {
    const bar = tab.closest(".tabs");
    bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  });

  // --- Bulk selection -----------------------------------------------------------------------------------------
  const boxes = (form) => $$("input[type=checkbox][name=ids]", form);
  const countBulk = (form) => {
    const all = boxes(form);
    const chosen = all.filter((box) => box.checked).length;
    const bar = $("[data-bulk-bar]", form);
    const head = $("[data-all]", form);
    const matching = $("input[type=checkbox][name=all]", form);
    if (!chosen && matching) matching.checked = false;
    if (bar) bar.hidden = !chosen;
    $$("[data-bulk-count]", form).forEach((place) => { place.textContent = matching?.checked ? "All selected" : `${chosen} selected`; });
    if (head) { head.checked = chosen > 0 && chosen === all.length; head.indeterminate = chosen > 0 && chosen < all.length; }
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("[data-bulk]");
    if (!form || event.target.type !== "checkbox") return;
    if ("all" in event.target.dataset) boxes(form).forEach((box) => { box.checked = event.target.checked; });
    countBulk(form);
  });
  $$("[data-bulk]").forEach(countBulk);
  window.addEventListener("pageshow", () => $$("[data-bulk]").forEach(countBulk)); // the browser restores boxes

  // --- Lists --------------------------------------------------------------------------------------------------
  // An address holds only the filters that say something.
  document.addEventListener("formdata", (event) => {
    if (!("lean" in event.target.dataset)) return;
    [...event.formData.entries()].filter(([, value]) => value === "").forEach(([name]) => event.formData.delete(name));
  });
  // A cell that turns into a form gets the focus, and hands it back to its pencil.
  new MutationObserver((changes) => changes.forEach((change) => {
    const added = [...change.addedNodes].filter((node) => node.nodeType === 1);
    const form = added.find((node) => node.matches(".cell-form"));
    const field = form && ($("[aria-invalid=true]", form) || $("input:not([type=hidden]), select, textarea", form));
    if (field) field.focus();
    if (field?.matches("input[type=text], textarea")) field.setSelectionRange(field.value.length, field.value.length);
    const cell = added.find((node) => node.matches("td > .cell"));
    if (cell && (document.activeElement === document.body || !document.activeElement)) $("[data-edit]", cell)?.focus();
  })).observe($("#main") || document.body, { childList: true, subtree: true });

  // --- Copying ------------------------------------------------------------------------------------------------
  const textOf = (element) => ("value" in element ? element.value : element.innerText).trim();
  const copyOldWay = (text) => { // navigator.clipboard does not exist on plain http
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "sr-only";
    (document.activeElement?.closest("dialog") || document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copy = async (text) => {
    try {
      if (navigator.clipboard) { await navigator.clipboard.writeText(text); return true; }
    } catch { /* refused: try the other way */ }
    return copyOldWay(text);
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const source = $(button.dataset.copy);
    if (!source) return;
    const done = await copy(textOf(source));
    button.focus();
    toast(done ? "Copied." : "Copying is not allowed here: select the text and press Ctrl C.", done ? "success" : "error");
  });

  // --- Palette ------------------------------------------------------------------------------------------------
  const paletteInput = $("#palette-input");
  const options = () => $$("#palette-hits [role=option]");
  const choose = (index) => {
    const all = options();
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (all[index]) { paletteInput.setAttribute("aria-activedescendant", all[index].id); all[index].scrollIntoView({ block: "nearest" }); }
    else paletteInput.removeAttribute("aria-activedescendant");
  };
  const chosen = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (paletteInput) {
    new MutationObserver(() => choose(0)).observe($("#palette-hits"), { childList: true });
    paletteInput.addEventListener("keydown", (event) => {
      const all = options();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (all.length) choose((chosen() + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length);
      } else if (event.key === "Enter") {
        event.preventDefault();
        const link = all[Math.max(chosen(), 0)]?.querySelector("a");
        if (link) location.assign(link.href);
      }
    });
  }

  // --- Keys ---------------------------------------------------------------------------------------------------
  const keysOn = () => localStorage.getItem("keys") !== "off"; // WCAG 2.1.4: single keys can be switched off
  $$("[data-keys-switch]").forEach((box) => {
    box.checked = keysOn();
    box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
  });
  const typing = (element) => element.closest?.("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");
  const rows = () => $$(".page .table tbody tr");
  const row = () => $(".page .table tbody tr.at");
  const goRow = (step) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(row());
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    row()?.classList.remove("at");
    next.classList.add("at");
    next.scrollIntoView({ block: "nearest" });
    $("a", next)?.focus({ preventScroll: true });
  };
  const single = {
    "/": () => $(".page input[type=search], .filters input[name=q]")?.focus(),
    "?": () => openDialog("keys"),
    j: () => goRow(1),
    k: () => goRow(-1),
    x: () => { const box = row() && $("input[type=checkbox]", row()); if (box) box.click(); },
    o: () => row() && $("[data-peek]", row())?.click(),
    e: () => row() && $("[data-edit]", row())?.click(),
    Enter: () => row() && $("a", row())?.click(),
  };
  let afterG = -Infinity;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); openDialog("palette"); return; }
    const beside = { j: "next", ArrowRight: "next", k: "previous", ArrowLeft: "previous" }[event.key];
    if (beside && $("#drawer[open]") && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey && (keysOn() || event.key.startsWith("Arrow"))) {
      const link = $(`#drawer [data-${beside}]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "Escape") {
      const cancel = event.target.closest?.(".cell-form") && $("[data-cancel]", event.target.closest(".cell-form"));
      if (cancel) { event.preventDefault(); cancel.click(); return; }
      const menu = event.target.closest?.(MENUS);
      if (menu) $("summary", menu).focus();
      closeMenus(null);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !keysOn() || typing(event.target) || $("dialog[open]")) return;
    if (event.key === "g") { afterG = event.timeStamp; return; }
    if (event.timeStamp - afterG < 1500) {
      afterG = -Infinity;
      const link = $(`.nav a[data-key="${CSS.escape(event.key)}"]`);
      if (link) { location.assign(link.href); return; }
    }
    // Enter belongs to whatever has the focus, unless that is nothing, or a box, where it would send the form.
    if (event.key === "Enter" && event.target !== document.body && !event.target.matches("[data-bulk] input[type=checkbox]")) return;
    if (single[event.key]) { event.preventDefault(); single[event.key](); return; }
    const shortcut = event.key.length === 1 && $(`.page [data-shortcut="${CSS.escape(event.key)}"]`);
    if (shortcut) { event.preventDefault(); shortcut.click(); }
  });

  $$(".toast").forEach(fade);
})();
