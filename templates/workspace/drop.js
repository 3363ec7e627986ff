// Files dropped on the conversation go to it; while they are held above it, it says so.
export function takeDrops(node, attach) {
  const holds = (e) => e.dataTransfer && e.dataTransfer.types.includes("Files");
  node.addEventListener("dragover", (e) => {
    if (holds(e)) {
      e.preventDefault();
      node.classList.add("dropping");
    }
  });
  node.addEventListener("dragleave", (e) => {
    if (!node.contains(e.relatedTarget)) node.classList.remove("dropping");
  });
  node.addEventListener("drop", (e) => {
    node.classList.remove("dropping");
    if (!holds(e) || !e.dataTransfer.files.length) return;
    e.preventDefault();
    attach([...e.dataTransfer.files]);
  });
}
