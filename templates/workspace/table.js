// Tables: `table` as it stands; `data_table` with columns that sort, rows by the page, and a column of row names.
import { el } from "./dom.js";

function cell(r, value) {
  if (value.type === "rich_text") return r.words.rich(value);
  if (value.type === "raw_number") return [value.text || String(value.value)];
  if (value.type === "button") return [r.button({ block_id: "" }, value)];
  return [value.text || ""];
}

const wordsOf = (value) => {
  if (value.type === "raw_number") return Number(value.value);
  return (
    value.text ??
    (value.elements || [])
      .flatMap((s) => s.elements || [])
      .map((e) => e.text || "")
      .join("")
  );
};

// Numbers by size and before words, words as a dictionary has them.
function compare(a, b) {
  const [x, y] = [wordsOf(a), wordsOf(b)];
  if (typeof x === "number" && typeof y === "number") return x - y;
  if (typeof x !== typeof y) return typeof x === "number" ? -1 : 1;
  return x.localeCompare(y, "zh-CN");
}

export function table(r, block) {
  const [head, ...rows] = block.rows,
    data = block.type === "data_table";
  const state = { rows, all: !data, column: -1, down: false };
  const settings = block.column_settings || [];
  const number = head.map(
    (_, i) =>
      (settings[i] && settings[i].align === "right") || (rows.length > 0 && rows.every((row) => row[i] && row[i].type === "raw_number")),
  );
  const at = (i) => (number[i] ? ".number" : settings[i] && settings[i].align === "center" ? ".center" : "");
  const named = data ? block.row_header_column_index || 0 : -1;
  const size = data ? block.page_size || 5 : rows.length;
  const body = el("tbody");
  const draw = () =>
    body.replaceChildren(
      ...(state.all ? state.rows : state.rows.slice(0, size)).map((row) =>
        el(
          "tr",
          {},
          row.map((c, i) => (i === named ? el(`th${at(i)}`, { scope: "row" }, cell(r, c)) : el(`td${at(i)}`, {}, cell(r, c)))),
        ),
      ),
    );
  const heads = head.map((c, i) => el(`th${at(i)}`, { scope: "col" }, data ? sorter(r, c, () => sort(i)) : cell(r, c)));
  const sort = (i) => {
    state.down = state.column === i && !state.down;
    state.column = i;
    state.rows = rows.toSorted((a, b) => compare(a[i], b[i]) * (state.down ? -1 : 1));
    heads.forEach((th, k) => {
      if (k === i) th.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
    draw();
  };
  draw();
  const more =
    rows.length > size
      ? el(
          "button.link",
          {
            type: "button",
            onclick: () => {
              state.all = true;
              draw();
              more.remove();
            },
          },
          `显示全部 ${rows.length} 行`,
        )
      : null;
  return el(
    "div.table",
    { tabindex: "0", role: "region", "aria-label": block.caption || "表格" },
    el("table", {}, block.caption ? el("caption", {}, block.caption) : null, el("thead", {}, el("tr", {}, heads)), body),
    more,
  );
}

const sorter = (r, c, sort) =>
  el("button.sort", { type: "button", title: "排序", onclick: sort }, cell(r, c), el("span.way", { "aria-hidden": "true" }));
