/**
 * Products looked at before: kept in this browser alone, and drawn by the server, which is told
 * the products and nothing of who asks.
 */
const KEY = "seen";
const MOST = 12;
const ID = /^[0-9a-z]{1,12}$/;

const remembered = () => {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string" && ID.test(id)) : [];
  } catch {
    return [];
  }
};

/** @param {HTMLElement} section */
export async function mount(section) {
  const own = section.dataset.product;
  const others = remembered().filter((id) => id !== own);
  try {
    localStorage.setItem(KEY, JSON.stringify([own, ...others].slice(0, MOST + 1)));
  } catch {
    // A browser that keeps nothing shows nothing.
  }
  if (others.length === 0) return;
  const address = new URL(section.dataset.url, window.location.href);
  address.searchParams.set("ids", others.slice(0, 4).join(","));
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const list = section.querySelector("ul");
    list.innerHTML = await answer.text();
    section.hidden = list.children.length === 0;
  } catch {
    // Without an answer the shelf stays away.
  }
}
