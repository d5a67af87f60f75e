/**
 * Suggestions under the search field: a combobox that follows the ARIA pattern.
 *
 * The server answers data-suggest-url?q=… with a fragment of <li role="option" data-url="…">words</li>
 * and a <li data-status> that says how many there are. The focus stays in the field; Enter opens the
 * chosen line, and without a choice the form is sent as usual. Nothing is read from the keyboard
 * while an input method composes a letter.
 */
const PAUSE = 120;

/** @param {HTMLElement} element the form, or the field itself */
export function mount(element) {
  const form = element.closest("form");
  const input = element.matches("input") ? element : element.querySelector('input[type="search"]');
  const url = element.dataset.suggestUrl;
  if (!form || !input || !url) return;

  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "search__list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector(`label[for="${input.id}"]`)?.textContent ?? "");
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  status.dataset.testid = "suggestion-status";
  form.append(list, status);

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let timer = 0;
  let request = new AbortController();
  let asked = "";
  let chosen = -1;

  const options = () => [...list.querySelectorAll('[role="option"]')];

  const choose = (index) => {
    const all = options();
    chosen = index;
    all.forEach((option, position) => option.setAttribute("aria-selected", String(position === index)));
    if (index < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", all[index].id);
    all[index].scrollIntoView({ block: "nearest" });
  };

  const open = () => {
    const some = options().length > 0;
    list.hidden = !some;
    input.setAttribute("aria-expanded", String(some));
  };

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };

  const follow = (option, elsewhere) => {
    if (elsewhere) window.open(option.dataset.url, "_blank", "noopener");
    else window.location.assign(option.dataset.url);
  };

  const forget = () => {
    clearTimeout(timer);
    request.abort();
  };

  const ask = async (words) => {
    request = new AbortController();
    const address = new URL(url, window.location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      list.innerHTML = await answer.text();
    } catch {
      return;
    }
    asked = words;
    const said = list.querySelector("[data-status]");
    said?.remove();
    options().forEach((option, position) => {
      option.id = `${list.id}-${position}`;
    });
    choose(-1);
    if (document.activeElement !== input) return;
    open();
    status.textContent = said?.textContent ?? "";
  };

  input.addEventListener("input", () => {
    const words = input.value.trim();
    forget();
    if (!words) {
      asked = "";
      list.replaceChildren();
      status.textContent = "";
      close();
      return;
    }
    choose(-1);
    timer = setTimeout(() => ask(words), PAUSE);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const count = options().length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
      event.preventDefault();
      if (list.hidden) open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place more than there are options: the field itself, where nothing is chosen.
      choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      follow(options()[chosen], event.ctrlKey || event.metaKey);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Home" || event.key === "End") {
      choose(-1); // the caret moves, and so the reader is in the field again
    } else if (event.key === "Tab") {
      close();
    }
  });

  input.addEventListener("focus", () => {
    if (asked && asked === input.value.trim()) open();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) follow(option, event.ctrlKey || event.metaKey);
  });
  list.addEventListener("auxclick", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option && event.button === 1) follow(option, true);
  });
  form.addEventListener("submit", () => {
    forget();
    close();
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target)) close();
  });
}
