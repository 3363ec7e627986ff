// When an element acts: after it has asked, once what is typed is whole, and as its dispatch_action says.
import { dialog, el } from "./dom.js";

export async function confirmed(words, confirm) {
  if (!confirm) return true;
  return new Promise((resolve) => {
    let yes = false;
    const box = dialog(
      "confirm",
      () => resolve(yes),
      el("h2", {}, words.plain(confirm.title)),
      el("p", {}, words.object(confirm.text)),
      el(
        "div.row",
        {},
        el("button.button", { type: "button", onclick: () => box.close() }, words.plain(confirm.deny)),
        el(
          `button.button.${confirm.style || "primary"}`,
          {
            type: "button",
            dataset: { testid: "confirm" },
            onclick: () => {
              yes = true;
              box.close();
            },
          },
          words.plain(confirm.confirm),
        ),
      ),
    );
  });
}

// A date or time that is typed is whole only when the last part is: wait for a pause, or until the person goes on.
export function settled(node, then) {
  let waits = null;
  const now = () => {
    if (waits) {
      clearTimeout(waits);
      waits = null;
      then();
    }
  };
  node.addEventListener("change", () => {
    if (!/^(date|time)/.test(node.type || "")) {
      then();
      return;
    }
    clearTimeout(waits);
    waits = setTimeout(now, 800);
  });
  node.addEventListener("blur", now);
}

// An input with dispatch_action tells the app at once: a line of text on Enter or at each character, all others when they change.
// https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object
export function listen(r, b, node) {
  const text = /_input$/.test(b.element.type) && b.element.type !== "file_input";
  const on = b.dispatch_action ? (b.element.dispatch_action_config || {}).trigger_actions_on || ["on_enter_pressed"] : [];
  const told = (how) => r.use(b, b.element, node.entered(), node, how);
  node.addEventListener("input", () => told(text && on.includes("on_character_entered") ? "dispatch" : "typing"));
  settled(node, () => told(!text && b.dispatch_action ? "dispatch" : "entered"));
  node.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.isComposing || e.shiftKey || !text || !on.includes("on_enter_pressed")) return;
    e.preventDefault();
    told("dispatch");
  });
}
