/* Small comforts; every page works without them. With htmx (listings): a facet applies at once, opened branches stay
   open, the focus stays on the control that was used. Everywhere: the map's reading, Escape closes a <details>. */
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const wide = matchMedia("(min-width: 60rem)");

  document.addEventListener("keydown", (event) => {
    const details = event.key === "Escape" && event.target.closest?.("details[open]");
    const summary = details && details.querySelector("summary");
    if (!summary || !summary.checkVisibility?.()) return;
    details.open = false;
    summary.focus();
  });

  for (const map of document.querySelectorAll(".map")) {
    const reading = map.querySelector(".map-reading");
    const read = (event) => {
      const link = event.target.closest?.("svg a");
      reading.textContent = link ? link.getAttribute("aria-label") : reading.dataset.hint;
    };
    read({ target: map });
    for (const name of ["pointerover", "focusin"]) map.addEventListener(name, read);
    map.addEventListener("pointerleave", () => read({ target: map }));
  }

  // Browsers that cannot show a closed <details>' content by CSS get it open on wide screens.
  const openPanel = () => {
    const panel = $("filter-panel");
    if (panel && wide.matches && !CSS.supports("selector(::details-content)")) panel.open = true;
  };
  openPanel();
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.htmx || !$("results")) return;
    document.documentElement.classList.add("live");

    document.addEventListener("change", (event) => {
      const control = event.target;
      if (control.form?.id === "filters" && control.type !== "search") control.form.requestSubmit();
    });
    document.addEventListener("htmx:configRequest", ({ detail }) => {
      // Empty fields have no place in an address.
      for (const [name, value] of [...detail.formData]) if (value === "") detail.formData.delete(name);
    });

    let open = [];
    let used = null;
    document.addEventListener("htmx:beforeSwap", ({ detail }) => {
      if (detail.target.id !== "results") return;
      open = [...document.querySelectorAll("#results details[open]")].map((details) => details.id);
      const { id, name, value } = document.activeElement;
      used = id ? `#${CSS.escape(id)}` : name ? `[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]` : null;
      if (name === undefined || document.activeElement.tagName === "A") used = null;
    });
    document.addEventListener("htmx:afterSwap", ({ detail }) => {
      if (detail.target.id !== "results") return;
      for (const id of open) if ($(id)) $(id).open = true;
      openPanel();
      const control = used && document.querySelector(used);
      if (control) control.focus({ preventScroll: true });
      else $("results-title").focus();
    });
    for (const name of ["htmx:responseError", "htmx:sendError"]) {
      document.addEventListener(name, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
    }
  });
})();
