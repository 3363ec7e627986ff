// An input for files in a form: each goes to the workspace at once and is handed to the app with the form.
import { el } from "./dom.js";

export function fileBox(words, element, raw, about) {
  const most = element.max_files ?? 10;
  let files = [raw].flat().filter(Boolean);
  const list = el("ul.chips", { "aria-label": "已选文件" });
  const pick = el("input", {
    id: about.id,
    type: "file",
    "aria-label": about.label,
    "aria-describedby": about.described,
    "aria-invalid": about.invalid ? "true" : undefined,
    multiple: most > 1,
    accept: (element.filetypes || []).map((t) => `.${t}`).join(",") || undefined,
    onchange: async (e) => {
      e.stopPropagation();
      await add([...pick.files]);
      pick.value = "";
    },
  });
  const node = el(
    "div.file-box",
    {
      ondragover: (e) => e.preventDefault(),
      ondrop: (e) => {
        e.preventDefault();
        e.stopPropagation();
        add([...e.dataTransfer.files]);
      },
    },
    list,
    pick,
  );
  const draw = () =>
    list.replaceChildren(
      ...files.map((f) =>
        el(
          "li",
          {},
          f.name,
          el("button", { type: "button", "aria-label": `去掉 ${f.name}`, onclick: () => keep(files.filter((one) => one !== f)) }, "×"),
        ),
      ),
    );
  const keep = (now) => {
    files = now;
    draw();
    node.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const add = async (chosen) => {
    for (const file of chosen.slice(0, most - files.length)) {
      const stored = await about.upload(file);
      if (stored) keep([...files, stored]);
    }
  };
  node.entered = () => files;
  draw();
  return node;
}
