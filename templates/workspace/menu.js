// A button that opens a list of things to do: arrows move, Enter chooses, Escape closes and gives the focus back.
import { beside, el } from "./dom.js";

// items(): [{words, note, go, dataset, danger}], asked for whenever it opens; about: {label, mark, dataset}
export function menuButton(cls, { label, mark, dataset }, items) {
  const list = el("div.popup", {
    role: "menu",
    popover: "auto",
    "aria-label": label,
    onkeydown: (e) => move(e, list),
    ontoggle: (e) => button.setAttribute("aria-expanded", String(e.newState === "open")),
  });
  const isOpen = () => list.matches(":popover-open");
  const open = () => {
    list.replaceChildren(...items().map((item) => entry(item, list, button)));
    list.showPopover();
    beside(list, button);
    if (list.firstChild) list.firstChild.focus();
  };
  const button = el(
    `button.${cls}`,
    {
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": label,
      title: label,
      dataset,
      onclick: (e) => {
        e.preventDefault();
        if (isOpen()) list.hidePopover();
        else open();
      },
      onkeydown: (e) => {
        if (e.key === "ArrowDown" && !isOpen()) {
          e.preventDefault();
          open();
        }
      },
    },
    mark,
  );
  button.popoverTargetElement = list; // a click on it is then no click beside the list, which would close and open it again
  return el("span.menu", {}, button, list);
}

function entry(item, list, button) {
  const go = () => {
    list.hidePopover();
    button.focus();
    item.go(button);
  };
  return el(
    `button.entry${item.danger ? ".danger" : ""}`,
    { type: "button", role: "menuitem", tabindex: "-1", dataset: item.dataset, onclick: go },
    el("span", {}, item.words),
    item.note ? el("small", {}, item.note) : null,
  );
}

function move(e, list) {
  const all = [...list.children],
    at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key];
  if (e.key === "Tab") list.hidePopover();
  if (to === undefined || !all.length) return;
  e.preventDefault();
  all[(to + all.length) % all.length].focus();
}
