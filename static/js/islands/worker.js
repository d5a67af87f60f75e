/** Let the worker be installed once the page has all it needs. */

/** @param {HTMLElement} body */
export function mount(body) {
  if (!("serviceWorker" in navigator)) return;
  const register = () => navigator.serviceWorker.register(body.dataset.worker).catch(() => {});
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register, { once: true });
}
