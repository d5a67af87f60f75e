/** Fill the hearts of what is kept, keep and drop without leaving the page, and count beside the header's heart. */

const HEART = "button.wish[name=product_id]";

/** How many the server says are kept; pages are the same for everybody, so a cookie tells. */
const kept = () => Number(document.cookie.match(/(?:^|; )wish_count=(\d{1,4})(?:;|$)/)?.[1] ?? 0);

/** @param {HTMLAnchorElement} link */
export function mount(link) {
  const badge = document.createElement("b");
  badge.className = "tools__count";
  link.append(badge);
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);

  let ids = null;
  const count = (number) => {
    badge.textContent = String(number);
    badge.hidden = !number;
  };
  const press = (heart, isOn) => heart.setAttribute("aria-pressed", String(isOn));
  const fill = async () => {
    const hearts = document.querySelectorAll(HEART);
    if (!hearts.length || (!ids && !kept())) return;
    if (!ids) {
      const answer = await fetch(link.dataset.ids, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      ids = new Set((await answer.json()).ids);
      count(ids.size);
    }
    for (const heart of hearts) press(heart, ids.has(heart.value));
  };

  document.addEventListener("click", async (event) => {
    const heart = event.target.closest?.(HEART);
    if (!heart?.form) return;
    event.preventDefault();
    if (heart.dataset.busy) return;
    heart.dataset.busy = "1";
    const isOn = heart.getAttribute("aria-pressed") === "true";
    press(heart, !isOn);
    let failed = link.dataset.failed;
    const path = heart.formAction.replace(/toggle$/, isOn ? "remove" : "add");
    try {
      const body = new URLSearchParams({ csrf_token: heart.form.elements.csrf_token.value, product_id: heart.value });
      const answer = await fetch(path, { method: "POST", headers: { Accept: "application/json" }, body });
      const told = await answer.json();
      failed = told.error ?? failed;
      if (!answer.ok) throw new Error(failed);
      press(heart, told.is_kept);
      count(told.count);
      if (told.is_kept) ids?.add(heart.value);
      else ids?.delete(heart.value);
      said.textContent = told.is_kept ? link.dataset.kept : link.dataset.dropped;
    } catch {
      press(heart, isOn);
      said.textContent = failed;
    }
    delete heart.dataset.busy;
  });

  document.addEventListener("htmx:after:swap", fill);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    ids = null;
    count(kept());
    fill();
  });
  count(kept());
  fill();
}
