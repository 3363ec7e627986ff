// Slack's mrkdwn and rich text as DOM. https://docs.slack.dev/messaging/formatting-message-text
import { el, safeAddress } from "./dom.js";

const EMOJI = {
  white_check_mark: "✅",
  heavy_check_mark: "✔️",
  x: "❌",
  warning: "⚠️",
  information_source: "ℹ️",
  tada: "🎉",
  thumbsup: "👍",
  "+1": "👍",
  thumbsdown: "👎",
  "-1": "👎",
  eyes: "👀",
  hourglass_flowing_sand: "⏳",
  calendar: "📆",
  chart_with_upwards_trend: "📈",
  chart_with_downwards_trend: "📉",
  bar_chart: "📊",
  memo: "📝",
  bell: "🔔",
  lock: "🔒",
  bulb: "💡",
  moneybag: "💰",
  rocket: "🚀",
  star: "⭐",
  fire: "🔥",
  pray: "🙏",
  wave: "👋",
  smile: "😄",
  mag: "🔍",
  large_green_circle: "🟢",
  large_yellow_circle: "🟡",
  red_circle: "🔴",
  white_circle: "⚪",
  black_circle: "⚫",
  question: "❓",
  exclamation: "❗",
  point_right: "👉",
  books: "📚",
  page_facing_up: "📄",
  arrow_up: "⬆️",
  arrow_down: "⬇️",
};
// A mark counts only at a word's edge; Chinese characters are word characters to Slack too.
const EDGE = "(?<![\\p{L}\\p{N}])",
  END = "(?![\\p{L}\\p{N}])";
const INLINE = new RegExp(
  "`([^`\\n]+)`|<([^<>\\n]+)>|" +
    ["\\*", "_", "~"].map((m) => `${EDGE}${m}(?! )([^\\n]*?[^ \\n])${m}${END}`).join("|") +
    "|:([a-z0-9_+\\-]+):",
  "gu",
);

export const decode = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
export const emoji = (name) => EMOJI[name];

