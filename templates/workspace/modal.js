// The stack of modals of one person: the topmost is shown as the browser's own dialog, inputs keep what was typed.
import { Blocks } from "./blocks.js";
import { el } from "./dom.js";

export class Modals {
  // post(act, fields): does an act of the person and returns the answer
  constructor(words, post) { Object.assign(this, { words, post, typed: {}, errors: {}, shown: "", node: null, busy: false }); }

  show(stack) {
    const view = stack[stack.length - 1];
    const name = view ? `${view.id} ${view.hash}` : "";
    if (name === this.shown) return;
    const same = Boolean(view) && this.shown.startsWith(`${view.id} `);
    if (!same) { this.typed = {}; this.back = this.back || document.activeElement; }
    this.shown = name;
    this.errors = {};
    this.draw(same ? this.filled(view) : view, stack.length);
  }

  draw(view, depth) {
    const old = this.node;
    this.node = null;
    if (view) this.open(view, depth);
    if (old) { old.close(); old.remove(); }
    if (!view && this.back) { if (this.back.isConnected) this.back.focus(); this.back = null; }
  }

  open(view, depth) {
    const { words } = this;
    const state = structuredClone(view.state.values);
    const use = async (block, element, value, node, how) => {
      (this.typed[block.block_id] ||= {})[element.action_id] = value;
      if (how !== "keep") await this.post("press", { where: "modal", action_id: element.action_id, block_id: block.block_id, value }, node);
    };
    const blocks = new Blocks(words, use, { where: "modal", state, errors: this.errors });
    const submit = view.submit ? el("button.button.primary", { type: "submit", dataset: { testid: "modal-submit" } }, words.plain(view.submit)) : null;
    const form = el("form", { noValidate: true, onsubmit: (e) => { e.preventDefault(); this.submit(view, depth, submit); } },
      el("header", {}, el("h2", { id: `title-${view.id}` }, words.plain(view.title)), depth > 1 ? el("span.depth", {}, `第 ${depth} 层`) : null),
      el("div.body", {}, blocks.all(view.blocks)),
      el("footer", {}, el("button.button", { type: "button", dataset: { testid: "modal-close" }, onclick: () => this.post("close", {}) }, words.plain(view.close) || "取消"), submit));
    this.node = el("dialog.modal", { "aria-labelledby": `title-${view.id}`, dataset: { testid: "modal" },
      oncancel: (e) => { e.preventDefault(); this.post("close", {}); } }, form);
    document.body.append(this.node);
    this.node.showModal();
    const first = form.querySelector("[aria-invalid]") || form.querySelector(".body input, .body select, .body textarea");
    if (first) first.focus();
  }

  async submit(view, depth, button) {
    if (this.busy) return;
    this.busy = true;
    if (button) button.setAttribute("aria-busy", "true");
    const answer = await this.post("submit", { values: this.typed }, button);
    this.busy = false;
    if (button) button.removeAttribute("aria-busy");
    if (!answer.ok || !Object.keys(answer.errors || {}).length || !this.node) return;
    this.errors = answer.errors;
    this.draw(this.filled(view), depth);
  }

  // The view with what was typed so far: an error or an update by the app must not take a person's words.
  filled(view) {
    const merged = structuredClone(view);
    for (const [block, actions] of Object.entries(this.typed)) {
      for (const [action, value] of Object.entries(actions)) merge(merged, block, action, value);
    }
    return merged;
  }
}

// Put what was typed back into a view's state, as the server keeps it.
function merge(view, blockId, actionId, value) {
  const block = view.blocks.find((b) => b.block_id === blockId);
  const element = block && (block.element || block.accessory || (block.elements || []).find((e) => e.action_id === actionId));
  if (!element) return;
  const all = (element.options || []).concat(...(element.option_groups || []).map((g) => g.options));
  const option = (v) => all.find((o) => o.value === v);
  const kept = { datepicker: { selected_date: value }, timepicker: { selected_time: value }, users_select: { selected_user: value },
    multi_users_select: { selected_users: value }, static_select: { selected_option: option(value) }, radio_buttons: { selected_option: option(value) },
    checkboxes: { selected_options: [value].flat().map(option).filter(Boolean) }, multi_static_select: { selected_options: [value].flat().map(option).filter(Boolean) } };
  (view.state.values[blockId] ||= {})[actionId] = { type: element.type, ...(kept[element.type] || { value }) };
}
