/**
 * Wake the islands: an element with data-island="suggest" gets islands/suggest.js,
 * which exports mount(element). Pages work without any of them.
 */
const started = new WeakSet();

/** @param {ParentNode} root */
export async function start(root = document) {
  for (const element of root.querySelectorAll("[data-island]")) {
    if (started.has(element)) continue;
    started.add(element);
    const name = element.dataset.island;
    if (!/^[a-z-]+$/.test(name)) continue;
    const { mount } = await import(`./islands/${name}.js`);
    mount(element);
  }
}

start();
