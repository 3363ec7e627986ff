// Building elements. Text goes in as text nodes only: names and messages are hostile.

const ATTRIBUTES = new Set([
  "href",
  "type",
  "for",
  "id",
  "role",
  "title",
  "value",
  "placeholder",
  "rel",
  "target",
  "name",
  "rows",
  "min",
  "max",
  "step",
  "maxlength",
  "colspan",
  "scope",
  "label",
  "tabindex",
  "autocomplete",
  "inputmode",
  "src",
  "alt",
  "loading",
  "referrerpolicy",
  "accept",
]);

// el("button.primary", {type: "button", onclick, dataset: {…}, "aria-label": …}, "words", child, …)
export function el(what, options = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "dataset")
      for (const [k, v] of Object.entries(value)) {
        if (v !== undefined) node.dataset[k] = v;
      }
    else if (ATTRIBUTES.has(key) || key.startsWith("aria-")) node.setAttribute(key, value === true ? "" : String(value));
    else node[key] = value;
  }
  node.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== ""));
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

export const byId = (id) => document.getElementById(id);

// Only addresses that a browser opens as pages; anything else stays text.
export const safeAddress = (url) => (/^(https?:|mailto:)/i.test(url) ? url : null);

// Keep a list of nodes in step with items, touching only what changed, so that focus and typing survive.
export function patch(parent, items, key, render) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let before = parent.firstChild;
  for (const item of items) {
    const name = String(key(item)),
      text = JSON.stringify(item);
    let node = old.get(name);
    old.delete(name);
    // A menu or list that stands open in it would close: leave it until it has.
    if (!node || (node.patchedFrom !== text && !node.querySelector(":popover-open"))) {
      const at = node ? standing(node) : -1,
        fresh = render(item);
      fresh.dataset.key = name;
      fresh.patchedFrom = text;
      if (node) {
        if (before === node) before = fresh;
        node.replaceWith(fresh);
      } else parent.insertBefore(fresh, before);
      node = fresh;
      const same = at >= 0 && node.querySelectorAll(REACHED)[at];
      if (same) same.focus({ preventScroll: true });
    }
    if (node !== before) parent.insertBefore(node, before);
    else before = before.nextSibling;
  }
  for (const node of old.values()) node.remove();
}

const REACHED = "a[href], button, input, select, textarea, summary, [tabindex='0']";

// Somebody at the keyboard stands on an element of the old node: the same one of the new node gets the focus.
const standing = (node) =>
  node.contains(document.activeElement) ? [...node.querySelectorAll(REACHED)].indexOf(document.activeElement) : -1;

// Put a popover (top layer, fixed) under its anchor, or above it where there is no room, and inside the window.
export function beside(popup, anchor) {
  const at = anchor.getBoundingClientRect(),
    box = popup.getBoundingClientRect(),
    gap = 4;
  const below = at.bottom + gap + box.height <= innerHeight || at.top < box.height;
  popup.style.top = `${Math.max(gap, below ? Math.min(at.bottom + gap, innerHeight - box.height - gap) : at.top - gap - box.height)}px`;
  popup.style.left = `${Math.max(gap, Math.min(at.left, innerWidth - box.width - gap))}px`;
}

// A dialog of the browser's own: focus stays inside, Escape closes, and focus goes back where it was.
export function dialog(className, onClose, ...children) {
  const back = document.activeElement;
  const node = el(`dialog.${className}`, {}, ...children);
  node.addEventListener("close", () => {
    node.remove();
    // The event comes a task after the closing: by then one may be somewhere else, and stays there.
    if (document.activeElement === document.body && back && back.isConnected) back.focus();
    onClose();
  });
  document.body.append(node);
  node.showModal();
  return node;
}
