// F6 and Shift+F6.
import { byId } from "./dom.js";

// F6 goes round the parts of the page, as in Slack.
export function goRound(back) {
  const parts = [byId("who"), byId("home").hidden ? byId("log") : byId("home"), byId("text"), byId("thread-log"), byId("reply")].filter(
    (node) => node.offsetParent,
  );
  const at = parts.findIndex(
    (node) =>
      node === document.activeElement ||
      (node.closest("#side, .log, .home") && node.closest("#side, .log, .home").contains(document.activeElement)),
  );
  const to = parts[(at + (back ? parts.length - 1 : 1)) % parts.length];
  if (to) to.focus();
}
