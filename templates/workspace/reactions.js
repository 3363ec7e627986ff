// Reactions below a message, each a switch, and the palette to add one.
import { el } from "./dom.js";
import { nameOf } from "./front.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { emoji } from "./mrkdwn.js";

const OFFERED = ["+1", "-1", "white_check_mark", "eyes", "tada", "pray", "question", "bulb"];
const WORDS = {
  "+1": "赞",
  "-1": "踩",
  white_check_mark: "完成",
  eyes: "在看",
  tada: "庆祝",
  pray: "感谢",
  question: "疑问",
  bulb: "想法",
};
const shown = (name) => emoji(name) || `:${name}:`;

// react(name, on, node): add or take back
export function reactions(m, me, react) {
  if (!m.reactions || !m.reactions.length) return null;
  return el(
    "div.reactions",
    {},
    m.reactions.map((r) => {
      const mine = (r.users || []).includes(me),
        who = (r.users || []).map(nameOf).join("、");
      return el(
        "button.reaction",
        {
          type: "button",
          "aria-pressed": String(mine),
          "aria-label": `${WORDS[r.name] || r.name},${r.count} 人:${who}`,
          title: who,
          dataset: { testid: "reaction", name: r.name },
          onclick: (e) => react(r.name, !mine, e.currentTarget),
        },
        `${shown(r.name)} ${r.count}`,
      );
    }),
  );
}

export function palette(react) {
  return menuButton("tool", { label: "添加表情回应", mark: icon("face"), dataset: { testid: "react" } }, () =>
    OFFERED.map((name) => ({ words: `${shown(name)} ${WORDS[name]}`, dataset: { name }, go: (node) => react(name, node) })),
  );
}