const BROADCAST = new Set(["channel", "here", "everyone"]);
const DATE_PARTS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_pretty: { month: "long", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  date_short_pretty: { month: "short", day: "numeric" },
  date_long_pretty: { weekday: "long", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

export class Words {
  // names: {user(id), channel(id), zone, app}
  constructor(names) {
    this.names = names;
  }

  mrkdwn(text) {
    const out = [];
    text.split(/```\n?([\s\S]*?)```/).forEach((part, i) => {
      if (i % 2) out.push(el("pre", {}, decode(part)));
      else if (part) out.push(...this.lines(part));
    });
    return out;
  }

  lines(text) {
    const out = [];
    let quote = null;
    text.split("\n").forEach((line, i, all) => {
      const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
      if (quoted) {
        if (!quote) out.push((quote = el("blockquote")));
        else quote.append(el("br"));
        quote.append(...this.inline(quoted[1]));
      } else {
        quote = null;
        out.push(...this.inline(line));
        if (i < all.length - 1) out.push(el("br"));
      }
    });
    return out;
  }

  inline(text) {
    const out = [];
    let end = 0;
    for (const m of text.matchAll(INLINE)) {
      const [whole, code, control, bold, italic, strike, sign] = m;
      if (sign !== undefined && !EMOJI[sign]) continue;
      out.push(decode(text.slice(end, m.index)));
      end = m.index + whole.length;
      if (code !== undefined) out.push(el("code", {}, decode(code)));
      else if (control !== undefined) out.push(this.control(control));
      else if (bold !== undefined) out.push(el("strong", {}, ...this.inline(bold)));
      else if (italic !== undefined) out.push(el("em", {}, ...this.inline(italic)));
      else if (strike !== undefined) out.push(el("s", {}, ...this.inline(strike)));
      else out.push(EMOJI[sign]);
    }
    out.push(decode(text.slice(end)));
    return out;
  }

  control(body) {
    const [code, label] = [body.split("|", 1)[0], body.includes("|") ? body.slice(body.indexOf("|") + 1) : ""];
    if (code.startsWith("@")) return this.user(code.slice(1));
    if (code.startsWith("#")) return this.channel(code.slice(1), decode(label));
    if (code.startsWith("!date^")) return this.date(code.split("^"), decode(label));
    if (code.startsWith("!")) return this.broadcast(code.slice(1), label);
    return this.link(decode(code), decode(label));
  }

  user(id) {
    return el(`span.mention${id === this.names.me() ? ".me" : ""}`, {}, `@${this.names.user(id)}`);
  }
  channel(id, label) {
    return el("span.mention", {}, `#${this.names.channel(id) || label || id}`);
  }
  broadcast(range, label) {
    return BROADCAST.has(range) ? el("span.mention.me", {}, `@${range}`) : document.createTextNode(decode(label || `<!${range}>`));
  }
  link(url, label) {
    const href = safeAddress(url);
    const words = label || url.replace(/^mailto:/, "");
    return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, words) : document.createTextNode(words);
  }
  date([, seconds, form = "{date}"], fallback) {
    const at = new Date(Number(seconds) * 1000);
    if (Number.isNaN(at.getTime())) return document.createTextNode(fallback);
    const words = form.replace(/\{(\w+)\}/g, (whole, part) =>
      DATE_PARTS[part] ? at.toLocaleString("zh-CN", { ...DATE_PARTS[part], hour12: false, timeZone: this.names.zone() }) : whole,
    );
    return el("time", { dateTime: at.toISOString(), title: fallback }, words);
  }

  // A text object: {type: mrkdwn | plain_text, text}
  object(text) {
    if (!text) return [];
    if (text.type === "mrkdwn") return this.mrkdwn(text.text);
    const shown = decode(text.text).replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] || whole);
    return shown.split("\n").flatMap((line, i) => (i ? [el("br"), line] : [line]));
  }
  plain(text) {
    return text ? decode(text.text).replace(/:([a-z0-9_+-]+):/g, (w, name) => EMOJI[name] || w) : "";
  }

  rich(block) {
    return block.elements.map((e) => this.richPart(e));
  }

  richPart(part) {
    const inner = () => (part.elements || []).map((e) => this.richInline(e));
    if (part.type === "rich_text_list") {
      const list = el(
        part.style === "ordered" ? "ol" : "ul",
        {},
        part.elements.map((item) => el("li", {}, this.richPart(item))),
      );
      if (part.style === "ordered" && part.offset) list.start = part.offset + 1;
      if (part.indent) list.classList.add(`indent-${Math.min(part.indent, 4)}`);
      return list;
    }
    if (part.type === "rich_text_preformatted") return el("pre", {}, inner());
    if (part.type === "rich_text_quote") return el("blockquote", {}, inner());
    return el("span.rich", {}, inner());
  }

  richInline(e) {
    let node = document.createTextNode("");
    if (e.type === "text")
      node = el(
        "span",
        {},
        e.text.split("\n").flatMap((line, i) => (i ? [el("br"), line] : [line])),
      );
    else if (e.type === "link") node = this.link(e.url, e.text || "");
    else if (e.type === "user") node = this.user(e.user_id);
    else if (e.type === "channel") node = this.channel(e.channel_id, "");
    else if (e.type === "emoji") node = el("span", {}, EMOJI[e.name] || `:${e.name}:`);
    else if (e.type === "broadcast") node = this.broadcast(e.range, "");
    else if (e.type === "date") node = this.date(["", e.timestamp, e.format], e.fallback || "");
    for (const [style, tag] of [
      ["bold", "strong"],
      ["italic", "em"],
      ["strike", "s"],
      ["code", "code"],
    ]) {
      if (e.style && e.style[style]) node = el(tag, {}, node);
    }
    return node;
  }
}
