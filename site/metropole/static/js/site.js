/* Small comforts; every page works without them. In listings, with htmx: a facet applies at once, opened branches stay
   open, the focus stays on the control that was used. Everywhere: the map's reading, Escape closes a <details>. */
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const on = (name, listener) => document.addEventListener(name, listener);
  const wide = matchMedia("(min-width: 60rem)");

  on("keydown", ({ key, target }) => {
    const details = key === "Escape" && target.closest?.("details[open]");
    const summary = details && details.querySelector("summary");
    if (!summary?.checkVisibility?.()) return;
    details.open = false;
    summary.focus();
  });

  for (const map of document.querySelectorAll(".map")) {
    const reading = map.querySelector(".map-reading");
    const read = ({ target }) => {
      reading.textContent = target.closest("svg a")?.getAttribute("aria-label") ?? reading.dataset.hint;
    };
    read({ target: map });
    for (const name of ["pointerover", "focusin"]) map.addEventListener(name, read);
    map.addEventListener("pointerleave", () => read({ target: map }));
  }

  // Browsers that cannot show a closed <details>' content by CSS get it open on wide screens.
  const openPanel = () => {
    if (!wide.matches || CSS.supports("selector(::details-content)")) return;
    for (const panel of [$("filter-panel"), $("workspace-menu")]) if (panel) panel.open = true;
  };
  openPanel();

  on("DOMContentLoaded", () => {
    if (!window.htmx || !$("results")) return;
    document.documentElement.classList.add("live");
    let open = [];
    let used = null;
    let done = false;

    on("change", ({ target }) => {
      if (target.form?.id === "filters" && target.type !== "search") target.form.requestSubmit();
    });
    on("submit", ({ submitter }) => {
      // On a phone, "apply" leaves the panel for the results.
      done = !wide.matches && Boolean(submitter?.closest(".filters-apply"));
    });
    on("htmx:configRequest", ({ detail: { formData } }) => {
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    });
    on("htmx:beforeSwap", ({ detail }) => {
      if (detail.target.id !== "results") return;
      const { id, name, value } = document.activeElement;
      open = done ? [] : [...document.querySelectorAll("#results details[open]")].map((details) => details.id);
      used = !done && (id ? `#${CSS.escape(id)}` : name && `[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    });
    on("htmx:afterSwap", ({ detail }) => {
      if (detail.target.id !== "results") return;
      for (const id of open) if ($(id)) $(id).open = true;
      openPanel();
      const control = used && document.querySelector(used);
      if (control) control.focus({ preventScroll: true });
      else $("results-title").focus();
      done = false;
    });
    for (const name of ["htmx:responseError", "htmx:sendError"]) {
      on(name, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
    }
  });
})();
