/* Dragging a card over a column chooses that stage in the card's own form and asks there for the reason. Without this
   file, or with keys and fingers, the form does the same. */
(() => {
  "use strict";
  let dragged = null;
  const over = (column) => document.querySelectorAll(".board-column").forEach((each) => each.toggleAttribute("data-over", each === column));
  const columnOf = (event) => dragged && event.target.closest?.(".board-column");

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".card[draggable]") || null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.card);
  });
  document.addEventListener("dragover", (event) => {
    const column = columnOf(event);
    if (!column) return;
    event.preventDefault();
    over(column);
  });
  document.addEventListener("drop", (event) => {
    const column = columnOf(event);
    if (!column) return;
    event.preventDefault();
    const select = dragged.querySelector("select[name=stage]");
    if (!select || column === dragged.closest(".board-column")) return;
    select.value = column.dataset.stage;
    dragged.querySelector("details").open = true;
    dragged.querySelector("input[name=why]").focus();
  });
  // The form that moved a card went with the old board; the focus goes to the card in its new column.
  document.addEventListener("htmx:afterSettle", (event) => {
    const moved = event.detail.requestConfig?.elt?.closest?.(".card");
    const lost = document.activeElement === document.body || !document.activeElement;
    if (moved && lost) document.getElementById(moved.id)?.querySelector("summary").focus();
  });
  document.addEventListener("dragend", () => { dragged = null; over(null); });
})();
