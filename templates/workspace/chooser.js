// A box in which one types to find, and takes one or several: for selects of many options and those that the app looks up.
import { beside, el } from "./dom.js";

let made = 0;

// about: {attributes, placeholder, many, most, stays: Escape is not for the list alone}; kept: options already taken; find(words) → groups of {label, options: [{value, words, note}]}
export class Chooser {
  constructor(about, kept, find) {
    Object.assign(this, { about, find, taken: kept, offered: [], at: -1, asked: 0 });
    const id = `choose-${(made += 1)}`;
    this.chips = el("ul.chips", { "aria-label": "已选" });
    this.text = el("input", {
      ...about.attributes,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      placeholder: about.placeholder,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
      oninput: () => this.look(),
      onfocus: () => this.text.select(),
      onclick: () => this.look(""),
      onkeydown: (e) => this.key(e),
      onblur: () => this.close(),
      onchange: (e) => e.stopPropagation(),
    });
    this.list = el("div.popup.options", {
      id,
      role: "listbox",
      popover: "manual",
      "aria-label": "选项",
      "aria-multiselectable": about.many ? "true" : undefined,
      onmousedown: (e) => e.preventDefault(),
    });
    this.node = el("div.chooser", {}, about.many ? this.chips : null, this.text, this.list);
    this.node.entered = () => (about.many ? this.taken.map((o) => o.value) : (this.taken[0] || { value: null }).value);
    this.node.picked = () => (about.many ? this.taken : this.taken[0] || null);
    this.draw();
  }

  draw() {
    const chip = (o) =>
      el("li", {}, o.words, el("button", { type: "button", "aria-label": `去掉 ${o.words}`, onclick: () => this.drop(o) }, "×"));
    this.chips.replaceChildren(...this.taken.map(chip));
    this.text.value = this.about.many || !this.taken.length ? "" : this.taken[0].words;
  }

  async look(words = this.text.value) {
    const turn = (this.asked += 1);
    const groups = await this.find(words.trim());
    if (turn === this.asked && document.activeElement === this.text) this.show(groups);
  }

  show(groups) {
    this.offered = [];
    const option = (o) => {
      const at = this.offered.push(o) - 1;
      return el(
        "div.entry",
        {
          id: `${this.list.id}-${at}`,
          role: "option",
          "aria-selected": String(this.has(o)),
          dataset: { value: o.value },
          onclick: () => this.take(o),
        },
        el("span", {}, o.words),
        o.note ? el("small", {}, o.note) : null,
      );
    };
    const drawn = groups
      .filter((g) => g.options.length)
      .map((g) =>
        g.label
          ? el("div", { role: "group", "aria-label": g.label }, el("p.group", { "aria-hidden": "true" }, g.label), g.options.map(option))
          : g.options.map(option),
      );
    this.list.replaceChildren(
      ...(this.offered.length ? drawn.flat() : [el("div.entry.none", { role: "option", "aria-disabled": "true" }, "没有匹配的选项")]),
    );
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    this.list.style.minWidth = `${this.text.offsetWidth}px`;
    beside(this.list, this.text);
    this.text.setAttribute("aria-expanded", "true");
    this.mark(this.offered.length ? Math.max(0, this.about.many ? this.offered.findIndex((o) => !this.has(o)) : 0) : -1);
  }

  mark(at) {
    this.at = at;
    for (const node of this.list.querySelectorAll(".on")) node.classList.remove("on");
    const node = at >= 0 && document.getElementById(`${this.list.id}-${at}`);
    if (!node) {
      this.text.removeAttribute("aria-activedescendant");
      return;
    }
    node.classList.add("on");
    node.scrollIntoView({ block: "nearest" });
    this.text.setAttribute("aria-activedescendant", node.id);
  }

  has(o) {
    return this.taken.some((one) => one.value === o.value);
  }

  take(o) {
    const { many, most } = this.about;
    if (many && this.has(o)) {
      this.drop(o);
      return;
    }
    if (many && most && this.taken.length >= most) return;
    this.taken = many ? [...this.taken, o] : [o];
    this.told();
  }

  drop(o) {
    this.taken = this.taken.filter((one) => one.value !== o.value);
    this.told();
    this.text.focus();
  }

  told() {
    this.close();
    this.draw();
    this.node.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.asked += 1;
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.text.setAttribute("aria-expanded", "false");
    this.mark(-1);
    if (!this.about.many && this.taken.length && document.activeElement !== this.text) this.text.value = this.taken[0].words;
  }

  key(e) {
    if (e.isComposing) return;
    const open = this.list.matches(":popover-open"),
      count = this.offered.length;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (!open) this.look("");
      else if (count) this.mark((this.at + (e.key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if (e.key === "Enter") {
      e.preventDefault();
      if (open && this.at >= 0) this.take(this.offered[this.at]);
      else this.look("");
    } else if (e.key === "Escape" && open && !this.about.stays) {
      e.preventDefault();
      e.stopPropagation();
      this.close();
    } else if (e.key === "Backspace" && !this.text.value && this.taken.length) this.drop(this.taken[this.taken.length - 1]);
  }
}

// Options that hold these words, in their groups: for lists that are here already.
export function among(groups) {
  return async (words) =>
    groups.map((g) => ({
      ...g,
      options: g.options.filter((o) => `${o.words} ${o.note || ""}`.toLowerCase().includes(words.toLowerCase())),
    }));
}
