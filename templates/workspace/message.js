// One message: who, when, what they wrote or the app showed, files, reactions, and the way to its thread.
import { Blocks } from "./blocks.js";
import { el } from "./dom.js";
import { front, nameOf, person } from "./front.js";
import { icon } from "./icons.js";
import { shownAddress } from "./picture.js";
import { reactions } from "./reactions.js";
import { tools } from "./tools.js";

const HUES = 8;

// log: the Log that it stands in.
export function drawMessage(log, m) {
  if (m.subtype === "tombstone") return el("div.message.gone", { dataset: { testid: "message", ts: m.ts } }, "这条消息已删除。");
  const app = Boolean(m.bot_id),
    name = app ? front.app.name : nameOf(m.user);
  const use = (block, element, value, node, how) =>
    how !== "typing" &&
    log.act(
      "press",
      { where: "message", channel: m.channel, ts: m.ts, action_id: element.action_id, block_id: block.block_id, value },
      node,
    );
  const suggest = (block, element, text) =>
    log.suggest({ where: "message", channel: m.channel, ts: m.ts, action_id: element.action_id, block_id: block.block_id, value: text });
  const blocks = new Blocks(log.words, use, { state: m.state || {}, suggest });
  const body = m.blocks ? blocksOf(log, m, blocks) : m.files && !m.text ? [] : [el("div.text", {}, log.words.mrkdwn(m.text || ""))];
  const node = el(
    "article.message",
    {
      "aria-label": `${name} ${log.time(m.ts)}`,
      dataset: { testid: "message", ts: m.ts, user: m.user, ephemeral: m.is_ephemeral ? "true" : undefined },
    },
    avatar(m.user, app),
    el(
      "div.content",
      {},
      el(
        "div.by",
        {},
        el("strong", {}, name),
        app ? el("span.badge", {}, "应用") : null,
        el("time", { title: m.ts }, log.time(m.ts)),
        m.is_ephemeral ? el("span.only", {}, "仅你可见") : null,
      ),
      body,
      (m.attachments || []).map((a) =>
        el(
          "div.attachment",
          {},
          a.blocks
            ? blocks.all(a.blocks)
            : el("div.text", {}, log.words.mrkdwn([a.pretext, a.title, a.text || a.fallback].filter(Boolean).join("\n"))),
        ),
      ),
      (m.files || []).map((f) => file(log, f)),
      m.edited ? el("span.edited", {}, "(已编辑)") : null,
      reactions(m, log.me(), (name, on, node) => log.act(on ? "react" : "unreact", { channel: m.channel, ts: m.ts, name }, node)),
      m.reply_count && !log.inThread
        ? el("button.replies", { type: "button", dataset: { testid: "replies" }, onclick: () => log.open(m.ts) }, `${m.reply_count} 条回复`)
        : null,
    ),
    tools(log, m),
  );
  if (m.follows) node.classList.add("follows");
  return node;
}

// A block that has not changed is the same node as before: a table stays sorted, a rating marked.
function blocksOf(log, m, renderer) {
  const key = `${m.is_ephemeral ? "e" : ""}${m.ts}`,
    before = log.kept.get(key) || new Map(),
    now = new Map();
  const nodes = m.blocks.map((block) => {
    const text = JSON.stringify([block, (m.state || {})[block.block_id]]),
      old = before.get(block.block_id);
    const node = old && old.text === text ? old.node : renderer.block(block);
    now.set(block.block_id, { text, node });
    return node;
  });
  log.kept.set(key, now);
  return nodes;
}

function file(log, f) {
  const address = `/page/files/${f.id}?as=${encodeURIComponent(log.me())}`;
  const link = el("a.file", { href: address, download: f.name, dataset: { testid: "file" } }, icon("clip"), f.title || f.name); // the title, as Slack shows it
  if (!/^image\/(png|jpeg|gif|webp)$/.test(f.mimetype || "")) return link;
  return el("figure", {}, el("img.image", { src: shownAddress(f.id, log.me()), alt: f.name, loading: "lazy" }), el("figcaption", {}, link));
}

function avatar(id, app) {
  let sum = 0;
  for (const c of id || "") sum = (sum * 31 + c.codePointAt(0)) % 997;
  const name = app ? front.app.name : person(id).real_name || "?";
  return el(`span.avatar.hue${sum % HUES}${app ? ".app" : ""}`, { "aria-hidden": "true" }, [...name][0]);
}
