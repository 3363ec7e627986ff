// Block Kit as DOM. A renderer knows where it draws (message, home, modal) and hands every use of an element on.
import { dialog, el } from "./dom.js";
import { chart } from "./chart.js";
import { input, isInput } from "./inputs.js";

export class Blocks {
  // words: Words; use(block, element, value): a person used an element; state: entered values by block and action
  constructor(words, use, { where = "message", state = {}, errors = {} } = {}) {
    Object.assign(this, { words, use, where, state, errors });
  }

  all(blocks) { return blocks.map((block) => this.block(block)); }

  block(block) {
    const draw = DRAW[block.type];
    let node = null;
    try {
      node = draw ? draw(this, block) : el("p.unknown", {}, `(这里不显示 ${block.type})`);
    } catch { // one odd block must not take the page with it
      node = el("p.unknown", {}, `(${block.type} 无法显示)`);
    }
    node.dataset.blockId = block.block_id || "";
    return node;
  }

  element(block, element) {
    if (element.type === "button" || element.type === "workflow_button") return this.button(block, element);
    if (element.type === "overflow") return this.overflow(block, element);
    if (element.type === "image") return picture(element);
    if (element.type === "feedback_buttons") return this.feedback(block, element);
    if (element.type === "icon_button") return this.button(block, { ...element, text: element.text });
    if (isInput(element)) return this.chosen(block, element);
    return el("span.unknown", {}, `(${element.type})`);
  }

  button(block, element) {
    const words = this.words.plain(element.text);
    const go = async () => {
      if (!(await confirmed(this.words, element.confirm))) return;
      if (element.url && /^https?:/i.test(element.url)) window.open(element.url, "_blank", "noopener,noreferrer");
      await this.use(block, element, element.value, node);
    };
    const node = el(`button.button${element.style ? `.${element.style}` : ""}`,
      { type: "button", onclick: go, "aria-label": element.accessibility_label, dataset: { actionId: element.action_id, value: element.value } }, words);
    return node;
  }

  feedback(block, element) {
    const one = (b) => el("button.button.small", { type: "button", "aria-label": b.accessibility_label,
      dataset: { actionId: element.action_id, value: b.value }, onclick: (e) => this.use(block, element, b.value, e.currentTarget) },
      this.words.plain(b.text));
    return el("span.feedback", {}, one(element.positive_button), one(element.negative_button));
  }

  overflow(block, element) {
    const list = el("span.menu", { role: "menu" }, element.options.map((o) => el("button", {
      type: "button", role: "menuitem", dataset: { value: o.value },
      onclick: async () => { details.open = false; if (await confirmed(this.words, element.confirm)) this.use(block, element, o.value, details); },
    }, this.words.plain(o.text))));
    const details = el("details.overflow", { dataset: { actionId: element.action_id },
      onkeydown: (e) => { if (e.key === "Escape") { details.open = false; summary.focus(); } } });
    const summary = el("summary.button", { "aria-label": "更多操作", role: "button" }, "⋯");
    details.append(summary, list);
    return details;
  }

  // Selects and pickers outside input blocks act as soon as something is chosen.
  chosen(block, element) {
    const node = input(this.words, element, this.value(block, element), { label: this.words.plain(element.placeholder) || "请选择" });
    node.addEventListener("change", async () => {
      if (await confirmed(this.words, element.confirm)) this.use(block, element, node.entered(), node);
    });
    return node;
  }

  value(block, element) { return ((this.state[block.block_id] || {})[element.action_id]) || null; }
}

async function confirmed(words, confirm) {
  if (!confirm) return true;
  return new Promise((resolve) => {
    let yes = false;
    const box = dialog("confirm", () => resolve(yes),
      el("h2", {}, words.plain(confirm.title)), el("p", {}, words.object(confirm.text)),
      el("div.row", {},
        el("button.button", { type: "button", onclick: () => box.close() }, words.plain(confirm.deny)),
        el(`button.button.${confirm.style || "primary"}`, { type: "button", dataset: { testid: "confirm" }, onclick: () => { yes = true; box.close(); } }, words.plain(confirm.confirm))));
  });
}

