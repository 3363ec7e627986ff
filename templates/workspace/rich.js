// A box for rich text: what a person formats in it as Slack's rich_text block, and back.
import { el } from "./dom.js";
import { icon } from "./icons.js";

const MARKS = [
  ["bold", "B", "粗体"],
  ["italic", "I", "斜体"],
  ["strikeThrough", "S", "删除线"],
  ["insertUnorderedList", icon("bullets"), "项目列表"],
  ["insertOrderedList", icon("numbers"), "编号列表"],
];
const STYLES = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", CODE: "code" };

export function richBox(words, attributes, block, placeholder) {
  const area = el(
    "div.area",
    { ...attributes, role: "textbox", "aria-multiline": "true", contentEditable: "true", dataset: { placeholder } },
    block ? words.rich(block) : [],
  );
  // The browser keeps the undo list and the caret; pasted text comes without its looks.
  const format = (command) => {
    area.focus();
    document.execCommand(command);
  };
  area.addEventListener("paste", (e) => {
    e.preventDefault();
    document.execCommand("insertText", false, e.clipboardData.getData("text/plain"));
  });
  area.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && !e.isComposing) e.stopPropagation();
  });
  const bar = el(
    "div.bar",
    { role: "toolbar", "aria-label": "格式" },
    MARKS.map(([command, mark, label]) =>
      el(
        `button.${command}`,
        {
          type: "button",
          "aria-label": label,
          title: label,
          onmousedown: (e) => e.preventDefault(),
          onclick: () => format(command),
        },
        typeof mark === "string" ? mark : mark.cloneNode(true),
      ),
    ),
  );
  const node = el("div.rich-box", {}, bar, area);
  node.entered = () => read(area);
  return node;
}

// The block, or null for an empty box. Lines belong to one section; a list is a part of its own.
function read(area) {
  const parts = [];
  let line = null;
  const section = () => {
    if (!line) parts.push((line = { type: "rich_text_section", elements: [] }));
    return line.elements;
  };
  const list = (node) => {
    line = null;
    const items = [...node.children].map((item) => ({ type: "rich_text_section", elements: pieces(item, {}) }));
    parts.push({
      type: "rich_text_list",
      style: node.tagName === "OL" ? "ordered" : "bullet",
      elements: items.filter((i) => i.elements.length),
    });
  };
  const walk = (nodes, style) => {
    for (const node of nodes) {
      if (node.tagName === "UL" || node.tagName === "OL") list(node);
      else if (node.tagName === "DIV" || node.tagName === "P") {
        if (line) section().push({ type: "text", text: "\n" });
        walk(node.childNodes, style);
      } else if (node.querySelector && node.querySelector("ul, ol")) walk(node.childNodes, styled(style, node));
      else section().push(...pieces({ childNodes: [node] }, style));
    }
  };
  walk(area.childNodes, {});
  const kept = parts.filter((p) => p.elements.length);
  return area.textContent.trim() ? { type: "rich_text", elements: kept } : null;
}

const styled = (style, node) => (STYLES[node.tagName] ? { ...style, [STYLES[node.tagName]]: true } : style);

function pieces(node, style) {
  return [...node.childNodes].flatMap((child) => {
    if (child.nodeType === Node.TEXT_NODE)
      return child.textContent ? [{ type: "text", text: child.textContent, ...(Object.keys(style).length ? { style } : {}) }] : [];
    if (child.tagName === "BR") return [{ type: "text", text: "\n" }];
    return pieces(child, styled(style, child));
  });
}
