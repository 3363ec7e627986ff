// A data_visualization block as an SVG with the same figures in a table below it.
import { el, svg } from "./dom.js";

const WIDTH = 480,
  HEIGHT = 180,
  LEFT = 8,
  BOTTOM = 22,
  TOP = 18;

export function chart(block) {
  const data = block.chart || {};
  const labels = data.type === "pie" ? (data.segments || []).map((s) => s.label) : (data.axis_config || {}).categories || [];
  const series = data.type === "pie" ? [{ name: "", data: data.segments || [] }] : data.series || [];
  const at = (one, label) => {
    const point = one.data.find((p) => p.label === label);
    return point ? Number(point.value) : 0;
  };
  const drawn = (DRAWN[data.type] || bars)(labels, series, at);
  const table = el(
    "table",
    {},
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, (data.axis_config || {}).x_label || ""),
        series.map((s) => el("th.number", { scope: "col" }, s.name || "数值")),
      ),
    ),
    el(
      "tbody",
      {},
      labels.map((label) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, label),
          series.map((s) => el("td.number", {}, at(s, label).toLocaleString("zh-CN"))),
        ),
      ),
    ),
  );
  const keys = data.type === "pie" ? labels : series.length > 1 ? series.map((s) => s.name) : [];
  const legend = keys.length
    ? el(
        "p.legend",
        {},
        keys.map((name, i) => el("span", {}, el(`i.s${i % 6}`, { "aria-hidden": "true" }), name)),
      )
    : null;
  return el(
    "figure.chart",
    {},
    el("figcaption", {}, block.title),
    drawn,
    legend,
    el(
      "details",
      {},
      el("summary", {}, "数据"),
      el("div.table", { tabindex: "0", role: "region", "aria-label": `${block.title}:数据` }, table),
    ),
  );
}

function scale(labels, series, at) {
  const all = series.flatMap((s) => labels.map((l) => at(s, l)));
  const top = Math.max(0, ...all),
    low = Math.min(0, ...all),
    span = top - low || 1;
  return (v) => TOP + (HEIGHT - BOTTOM - TOP) * (1 - (v - low) / span);
}

// The line from which the figures rise, and each figure where there is room for it.
function ground(y) {
  return svg("line", { x1: LEFT, x2: WIDTH, y1: y(0), y2: y(0), class: "ground" });
}

function figures(labels, series, at, y) {
  if (series.length > 1 || labels.length > 12) return [];
  const step = (WIDTH - LEFT) / Math.max(1, labels.length);
  return labels.map((label, i) => {
    const value = at(series[0], label),
      text = svg("text", { x: LEFT + step * (i + 0.5), y: Math.max(11, y(Math.max(value, 0)) - 5), "text-anchor": "middle" });
    text.textContent = value.toLocaleString("zh-CN");
    return text;
  });
}

const frame = (...children) => svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "plot", "aria-hidden": "true" }, ...children);

function named(labels) {
  const step = (WIDTH - LEFT) / Math.max(1, labels.length);
  return labels.map((label, i) => {
    const text = svg("text", { x: LEFT + step * (i + 0.5), y: HEIGHT - 6, "text-anchor": "middle" });
    text.textContent = label;
    return text;
  });
}

function bars(labels, series, at) {
  const y = scale(labels, series, at),
    step = (WIDTH - LEFT) / Math.max(1, labels.length);
  const width = Math.min(44, (step * 0.7) / Math.max(1, series.length));
  const made = labels.flatMap((label, i) =>
    series.map((s, k) => {
      const value = at(s, label),
        x = LEFT + step * (i + 0.5) + (k - series.length / 2) * width;
      return svg("rect", {
        x,
        width: width * 0.9,
        rx: 3,
        y: Math.min(y(value), y(0)),
        height: Math.max(1, Math.abs(y(value) - y(0))),
        class: `s${k % 6}`,
      });
    }),
  );
  return frame(ground(y), ...made, ...figures(labels, series, at, y), ...named(labels));
}

function lines(labels, series, at) {
  const y = scale(labels, series, at),
    step = (WIDTH - LEFT) / Math.max(1, labels.length);
  const made = series.map((s, k) =>
    svg("polyline", { class: `l${k % 6}`, points: labels.map((label, i) => `${LEFT + step * (i + 0.5)},${y(at(s, label))}`).join(" ") }),
  );
  const dots = series.flatMap((s, k) =>
    labels.map((label, i) => svg("circle", { cx: LEFT + step * (i + 0.5), cy: y(at(s, label)), r: 3.5, class: `s${k % 6}` })),
  );
  return frame(ground(y), ...made, ...dots, ...figures(labels, series, at, y), ...named(labels));
}

function pie(labels, series, at) {
  const parts = labels.map((label) => Math.max(0, at(series[0], label))),
    sum = parts.reduce((a, b) => a + b, 0) || 1;
  const r = (HEIGHT - BOTTOM) / 2,
    cx = WIDTH / 2,
    cy = HEIGHT / 2;
  const point = (part) => `${cx + r * Math.sin(2 * Math.PI * part)} ${cy - r * Math.cos(2 * Math.PI * part)}`;
  let begun = 0;
  const slices = parts.map((part, i) => {
    const from = begun / sum,
      to = (begun += part) / sum;
    if (to - from > 0.9999) return svg("circle", { cx, cy, r, class: `s${i % 6}` });
    return svg("path", { d: `M${cx} ${cy}L${point(from)}A${r} ${r} 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)}Z`, class: `s${i % 6}` });
  });
  return frame(...slices);
}

const DRAWN = { line: lines, area: lines, pie };
