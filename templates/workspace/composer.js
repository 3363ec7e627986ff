// The writing box: commands complete after /, people after @, Enter sends, Shift+Enter breaks the line.
import { drafts } from "./drafts.js";
import { el } from "./dom.js";
import { front, person } from "./front.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";

export class Composer {
  // send(text) → true when the text went; members(): ids that @ completes; attach(files), where files may be sent;
  // shortcut(one): runs a global shortcut of the app; editLast(): ↑ in an empty box
  constructor(parent, { testid, id, send, members, attach, shortcut, editLast }) {
    Object.assign(this, { send, members, editLast, choices: [], at: 0, draft: "" });
    this.text = el("textarea", {
      id,
      rows: 1,
      autocomplete: "off",
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": `${id}-list`,
      dataset: { testid },
      oninput: () => this.changed(),
      onkeydown: (e) => this.key(e),
      onblur: () => setTimeout(() => this.offer([]), 150),
    });
    this.list = el("ul.complete", { id: `${id}-list`, role: "listbox", "aria-label": "补全", hidden: true });
    this.hint = el("p.usage", { hidden: true });
    const button = el(
      "button.send",
      {
        type: "submit",
        "aria-label": "发送",
        title: "发送(Enter)",
        dataset: { testid: testid === "composer" ? "send" : `${testid}-send` },
      },
      "发送",
    );
    this.form = el(
      "form.composer",
      {
        onsubmit: (e) => {
          e.preventDefault();
          this.submit();
        },
      },
      this.list,
      this.hint,
      el("div.box", {}, attach ? this.chooser(attach) : null, shortcut ? this.shortcuts(shortcut) : null, this.text, button),
    );
    parent.replaceChildren(this.form);
  }

  chooser(attach) {
    const input = el("input", {
      type: "file",
      multiple: true,
      hidden: true,
      tabindex: -1,
      "aria-label": "选择文件",
      dataset: { testid: "file-input" },
      onchange: async () => {
        await attach([...input.files]);
        input.value = "";
      },
    });
    return el(
      "span.attach",
      {},
      input,
      el("button.icon", { type: "button", "aria-label": "发送文件", title: "发送文件", onclick: () => input.click() }, icon("clip", 18)),
    );
  }

  shortcuts(run) {
    const global = (front.shortcuts || []).filter((s) => s.kind === "global");
    return global.length
      ? menuButton("icon", { label: "快捷操作", mark: icon("bolt", 18), dataset: { testid: "shortcuts" } }, () =>
          global.map((s) => ({ words: s.name, note: s.description, go: () => run(s) })),
        )
      : null;
  }

  // Where the box now stands: its draft comes back.
  stand(key) {
    if (key === this.draft) return;
    this.draft = key;
    this.text.value = drafts.read(key);
    this.changed();
  }

  label(words, disabled, short = "") {
    this.text.setAttribute("aria-label", words);
    this.text.placeholder = short || words;
    this.text.disabled = disabled;
    this.form.querySelector(".send").disabled = disabled;
  }

  async submit() {
    const text = this.text.value.trim();
    if (!text) return;
    const { draft } = this;
    this.text.value = "";
    this.changed();
    this.text.focus();
    // Only what never left comes back into the box, and only when nothing else was typed since.
    if ((await this.send(text)) || drafts.read(draft)) return;
    drafts.write(draft, text);
    if (draft === this.draft) {
      this.text.value = text;
      this.changed();
    }
  }

  changed() {
    drafts.write(this.draft, this.text.value);
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 200)}px`;
    const before = this.text.value.slice(0, this.text.selectionStart);
    const command = before.match(/^(\/\S*)$/),
      mention = before.match(/(?:^|\s)@([^\s@]*)$/);
    if (command)
      this.offer(
        front.commands
          .filter((c) => c.command.startsWith(command[1]))
          .map((c) => ({ put: `${c.command} `, from: 0, name: `${c.command} ${c.hint}`.trim(), note: c.description })),
      );
    else if (mention) this.offer(this.people(mention[1], before.length - mention[1].length - 1));
    else this.offer([]);
    const used = front.commands.find((c) => this.text.value.startsWith(`${c.command} `));
    this.hint.hidden = !used;
    this.hint.textContent = used ? `${used.command} ${used.hint} — ${used.description}` : "";
  }

  // By name, handle or post; people of one name have their unit or handle behind it, and the workspace knows them by it.
  people(part, from) {
    const ids = [front.app.id, ...this.members().filter((id) => id !== front.app.id)];
    const found = ids.map(person).filter((p) => `${p.label} ${p.name} ${p.title}`.toLowerCase().includes(part.toLowerCase()));
    return found.slice(0, 8).map((p) => ({
      put: `@${p.label} `,
      from,
      name: `@${p.label}`,
      note: p.id === front.app.id ? "应用" : [p.title, p.group].filter(Boolean).join(" · "),
    }));
  }

  offer(choices) {
    this.choices = choices;
    this.at = 0;
    this.list.hidden = !choices.length;
    this.text.setAttribute("aria-expanded", String(Boolean(choices.length)));
    this.list.replaceChildren(
      ...choices.map((c, i) =>
        el(
          "li",
          {
            id: `${this.list.id}-${i}`,
            role: "option",
            onmousedown: (e) => {
              e.preventDefault();
              this.take(i);
            },
          },
          el("strong", {}, c.name),
          el("span", {}, c.note),
        ),
      ),
    );
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === this.at)));
    if (this.choices.length) {
      this.text.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
      this.list.children[this.at].scrollIntoView({ block: "nearest" });
    } else this.text.removeAttribute("aria-activedescendant");
  }

  take(i) {
    const { put, from } = this.choices[i],
      caret = this.text.selectionStart;
    this.text.value = this.text.value.slice(0, from) + put + this.text.value.slice(caret);
    this.text.selectionStart = this.text.selectionEnd = from + put.length;
    this.text.focus();
    this.changed();
  }

  key(e) {
    if (e.isComposing) return; // Enter ends the choice of a Chinese word; it does not send
    const open = this.choices.length;
    if (open && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      e.preventDefault();
      this.at = (this.at + (e.key === "ArrowDown" ? 1 : open - 1)) % open;
      this.mark();
    } else if (
      open &&
      (e.key === "Tab" || (e.key === "Enter" && !e.shiftKey && this.choices[this.at].put.trim() !== this.text.value.trim()))
    ) {
      e.preventDefault();
      this.take(this.at);
    } else if (open && e.key === "Escape") {
      e.preventDefault();
      this.offer([]);
    } else if (e.key === "ArrowUp" && !this.text.value && this.editLast) {
      e.preventDefault();
      this.editLast();
    } else if (e.key === "Enter" && !e.shiftKey) {
      e.preventDefault();
      this.offer([]);
      this.submit();
    }
  }
}