const picture = (image) => el("span.picture", { role: "img", "aria-label": image.alt_text }, `图:${image.alt_text}`);

function cell(r, value) {
  if (value.type === "rich_text") return r.words.rich(value);
  if (value.type === "raw_number") return [value.text || String(value.value)];
  if (value.type === "button") return [r.button({ block_id: "" }, value)];
  return [value.text || ""];
}

function table(r, block) {
  const [head, ...rows] = block.rows;
  const right = head.map((_, i) => rows.length > 0 && rows.every((row) => row[i] && row[i].type === "raw_number"));
  const settings = block.column_settings || [];
  const align = (i) => (right[i] || (settings[i] && settings[i].align === "right") ? "number" : "");
  const headColumn = block.type === "data_table" ? block.row_header_column_index || 0 : -1;
  const draw = (rowsShown) => rowsShown.map((row) => el("tr", {}, row.map((c, i) => {
    const node = el(i === headColumn ? "th" : "td", i === headColumn ? { scope: "row" } : {}, cell(r, c));
    if (align(i)) node.className = align(i);
    return node;
  })));
  const size = block.type === "data_table" ? block.page_size || 5 : rows.length;
  const body = el("tbody", {}, draw(rows.slice(0, size)));
  const grid = el("table", {}, block.caption ? el("caption", {}, block.caption) : null,
    el("thead", {}, el("tr", {}, head.map((c, i) => { const th = el("th", { scope: "col" }, cell(r, c)); if (align(i)) th.className = align(i); return th; }))), body);
  const more = rows.length > size ? el("button.link", { type: "button", onclick: () => { body.append(...draw(rows.slice(size))); more.remove(); } }, `显示全部 ${rows.length} 行`) : null;
  return el("div.table", { tabindex: "0", role: "region", "aria-label": block.caption || "表格" }, grid, more);
}

const DRAW = {
  header: (r, b) => el(r.where === "message" ? "h3.header" : "h2.header", {}, r.words.plain(b.text)),
  divider: () => el("hr"),
  section: (r, b) => el("div.section", {},
    el("div.grow", {}, b.text ? el("div.text", {}, r.words.object(b.text)) : null,
      b.fields ? el("div.fields", {}, b.fields.map((f) => el("div", {}, r.words.object(f)))) : null),
    b.accessory ? el("div.accessory", {}, r.element(b, b.accessory)) : null),
  context: (r, b) => el("div.context", {}, b.elements.map((e) => (e.type === "image" ? picture(e) : el("span", {}, r.words.object(e))))),
  actions: (r, b) => el("div.actions", {}, b.elements.map((e) => r.element(b, e))),
  context_actions: (r, b) => el("div.actions.small", {}, b.elements.map((e) => r.element(b, e))),
  image: (r, b) => el("figure", {}, b.title ? el("figcaption", {}, r.words.plain(b.title)) : null, picture(b)),
  rich_text: (r, b) => el("div.text", {}, r.words.rich(b)),
  markdown: (r, b) => el("div.text.markdown", {}, b.text),
  table, data_table: table,
  data_visualization: (r, b) => chart(b),
  video: (r, b) => el("figure", {}, el("figcaption", {}, r.words.plain(b.title)), picture(b)),
  input: (r, b) => {
    const id = `in-${b.block_id}-${b.element.action_id}`.replace(/[^\w-]/g, "_");
    const error = r.errors[b.block_id];
    const node = input(r.words, b.element, r.value(b, b.element), { id, label: r.words.plain(b.label), described: `${id}-note`, invalid: Boolean(error) });
    const hears = () => { r.use(b, b.element, node.entered(), node, b.dispatch_action ? "dispatch" : "keep"); };
    node.addEventListener("change", hears);
    node.addEventListener("input", () => r.use(b, b.element, node.entered(), node, "keep"));
    return el("div.input", {},
      el("label", { for: id }, r.words.plain(b.label), b.optional ? el("span.optional", {}, "(选填)") : null), node,
      el("div.note", { id: `${id}-note` }, error ? el("p.error", { dataset: { testid: "input-error" } }, `⚠ ${error}`) : null,
        b.hint ? el("p.hint", {}, r.words.plain(b.hint)) : null));
  },
};
