// Marks drawn rather than emoji: not every machine has a font with them.
import { svg } from "./dom.js";

const PATHS = {
  lock: "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  clip: "M12.5 7.5l-5 5a3 3 0 0 1-4.2-4.2l5.6-5.6a2 2 0 0 1 2.8 2.8l-5.4 5.4a1 1 0 0 1-1.4-1.4l4.8-4.8",
  face: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.5 9.5a3 3 0 0 0 5 0M6 6.4v.2M10 6.4v.2",
  more: "M8 3.4v.2M8 7.9v.2M8 12.4v.2",
  bolt: "M9 1.5L3.5 9H8l-1 5.5L12.5 7H8z",
  up: "M5 7.5v6H2.5v-6zM5 8l2.6-5.5c1.3 0 1.9.8 1.7 2L9 6.5h3.4c.9 0 1.4.7 1.2 1.5l-1.1 4.4c-.2.7-.7 1.1-1.4 1.1H5",
  down: "M5 8.5v-6H2.5v6zM5 8l2.6 5.5c1.3 0 1.9-.8 1.7-2L9 9.5h3.4c.9 0 1.4-.7 1.200-1.5l-1.1-4.4c-.2-.7-.7-1.1-1.4-1.1H5",
  trash: "M3 4.5h10M6.5 4.5V2.5h3v2M4.5 4.5l.5 9h6l.5-9",
  back: "M10 3L5 8l5 5",
  cross: "M4 4l8 8M12 4l-8 8",
  bullets: "M6.5 4h7M6.5 8h7M6.5 12h7M3 4h.2M3 8h.2M3 12h.2",
  numbers: "M7 4h6.5M7 8h6.5M7 12h6.5M2.5 3.2L3.6 2.5v3M2.4 9.7c.2-1 1.7-1 1.7 0 0 .8-1.7 1.4-1.7 2.3h1.9",
  reply: "M6.5 3.5L2.5 7.5l4 4M2.5 7.5h6a5 5 0 0 1 5 5",
};

export const icon = (name, size = 16) =>
  svg(
    "svg",
    { viewBox: "0 0 16 16", width: size, height: size, class: `icon-${name}`, "aria-hidden": "true" },
    svg("path", {
      d: PATHS[name],
      fill: "none",
      stroke: "currentColor",
      "stroke-width": name === "more" ? 2.4 : 1.4,
      "stroke-linejoin": "round",
      "stroke-linecap": "round",
    }),
  );
