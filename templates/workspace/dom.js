// Building elements. Text goes in as text nodes only: names and messages are hostile.

const ATTRIBUTES = new Set(["href", "type", "for", "id", "role", "title", "value", "placeholder", "rel", "target", "name",
  "rows", "min", "max", "step", "maxlength", "colspan", "scope", "label", "tabindex", "autocomplete", "inputmode"]);

// el("button.primary", {type: "button", onclick, dataset: {…}, "aria-label": …}, "words", child, …)
export function el(what, options = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "dataset") for (const [k, v] of Object.entries(value)) { if (v !== undefined) node.dataset[k] = v; }
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

// Drawn rather than an emoji: not every machine has a font with the lock.
export const lock = () => svg("svg", { viewBox: "0 0 16 16", width: 13, height: 13, class: "lock", "aria-hidden": "true" },
  svg("path", { d: "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5", fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linejoin": "round" }));

export const byId = (id) => document.getElementById(id);

// Only addresses that a browser opens as pages; anything else stays text.
export const safeAddress = (url) => (/^(https?:|mailto:)/i.test(url) ? url : null);

// Keep a list of nodes in step with items, touching only what changed, so that focus and typing survive.
export function patch(parent, items, key, render) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let before = parent.firstChild;
  for (const item of items) {
    const name = String(key(item)), text = JSON.stringify(item);
    let node = old.get(name);
    old.delete(name);
    if (!node || node.patchedFrom !== text) {
      const fresh = render(item);
      fresh.dataset.key = name;
      fresh.patchedFrom = text;
      if (node) { if (before === node) before = fresh; node.replaceWith(fresh); } else parent.insertBefore(fresh, before);
      node = fresh;
    }
    if (node !== before) parent.insertBefore(node, before); else before = before.nextSibling;
  }
  for (const node of old.values()) node.remove();
}

// A dialog of the browser's own: focus stays inside, Escape closes, and focus goes back where it was.
export function dialog(className, onClose, ...children) {
  const back = document.activeElement;
  const node = el(`dialog.${className}`, {}, ...children);
  node.addEventListener("close", () => { node.remove(); if (back && back.isConnected) back.focus(); onClose(); });
  document.body.append(node);
  node.showModal();
  return node;
}
