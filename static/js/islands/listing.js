/**
 * The list of products: filters, sorting and pages change it in place.
 *
 * htmx is fetched when somebody first reaches for a filter, not with the page. Until it is there,
 * and wherever it fails, links and forms lead to the same list as whole pages.
 */
const INTENTS = ["pointerover", "focusin", "touchstart"];
const REACHED = ".facets, .toolbar, .pagination, .chip, .landing";

/** @param {HTMLElement} listing */
export function mount(listing) {
  const load = (event) => {
    if (!event.target.closest?.(REACHED)) return;
    for (const name of INTENTS) listing.removeEventListener(name, load);
    import(listing.dataset.htmx).catch(() => {});
  };
  for (const name of INTENTS) listing.addEventListener(name, load, { passive: true });

  const prepare = () => {
    for (const find of listing.querySelectorAll(".facet__find")) find.hidden = false;
    for (const find of listing.querySelectorAll("[data-find]")) if (find.value) narrow(find);
    for (const button of listing.querySelectorAll('[data-island="autosubmit"] [type="submit"]')) button.hidden = true;
    const back = document.querySelector('#add-to-cart [name="next"]');
    if (back) back.value = window.location.pathname + window.location.search;
    for (const link of document.querySelectorAll(".language-switch a")) link.search = window.location.search;
  };

  listing.addEventListener("input", (event) => {
    if (event.target.matches("[data-find]")) narrow(event.target);
  });
  listing.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-find]")) {
      event.preventDefault();
      event.target.closest(".facet").querySelector("li:not([hidden]) > a")?.click();
    }
  });

  document.addEventListener("htmx:before:request", () => listing.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:before:response", (event) => {
    const { response, request } = event.detail.ctx;
    if (response.status < 400) return;
    event.preventDefault(); // a refusal has a page of its own
    window.location.assign(request.action);
  });
  document.addEventListener("htmx:error", (event) => {
    window.location.assign(event.detail.ctx.request.action);
  });
  document.addEventListener("htmx:finally:request", () => listing.removeAttribute("aria-busy"));
  document.addEventListener("htmx:after:swap", (event) => {
    prepare();
    if (!event.target.closest?.(".pagination")) return;
    const heading = listing.querySelector("h1");
    heading.tabIndex = -1; // another page is read from its heading on
    heading.focus({ preventScroll: true });
  });
  document.addEventListener("htmx:after:history:update", prepare);
  prepare();
}

/** Show of a long list of choices only those with the words typed. @param {HTMLInputElement} find */
function narrow(find) {
  const wanted = fold(find.value.trim());
  const facet = find.closest(".facet");
  const more = facet.querySelector("details");
  if (wanted && more) more.open = true;
  for (const option of facet.querySelectorAll("li")) {
    option.hidden = wanted !== "" && !fold(option.querySelector(".facet__label").textContent).includes(wanted);
  }
}

/** Compare without case and marks, as the search does. @param {string} text */
function fold(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}
