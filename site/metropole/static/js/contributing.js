/* While one writes a contribution: saves it every few seconds, and shows what is already on the site close to its title.
   Without it, each step is saved by its buttons. */
(() => {
  "use strict";
  const SAVE_AFTER = 3000;
  const LOOK_AFTER = 700;
  const form = document.querySelector("[data-autosave]");
  if (!form) return;
  const said = form.querySelector("[data-said]");
  const near = form.querySelector("[data-close]");
  let waiting = 0;
  let saving = false;
  let changed = false;
  let leaving = false;

  const say = (text, url, link) => {
    said.textContent = text;
    if (!url) return;
    const way = Object.assign(document.createElement("a"), { href: url, target: "_blank", textContent: link });
    said.append(" ", way);
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, SAVE_AFTER);
  };

  /* Who has signed in again, in another tab, has another token: it is fetched, and nothing else of the page. */
  const renewToken = async () => {
    const page = await fetch(form.action, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = fresh.querySelector("[data-autosave] [name=csrfmiddlewaretoken]");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
    return Boolean(token);
  };

  const send = () =>
    fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });

  async function save() {
    if (saving) return later();
    saving = true;
    changed = false;
    try {
      let response = await send();
      if (response.status === 403 && (await renewToken())) response = await send();
      const answer = await response.json();
      if (answer.seen) form.elements.seen.value = JSON.stringify(answer.seen);
      if (!leaving) say(answer.said, answer.url, answer.link);
      changed ||= !response.ok;
      if (response.status === 401) later();
    } catch {
      changed = true;
      if (!leaving) say(form.dataset.offline);
      later();
    }
    saving = false;
  }

  form.addEventListener("input", () => {
    changed = true;
    later();
  });
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(waiting);
  });
  addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });

  const title = form.elements.title;
  if (!near || !title) return;
  let looking = 0;
  title.addEventListener("input", () => {
    clearTimeout(looking);
    looking = setTimeout(async () => {
      try {
        const found = await fetch(`${near.dataset.close}?title=${encodeURIComponent(title.value.slice(0, 200))}`);
        if (found.ok && !found.redirected) near.innerHTML = await found.text();
      } catch {
        /* Nothing is suggested: nothing is lost. */
      }
    }, LOOK_AFTER);
  });
})();
