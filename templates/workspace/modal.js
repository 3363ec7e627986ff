// The stack of modals of one person: the topmost is shown as the browser's own dialog, inputs keep what was typed.
import { Blocks } from "./blocks.js";
import { modalDrafts } from "./drafts.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";

export class Modals {
  // post(act, fields, node): does an act of the person and returns the answer; asks: {suggest, upload} of the inputs
  constructor(words, post, asks, me) {
    Object.assign(this, { words, post, asks, me, typed: {}, errors: {}, shown: "", node: null, busy: false });
  }

  show(stack) {
    const view = stack[stack.length - 1];
    const name = view ? `${view.id} ${view.hash} ${stack.length}` : "";
    if (name === this.shown) return;
    const same = Boolean(view) && this.shown.startsWith(`${view.id} `);
    if (!same) {
      this.back = this.back || document.activeElement;
      this.errors = {};
    }
    this.shown = name;
    // What was typed into a view lives as long as the view is in the stack, over reloads and over views pushed on top.
    const kept = modalDrafts.read(this.me());
    this.typed = Object.fromEntries(stack.map((v) => [v.id, this.typed[v.id] || kept[v.id] || {}]));
    modalDrafts.write(this.me(), this.typed);
    this.draw(view, stack.length, same ? this.standing() : null);
  }

  // Which element has the focus, so that an update by the app does not take a person off it.
  standing() {
    const at =
      document.activeElement &&
      this.node &&
      this.node.contains(document.activeElement) &&
      document.activeElement.closest("[data-action-id]");
    return at ? at.dataset.actionId : null;
  }

  draw(view, depth, standing) {
    const old = this.node;
    this.node = null;
    if (view) this.open(view, depth, standing);
    if (old) {
      old.close();
      old.remove();
    }
    if (!view && this.back) {
      if (this.back.isConnected) this.back.focus();
      this.back = null;
    }
  }

  open(view, depth, standing) {
    const { words } = this,
      typed = this.typed[view.id];
    const use = async (block, element, value, node, how) => {
      if (element.type !== "button") {
        (typed[block.block_id] ||= {})[element.action_id] = value;
        modalDrafts.write(this.me(), this.typed);
      }
      if (how !== "typing" && how !== "entered")
        await this.post("press", { where: "modal", action_id: element.action_id, block_id: block.block_id, value }, node);
    };
    const suggest = (block, element, text) =>
      this.asks.suggest({ where: "modal", action_id: element.action_id, block_id: block.block_id, value: text });
    const blocks = new Blocks(words, use, {
      where: "modal",
      state: view.state.values,
      typed,
      errors: this.errors,
      suggest,
      upload: this.asks.upload,
    });
    const submit = view.submit
      ? el("button.button.primary", { type: "submit", dataset: { testid: "modal-submit" } }, words.plain(view.submit))
      : null;
    const form = el(
      "form",
      {
        noValidate: true,
        onsubmit: (e) => {
          e.preventDefault();
          this.submit(view, depth, submit);
        },
      },
      this.head(view, depth),
      el("div.body", {}, blocks.all(view.blocks)),
      el(
        "footer",
        {},
        el(
          "button.button",
          { type: "button", dataset: { testid: "modal-close" }, onclick: () => this.post("close", {}) },
          words.plain(view.close) || "取消",
        ),
        submit,
      ),
    );
    this.node = el(
      "dialog.modal",
      {
        "aria-labelledby": `title-${view.id}`,
        dataset: { testid: "modal" },
        oncancel: (e) => {
          e.preventDefault();
          this.post("close", {});
        },
      },
      form,
    );
    document.body.append(this.node);
    this.node.showModal();
    this.focus(form, view, standing);
  }

  head(view, depth) {
    const back =
      depth > 1
        ? el(
            "button.icon",
            {
              type: "button",
              "aria-label": "返回上一层",
              title: "返回上一层",
              dataset: { testid: "modal-back" },
              onclick: () => this.post("close", {}),
            },
            icon("back"),
          )
        : null;
    return el(
      "header",
      {},
      back,
      el("h2", { id: `title-${view.id}` }, this.words.plain(view.title)),
      depth > 1 ? el("span.depth", {}, `第 ${depth} 层`) : null,
      el(
        "button.icon",
        {
          type: "button",
          "aria-label": "全部关闭",
          title: "全部关闭",
          dataset: { testid: "modal-close-all" },
          onclick: () => this.post("close", { everything: true }),
        },
        icon("cross"),
      ),
    );
  }

  focus(form, view, standing) {
    const wanted = standing || (view.blocks.map((b) => b.element).find((e) => e && e.focus_on_load) || {}).action_id;
    const node = wanted && form.querySelector(`[data-action-id="${CSS.escape(wanted)}"]`);
    const within = "input, select, textarea, [contenteditable]";
    const first =
      form.querySelector("[aria-invalid]") ||
      (node && (node.matches(`${within}, button`) ? node : node.querySelector(within))) ||
      form.querySelector(`.body :is(${within})`);
    if (first) first.focus();
  }

  async submit(view, depth, button) {
    if (this.busy) return;
    this.busy = true;
    const answer = await this.post("submit", { values: this.typed[view.id] }, button);
    this.busy = false;
    if (!answer.ok || !Object.keys(answer.errors || {}).length || !this.node) return;
    this.errors = answer.errors;
    this.draw(view, depth, null);
  }
}
