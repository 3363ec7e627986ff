// A data_visualization block as an SVG with the same figures in a table below it.
import { el, svg } from "./dom.js";

const WIDTH = 480, HEIGHT = 180, LEFT = 8, BOTTOM = 22;

export function chart(block) {
  const data = block.chart || {};
  const labels = data.type === "pie" ? (data.segments || []).map((s) => s.label) : (data.axis_config || {}).categories || [];
  const series = data.type === "pie" ? [{ name: "", data: data.segments || [] }] : data.series || [];
  const at = (one, label) => { const point = one.data.find((p) => p.label === label); return point ? Number(point.value) : 0; };
  const drawn = data.type === "line" || data.type === "area" ? lines(labels, series, at) : bars(labels, series, at);
  const table = el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, (data.axis_config || {}).x_label || ""), series.map((s) => el("th.number", { scope: "col" }, s.name || "数值")))),
    el("tbody", {}, labels.map((label) => el("tr", {}, el("th", { scope: "row" }, label), series.map((s) => el("td.number", {}, at(s, label).toLocaleString("zh-CN")))))));
  const legend = series.length > 1 ? el("p.legend", {}, series.map((s, i) => el("span", {}, el(`i.s${i % 6}`, { "aria-hidden": "true" }), s.name))) : null;
  return el("figure.chart", {}, el("figcaption", {}, block.title), drawn, legend,
    el("details", {}, el("summary", {}, "数据"), el("div.table", {}, table)));
}

function scale(labels, series, at) {
  const all = series.flatMap((s) => labels.map((l) => at(s, l)));
  const top = Math.max(0, ...all), low = Math.min(0, ...all), span = top - low || 1;
  return (v) => (HEIGHT - BOTTOM) * (1 - (v - low) / span);
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
  const y = scale(labels, series, at), step = (WIDTH - LEFT) / Math.max(1, labels.length);
  const width = Math.min(44, (step * 0.7) / Math.max(1, series.length));
  const made = labels.flatMap((label, i) => series.map((s, k) => {
    const value = at(s, label), x = LEFT + step * (i + 0.5) + (k - series.length / 2) * width;
    return svg("rect", { x, width: width * 0.9, rx: 3, y: Math.min(y(value), y(0)), height: Math.max(1, Math.abs(y(value) - y(0))), class: `s${k % 6}` });
  }));
  return frame(...made, ...named(labels));
}

function lines(labels, series, at) {
  const y = scale(labels, series, at), step = (WIDTH - LEFT) / Math.max(1, labels.length);
  const made = series.map((s, k) => svg("polyline", { class: `l${k % 6}`,
    points: labels.map((label, i) => `${LEFT + step * (i + 0.5)},${y(at(s, label))}`).join(" ") }));
  return frame(...made, ...named(labels));
}
