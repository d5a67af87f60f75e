/**
 * The service worker. `SHOP`, written in front of this text by app/web/worker.py, says what to keep and whether
 * to exist at all.
 *
 * Static files have their content in their address: what is kept is right for ever. Pages always come from the
 * network and are never kept, so nobody's cart, order or account stays behind; when the network is away, one
 * page says so.
 */
const NAME = `shop-${SHOP.version}`;
const KEPT = /^\/static\/[0-9a-f]{10}\/.+\.(?:css|js|woff2|svg)$/;

self.addEventListener("install", (event) => {
  event.waitUntil(SHOP.isOn ? keep() : Promise.resolve());
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (!SHOP.isOn || request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, address));
  else if (KEPT.test(address.pathname)) event.respondWith(file(request));
});

/** Fetch, as nobody in particular, what the page for a missing network needs. */
async function keep() {
  const cache = await caches.open(NAME);
  await Promise.all(SHOP.kept.map(async (url) => {
    const isFile = url.startsWith("/static/");
    const answer = await fetch(url, { credentials: "omit", cache: isFile ? "default" : "reload" });
    if (!answer.ok || (isFile && !isFinal(answer))) throw new Error(`${url} is not there yet`);
    await cache.put(url, answer);
  }));
}

/** Whether a file is the one that its address names: while a new shop starts, an old process may answer. */
function isFinal(answer) {
  return answer.headers.get("Cache-Control")?.includes("immutable") ?? false;
}

/** Forget what earlier workers kept; a worker that is switched off forgets everything and goes. */
async function tidy() {
  for (const name of await caches.keys()) {
    if (!SHOP.isOn || name !== NAME) await caches.delete(name);
  }
  if (!SHOP.isOn) {
    await self.registration.unregister();
    return;
  }
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

/** A page from the network, or the one that says there is none. */
async function page(event, address) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    const language = address.pathname.split("/")[1];
    const kept = await caches.match(SHOP.offline[language] ?? SHOP.offline.vi, { ignoreVary: true });
    return kept ?? Response.error();
  }
}

/** A static file: kept first, else from the network and kept. */
async function file(request) {
  const kept = await caches.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && isFinal(answer)) {
    const cache = await caches.open(NAME);
    await cache.put(request.url, answer.clone());
  }
  return answer;
}
