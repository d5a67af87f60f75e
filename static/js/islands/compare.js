/** Remember what was chosen for comparing, in this browser alone, and show it in the tray. */

const KEY = "compare";

/** @returns {{id: string, name: string, lang: string, src: string}[]} */
function read() {
  try {
    const items = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(items) ? items.filter((one) => /^[0-9a-z]{1,12}$/.test(one?.id)) : [];
  } catch {
    return [];
  }
}

/** @param {HTMLElement} tray */
export function mount(tray) {
  const most = Number(tray.dataset.most);
  const list = tray.querySelector("ul");
  const status = tray.querySelector("[role=status]");
  const go = tray.querySelector("a");
  let items = read().slice(0, most);

  const entry = (item) => {
    const line = document.createElement("li");
    if (/^\/[^/]/.test(item.src ?? "")) {
      const image = document.createElement("img");
      Object.assign(image, { src: item.src, alt: "", width: 48, height: 48 });
      line.append(image);
    }
    const name = document.createElement("span");
    name.className = "compare-tray__name";
    name.lang = item.lang;
    name.textContent = item.name;
    const out = document.createElement("button");
    Object.assign(out, { type: "button", className: "compare-tray__out", textContent: "×" });
    out.setAttribute("aria-label", `${tray.dataset.remove}: ${item.name}`);
    out.addEventListener("click", () => {
      change(items.filter((one) => one.id !== item.id), tray.dataset.removed);
      (list.querySelector("button") ?? document.querySelector(`[data-compare="${item.id}"]`))?.focus();
    });
    line.append(name, out);
    return line;
  };

  const draw = () => {
    list.replaceChildren(...items.map(entry));
    tray.hidden = !items.length;
    go.href = `${tray.dataset.url}?ids=${items.map((one) => one.id).join(",")}`;
    go.querySelector("span").textContent = tray.dataset.go.replace("{count}", String(items.length));
    for (const link of document.querySelectorAll("[data-compare]")) {
      link.setAttribute("role", "button");
      link.setAttribute("aria-pressed", String(items.some((one) => one.id === link.dataset.compare)));
    }
  };

  const change = (next, words) => {
    items = next;
    try {
      localStorage.setItem(KEY, JSON.stringify(items));
    } catch {
      // A browser that remembers nothing still compares what is chosen on this page.
    }
    draw();
    status.textContent = words;
  };

  const choose = (link) => {
    const id = link.dataset.compare;
    if (items.some((one) => one.id === id)) {
      change(items.filter((one) => one.id !== id), tray.dataset.removed);
    } else if (items.length >= most) {
      status.textContent = tray.dataset.full;
    } else {
      const name = link.querySelector("[lang]");
      const image = (link.closest("article") ?? document.querySelector("main")).querySelector("img");
      const src = image ? new URL(image.currentSrc || image.src).pathname : "";
      change([...items, { id, name: name.textContent, lang: name.lang, src }], tray.dataset.added);
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-compare]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(link);
  });
  document.addEventListener("keydown", (event) => {
    const link = event.key === " " && event.target.closest?.("[data-compare]");
    if (!link) return;
    event.preventDefault();
    choose(link);
  });
  tray.querySelector("button[data-size]").addEventListener("click", () => {
    change([], tray.dataset.removed);
    document.querySelector("#main").focus();
  });
  document.addEventListener("htmx:after:swap", draw);
  window.addEventListener("pageshow", () => {
    items = read().slice(0, most);
    draw();
  });
  draw();
}
