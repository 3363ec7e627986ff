// The `markdown` block: headings, lists, quotes, code, tables and inline marks of standard Markdown, as DOM.
// https://docs.slack.dev/reference/block-kit/blocks/markdown-block
import { el, safeAddress } from "./dom.js";

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|~~([^~]+)~~|\*([^*\s][^*]*)\*|_([^_\s][^_]*)_|\[([^\]]+)\]\(([^)\s]+)\)/g;

function inline(text) {
  const out = [];
  let end = 0;
  for (const m of text.matchAll(INLINE)) {
    out.push(text.slice(end, m.index));
    end = m.index + m[0].length;
    const [, code, bold, strong, strike, em, italic, words, url] = m,
      href = url && safeAddress(url);
    if (code !== undefined) out.push(el("code", {}, code));
    else if (bold ?? strong) out.push(el("strong", {}, inline(bold ?? strong)));
    else if (strike) out.push(el("s", {}, inline(strike)));
    else if (em ?? italic) out.push(el("em", {}, inline(em ?? italic)));
    else out.push(href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, words) : m[0]);
  }
  return [...out, text.slice(end)];
}

const cells = (line) =>
  line
    .replace(/^\||\|\s*$/g, "")
    .split("|")
    .map((c) => c.trim());
const row = (tag, line) =>
  el(
    "tr",
    {},
    cells(line).map((c) => el(tag, tag === "th" ? { scope: "col" } : {}, inline(c))),
  );

// Each kind of part: whether a line begins or goes on with it, and what becomes of its lines.
const PARTS = [
  [/^#{1,6} /, (lines) => lines.map((l) => el("h3.header", {}, inline(l.replace(/^#+ /, ""))))],
  [
    /^\s*[-*+] /,
    (lines) => [
      el(
        "ul",
        {},
        lines.map((l) => el("li", {}, inline(l.replace(/^\s*[-*+] /, "")))),
      ),
    ],
  ],
  [
    /^\s*\d+[.)] /,
    (lines) => [
      el(
        "ol",
        {},
        lines.map((l) => el("li", {}, inline(l.replace(/^\s*\d+[.)] /, "")))),
      ),
    ],
  ],
  [
    /^> ?/,
    (lines) => [
      el(
        "blockquote",
        {},
        lines.flatMap((l, i) => [i ? el("br") : null, ...inline(l.replace(/^> ?/, ""))]),
      ),
    ],
  ],
  [
    /^\|/,
    (lines) => [
      el(
        "div.table",
        {},
        el(
          "table",
          {},
          el("thead", {}, row("th", lines[0])),
          el(
            "tbody",
            {},
            lines
              .slice(1)
              .filter((l) => !/^[|\s:-]+$/.test(l))
              .map((l) => row("td", l)),
          ),
        ),
      ),
    ],
  ],
  [/^(---|\*\*\*)\s*$/, () => [el("hr")]],
];

export function markdown(text) {
  const out = text
    .split(/^```[^\n]*\n([\s\S]*?)^```\s*$/m)
    .flatMap((part, i) => (i % 2 ? [el("pre", {}, part.replace(/\n$/, ""))] : plainParts(part)));
  return el("div.text.markdown", {}, out);
}

function plainParts(text) {
  const out = [];
  const lines = text.split("\n");
  while (lines.length) {
    const kind = PARTS.find(([begins]) => begins.test(lines[0])),
      taken = [lines.shift()];
    const goesOn = (line) => (kind ? kind[0].test(line) : line.trim() && !PARTS.some(([begins]) => begins.test(line)));
    if (!kind && !taken[0].trim()) continue;
    while (lines.length && goesOn(lines[0])) taken.push(lines.shift());
    out.push(
      ...(kind
        ? kind[1](taken)
        : [
            el(
              "p",
              {},
              taken.flatMap((l, i) => [i ? el("br") : null, ...inline(l)]),
            ),
          ]),
    );
  }
  return out;
}
