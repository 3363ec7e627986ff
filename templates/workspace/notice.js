// What went wrong, said aloud and kept until it is closed; three at most.
import { byId, el } from "./dom.js";

export function notice(text) {
  const box = el(
    "div.notice",
    { dataset: { testid: "notice" } },
    el("span", {}, text),
    el("button.icon", { type: "button", "aria-label": "关闭提示", onclick: () => box.remove() }, "×"),
  );
  // An open modal makes everything outside it inert, so the notice goes inside.
  const modal = document.querySelector("dialog.modal[open]");
  const parent = byId("notices");
  if (modal && !modal.contains(parent)) modal.append(parent);
  else if (!modal && parent.parentNode !== document.body) document.body.append(parent);
  parent.append(box);
  while (parent.children.length > 3) parent.firstChild.remove();
}
