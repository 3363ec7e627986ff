// Inputs of Block Kit. Each node has entered(): what the person put in, as the server's `view_state.entry` reads it.
import { el } from "./dom.js";
import { people } from "./front.js";

const LINES = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "text" };
const PICKERS = { datepicker: ["date", "initial_date", "selected_date"], timepicker: ["time", "initial_time", "selected_time"] };
const SELECTS = new Set(["static_select", "external_select", "users_select", "multi_static_select", "multi_users_select"]);

export const isInput = (e) => e.type in LINES || e.type in PICKERS || SELECTS.has(e.type) || e.type === "radio_buttons" || e.type === "checkboxes";

// state: what view.state holds for this element, or null. about: {id, label, described, invalid}
export function input(words, element, state, about) {
  const node = make(words, element, state || {}, about);
  node.dataset.actionId = element.action_id;
  return node;
}

function make(words, element, state, about) {
  if (element.type in LINES) return line(words, element, state, about);
  if (element.type in PICKERS) return picker(element, state, about);
  if (element.type === "radio_buttons" || element.type === "checkboxes") return choices(words, element, state, about);
  if (SELECTS.has(element.type)) return select(words, element, state, about);
  return Object.assign(el("p.unknown", {}, `(${element.type})`), { entered: () => null });
}

const common = (about) => ({ id: about.id, "aria-label": about.id ? undefined : about.label,
  "aria-describedby": about.described, "aria-invalid": about.invalid ? "true" : undefined });

function line(words, element, state, about) {
  const options = { ...common(about), placeholder: words.plain(element.placeholder), maxlength: element.max_length,
    autocomplete: "off", inputmode: element.type === "number_input" ? "decimal" : undefined };
  const node = element.multiline ? el("textarea", { ...options, rows: 4 }) : el("input", { ...options, type: LINES[element.type] });
  node.value = state.value ?? element.initial_value ?? "";
  node.entered = () => node.value;
  return node;
}

function picker(element, state, about) {
  const [type, initial, kept] = PICKERS[element.type];
  const node = el("input", { ...common(about), type });
  node.value = state[kept] ?? element[initial] ?? "";
  node.entered = () => node.value;
  return node;
}

function optionsOf(words, element) {
  if (element.type.endsWith("users_select")) {
    return [{ options: people.filter((p) => !p.bot && !p.deleted).map((p) => ({ value: p.id, words: p.real_name })) }];
  }
  const plain = (list) => list.map((o) => ({ value: o.value, words: words.plain(o.text) }));
  const groups = (element.option_groups || []).map((g) => ({ label: words.plain(g.label), options: plain(g.options) }));
  return element.options ? [{ options: plain(element.options) }, ...groups] : groups;
}

function select(words, element, state, about) {
  const many = element.type.startsWith("multi_");
  const kept = many ? (state.selected_options || element.initial_options || []).map((o) => o.value).concat(state.selected_users || element.initial_users || [])
    : [(state.selected_option || element.initial_option || {}).value || state.selected_user || element.initial_user || ""];
  const node = el("select", { ...common(about), multiple: many });
  if (!many) node.append(el("option", { value: "" }, words.plain(element.placeholder) || "请选择"));
  for (const group of optionsOf(words, element)) {
    const made = group.options.map((o) => Object.assign(el("option", { value: o.value }, o.words), { selected: kept.includes(o.value) }));
    if (group.label) node.append(el("optgroup", { label: group.label }, made)); else node.append(...made);
  }
  node.entered = () => (many ? [...node.selectedOptions].map((o) => o.value) : node.value || null);
  return node;
}

function choices(words, element, state, about) {
  const many = element.type === "checkboxes";
  const kept = many ? (state.selected_options || element.initial_options || []).map((o) => o.value) : [(state.selected_option || element.initial_option || {}).value];
  const name = `${about.id || element.action_id}-group`;
  const node = el("div.choices", { role: many ? "group" : "radiogroup", "aria-label": about.label, "aria-describedby": about.described, id: about.id },
    element.options.map((o) => el("label.choice", {},
      Object.assign(el("input", { type: many ? "checkbox" : "radio", name, value: o.value }), { checked: kept.includes(o.value) }),
      el("span", {}, words.object(o.text), o.description ? el("small", {}, words.plain(o.description)) : null))));
  node.entered = () => {
    const on = [...node.querySelectorAll("input:checked")].map((i) => i.value);
    return many ? on : on[0] || null;
  };
  return node;
}
