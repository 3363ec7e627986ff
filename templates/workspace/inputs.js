// Inputs of Block Kit. Each node has entered(): what the person put in, as the server's `view_state.entry` reads it.
import { Chooser, among } from "./chooser.js";
import { secondsOf, wallTime } from "./clocktime.js";
import { el } from "./dom.js";
import { fileBox } from "./filebox.js";
import { conversations, people } from "./front.js";
import { richBox } from "./rich.js";

const LINES = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "text" };
// Where view.state keeps what was entered, and where an element's first value stands.
const KEPT = {
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  rich_text_input: ["rich_text_value", "initial_value"],
  file_input: ["files", ""],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  users_select: ["selected_user", "initial_user"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  multi_users_select: ["selected_users", "initial_users"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  multi_channels_select: ["selected_channels", "initial_channels"],
};

export const isInput = (element) => element.type in KEPT;

// What stands in it before anybody touches it: entered earlier, else its first value.
export function rawOf(element, state) {
  const [kept, first] = KEPT[element.type];
  return (state ? state[kept] : element[first]) ?? null;
}

// raw: as rawOf gives it, or as entered() gave it. about: {id, label, described, invalid, suggest(words), upload(file), zone}
export function input(words, element, raw, about) {
  const node = maker(element)(words, element, raw, about);
  node.dataset.actionId = element.action_id;
  return node;
}

function maker(element) {
  if (element.type in LINES) return line;
  if (element.type.startsWith("multi_") || element.type === "external_select") return chooser;
  return (
    {
      datepicker: picker,
      timepicker: picker,
      datetimepicker: moment,
      radio_buttons: choices,
      checkboxes: choices,
      rich_text_input: rich,
      file_input: fileBox,
    }[element.type] || select
  );
}

const common = (about) => ({
  id: about.id,
  "aria-label": about.label,
  "aria-describedby": about.described,
  "aria-invalid": about.invalid ? "true" : undefined,
});
const valueOf = (option) => (option && typeof option === "object" ? option.value : option);

function line(words, element, raw, about) {
  const options = {
    ...common(about),
    placeholder: words.plain(element.placeholder),
    maxlength: element.max_length,
    autocomplete: "off",
    inputmode: element.type === "number_input" ? "decimal" : undefined,
  };
  const node = element.multiline ? el("textarea", { ...options, rows: 4 }) : el("input", { ...options, type: LINES[element.type] });
  node.value = raw ?? "";
  node.entered = () => node.value;
  return node;
}

function picker(words, element, raw, about) {
  const date = element.type === "datepicker"; // with a latest day the year has four digits, and typing goes on to the month
  const node = el("input", { ...common(about), type: date ? "date" : "time", max: date ? "9999-12-31" : undefined });
  node.value = raw ?? "";
  node.entered = () => node.value || null;
  return node;
}

function moment(words, element, raw, about) {
  const node = el("input", { ...common(about), type: "datetime-local", max: "9999-12-31T23:59" });
  node.value = raw ? wallTime(raw, about.zone) : "";
  node.entered = () => secondsOf(node.value, about.zone);
  return node;
}

function rich(words, element, raw, about) {
  return richBox(words, common(about), raw, words.plain(element.placeholder));
}

function groupsOf(words, element) {
  if (element.type.endsWith("users_select"))
    return [{ options: people.filter((p) => !p.deleted).map((p) => ({ value: p.id, words: p.label, note: p.title })) }];
  if (/(conversations|channels)_select$/.test(element.type))
    return [{ options: conversations(element.type.endsWith("channels_select") ? { include: ["public"] } : element.filter) }];
  const plain = (list) => list.map((o) => ({ value: o.value, words: words.plain(o.text), note: words.plain(o.description) }));
  const groups = (element.option_groups || []).map((g) => ({ label: words.plain(g.label), options: plain(g.options) }));
  return element.options ? [{ options: plain(element.options) }, ...groups] : groups;
}

function select(words, element, raw, about) {
  const node = el("select", common(about), el("option", { value: "" }, words.plain(element.placeholder) || "请选择"));
  for (const group of groupsOf(words, element)) {
    const made = group.options.map((o) => el("option", { value: o.value }, o.words));
    if (group.label) node.append(el("optgroup", { label: group.label }, made));
    else node.append(...made);
  }
  node.value = valueOf(raw) ?? "";
  node.entered = () => node.value || null;
  return node;
}

function chooser(words, element, raw, about) {
  const outside = element.type.endsWith("external_select"),
    groups = outside ? [] : groupsOf(words, element);
  const named = (o) => ({ value: o.value, words: words.plain(o.text), option: o });
  const known = new Map(groups.flatMap((g) => g.options).map((o) => [o.value, o]));
  const kept = [raw]
    .flat()
    .filter(Boolean)
    .map((r) => known.get(valueOf(r)) || (r.text ? named(r) : { value: valueOf(r), words: String(valueOf(r)) }));
  const find = async (typed) =>
    typed.length < (element.min_query_length ?? 3)
      ? [{ options: [] }]
      : (await about.suggest(typed)).map((g) => ({ label: words.plain(g.label), options: g.options.map(named) }));
  const box = new Chooser(
    {
      attributes: common(about),
      placeholder: words.plain(element.placeholder) || (outside ? "输入几个字查找" : "请选择"),
      many: element.type.startsWith("multi_"),
      most: element.max_selected_items,
    },
    kept,
    outside ? find : among(groups),
  );
  // What the app looked up is not among the element's options, so it is told whole.
  if (outside) {
    const told = box.node.picked;
    box.node.entered = () => {
      const p = told();
      return Array.isArray(p) ? p.map((o) => o.option) : p && p.option;
    };
  }
  return box.node;
}

function choices(words, element, raw, about) {
  const many = element.type === "checkboxes",
    kept = [raw].flat().map(valueOf);
  const name = `${about.id || element.action_id}-group`;
  const node = el(
    "div.choices",
    { ...common(about), role: many ? "group" : "radiogroup", "aria-invalid": undefined },
    element.options.map((o) =>
      el(
        "label.choice",
        {},
        Object.assign(el("input", { type: many ? "checkbox" : "radio", name, value: o.value }), { checked: kept.includes(o.value) }),
        el("span", {}, words.object(o.text), o.description ? el("small", {}, words.object(o.description)) : null),
      ),
    ),
  );
  node.entered = () => {
    const on = [...node.querySelectorAll("input:checked")].map((i) => i.value);
    return many ? on : on[0] || null;
  };
  return node;
}
