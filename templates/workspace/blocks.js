// Block Kit as DOM. A renderer knows where it draws (message, home, modal) and hands every use of an element on.
import { confirmed, listen, settled } from "./press.js";
import { chart } from "./chart.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { input, isInput, rawOf } from "./inputs.js";
import { markdown } from "./markdown.js";
import { menuButton } from "./menu.js";
import { picture, video } from "./picture.js";
import { table } from "./table.js";

export class Blocks {
  // words: Words; use(block, element, value, node, how): a person used an element
  // (how: nothing or "dispatch", "typing" into an input, "entered" when its value stands); state: entered values by block and action as the
  // server keeps them; typed: as they were entered since; suggest(block, element, words), upload(file): what inputs ask for
  constructor(words, use, { where = "message", state = {}, typed = {}, errors = {}, suggest, upload } = {}) {
    Object.assign(this, { words, use, where, state, typed, errors, suggest, upload });
  }

  all(blocks) {
    return blocks.map((block) => this.block(block));
  }

  block(block) {
    const draw = DRAW[block.type];
    let node = null;
    try {
      node = draw ? draw(this, block) : el("p.unknown", {}, `(这里不显示 ${block.type})`);
    } catch {
      // one odd block must not take the page with it
      node = el("p.unknown", {}, `(${block.type} 无法显示)`);
    }
    node.dataset.blockId = block.block_id || "";
    return node;
  }

  element(block, element) {
    if (element.type === "button" || element.type === "workflow_button") return this.button(block, element);
    if (element.type === "overflow") return this.overflow(block, element);
    if (element.type === "image") return picture(element, this.words.names.me());
    if (element.type === "feedback_buttons") return this.feedback(block, element);
    if (element.type === "icon_button") return this.icon(block, element);
    if (isInput(element)) return this.chosen(block, element);
    return el("span.unknown", {}, `(${element.type})`);
  }

  button(block, element, cls = "button", words = this.words.plain(element.text)) {
    const go = async () => {
      if (!(await confirmed(this.words, element.confirm))) return;
      if (element.url && /^https?:/i.test(element.url)) window.open(element.url, "_blank", "noopener,noreferrer");
      await this.use(block, element, element.value, node);
    };
    const node = el(
      `button.${cls}${element.style ? `.${element.style}` : ""}`,
      {
        type: "button",
        onclick: go,
        "aria-label": element.accessibility_label,
        dataset: { actionId: element.action_id, value: element.value },
      },
      words,
    );
    return node;
  }

  icon(block, element) {
    const words = this.words.plain(element.text),
      node = this.button(block, element, "button.small", [icon(element.icon === "trash" ? "trash" : "more"), words]);
    node.title = words;
    return node;
  }

  // What was said of an answer stays marked; the app is told whenever it changes.
  feedback(block, element) {
    const one = (mark, b) => {
      const node = el(
        "button.button.small",
        {
          type: "button",
          "aria-label": b.accessibility_label,
          "aria-pressed": "false",
          dataset: { actionId: element.action_id, value: b.value },
          onclick: async () => {
            both.forEach((other) => other.setAttribute("aria-pressed", String(other === node)));
            await this.use(block, element, b.value, node);
          },
        },
        icon(mark),
        this.words.plain(b.text),
      );
      return node;
    };
    const both = [one("up", element.positive_button), one("down", element.negative_button)];
    return el("span.feedback", {}, both);
  }

  overflow(block, element) {
    const press = (o) => async (button) => {
      if (!(await confirmed(this.words, element.confirm))) return;
      if (o.url && /^https?:/i.test(o.url)) window.open(o.url, "_blank", "noopener,noreferrer");
      await this.use(block, element, o.value, button);
    };
    return menuButton("button", { label: "更多操作", mark: "⋯", dataset: { actionId: element.action_id } }, () =>
      element.options.map((o) => ({
        words: this.words.plain(o.text),
        note: this.words.plain(o.description),
        dataset: { value: o.value },
        go: press(o),
      })),
    );
  }

  // Selects and pickers outside input blocks act as soon as something is chosen; a choice not confirmed is taken back.
  chosen(block, element) {
    const node = this.input(block, element, {
      label: this.words.plain(element.placeholder) || this.words.plain((block.text || {}).type ? block.text : null) || "请选择",
    });
    settled(node, async () => {
      if (await confirmed(this.words, element.confirm)) this.use(block, element, node.entered(), node);
      else node.replaceWith(this.chosen(block, element));
    });
    return node;
  }

  input(block, element, about) {
    const typed = (this.typed[block.block_id] || {})[element.action_id];
    const raw = typed === undefined ? rawOf(element, (this.state[block.block_id] || {})[element.action_id]) : typed;
    return input(this.words, element, raw, {
      zone: this.words.names.zone(),
      suggest: (words) => this.suggest(block, element, words),
      upload: this.upload,
      ...about,
    });
  }
}

const DRAW = {
  header: (r, b) => el(r.where === "message" ? "h3.header" : "h2.header", {}, r.words.plain(b.text)),
  divider: () => el("hr"),
  section: (r, b) =>
    el(
      "div.section",
      {},
      el(
        "div.grow",
        {},
        b.text ? el("div.text", {}, r.words.object(b.text)) : null,
        b.fields
          ? el(
              "div.fields",
              {},
              b.fields.map((f) => el("div", {}, r.words.object(f))),
            )
          : null,
      ),
      b.accessory ? el("div.accessory", {}, r.element(b, b.accessory)) : null,
    ),
  context: (r, b) =>
    el(
      "div.context",
      {},
      b.elements.map((e) => (e.type === "image" ? picture(e, r.words.names.me()) : el("span", {}, r.words.object(e)))),
    ),
  actions: (r, b) =>
    el(
      "div.actions",
      {},
      b.elements.map((e) => r.element(b, e)),
    ),
  context_actions: (r, b) =>
    el(
      "div.actions.small",
      {},
      b.elements.map((e) => r.element(b, e)),
    ),
  image: (r, b) => el("figure", {}, b.title ? el("figcaption", {}, r.words.plain(b.title)) : null, picture(b, r.words.names.me())),
  rich_text: (r, b) => el("div.text", {}, r.words.rich(b)),
  markdown: (r, b) => markdown(b.text),
  table,
  data_table: table,
  data_visualization: (r, b) => chart(b),
  video: (r, b) => video(r.words, b),
  input: (r, b) => {
    const id = `in-${b.block_id}-${b.element.action_id}`.replace(/[^\w-]/g, "_"),
      error = r.errors[b.block_id];
    const node = r.input(b, b.element, { id, label: r.words.plain(b.label), described: `${id}-note`, invalid: Boolean(error) });
    listen(r, b, node);
    return el(
      "div.input",
      {},
      el("label", { for: id }, r.words.plain(b.label), b.optional ? el("span.optional", {}, "(选填)") : null),
      node,
      el(
        "div.note",
        { id: `${id}-note` },
        error ? el("p.error", { dataset: { testid: "input-error" } }, `⚠ ${error}`) : null,
        b.hint ? el("p.hint", {}, r.words.plain(b.hint)) : null,
      ),
    );
  },
};
