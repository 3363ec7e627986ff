// Images, and videos as what this page makes of them: a link. Nothing of another site runs in the page.
import { el, safeAddress } from "./dom.js";

// An image of the workspace or of the web; its description where it cannot be shown.
export function picture(image, as) {
  const words = image.alt_text || "图片";
  const address = image.slack_file ? fileAddress(image.slack_file, as) : /^https?:/i.test(image.image_url || "") ? image.image_url : null;
  const instead = () => el("span.picture", { role: "img", "aria-label": words }, `图:${words}`);
  if (!address) return instead();
  const node = el("img.image", { src: address, alt: words, loading: "lazy", referrerpolicy: "no-referrer" });
  node.addEventListener("error", () => node.replaceWith(instead()));
  return node;
}

export const shownAddress = (id, as) => `/page/files/${encodeURIComponent(id)}?as=${encodeURIComponent(as)}&show=1`;

function fileAddress(file, as) {
  const id = file.id || ((file.url || "").match(/-(F\w+)\//) || [])[1];
  return id ? shownAddress(id, as) : null;
}

// A player would be another site's page inside this one, so there is a link instead.
export function video(words, block) {
  const to = safeAddress(block.title_url || "") || safeAddress(block.video_url || "");
  const title = words.plain(block.title);
  return el(
    "figure.video",
    {},
    el("figcaption", {}, to ? el("a", { href: to, target: "_blank", rel: "noopener noreferrer" }, `▶ ${title}`) : `▶ ${title}`),
    block.description ? el("p", {}, words.plain(block.description)) : null,
    el("p.hint", {}, [block.author_name, block.provider_name].filter(Boolean).concat("本地工作区不播放视频,可在新窗口打开。").join(" · ")),
  );
}
