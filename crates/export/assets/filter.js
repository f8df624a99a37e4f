"use strict";

// Filters the matrix. The filters are in the address, so that a filtered matrix can be shared.
{
  const form = document.getElementById("filter_form");
  const table = document.getElementById("matrix");
  const shown = document.getElementById("shown");
  const columns = [...table.tHead.rows[1].cells].slice(1).map((cell) => cell.dataset.slug);
  const rows = [...table.tBodies[0].rows];
  const everything = shown.textContent;
  const sure = { "": 0, l: 1, m: 2, h: 3 };

  const fields = (name) => [...form.elements].filter((element) => element.name === name);

  // The form as the query of an address, without what is empty.
  function query() {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value !== "") asked.append(name, value);
    }
    return asked;
  }

  function restore() {
    const asked = new URLSearchParams(location.search);
    for (const element of form.elements) {
      if (!element.name) continue;
      const values = asked.getAll(element.name);
      if (element.type === "checkbox") element.checked = values.includes(element.value);
      else element.value = values.at(-1) ?? "";
    }
  }

  function apply() {
    const asked = query();
    const needs = asked.getAll("need").map((slug) => columns.indexOf(slug)).filter((at) => at >= 0);
    const inUnion = fields("eu").filter((box) => box.checked).map((box) => Number(box.dataset.column));
    const open = asked.has("open");
    const confidence = sure[asked.get("confidence") ?? ""] ?? 0;
    const since = asked.get("since") ?? "";
    const text = (asked.get("q") ?? "").toLowerCase();
    const read = asked.has("read");
    const discounts = open || read || confidence > 0 || since !== "";

    const isYes = (cell) => cell.classList.contains("yes_public") || cell.classList.contains("yes_sales_gated");
    const counts = (cell) =>
      !(open && cell.dataset.g !== undefined) &&
      !(read && cell.dataset.u !== undefined) &&
      sure[cell.dataset.c ?? ""] >= confidence &&
      (since === "" || (cell.dataset.v ?? "") >= since);
    const is = (row, name) => !asked.has(name) || row.dataset[name] === asked.get(name);

    let left = 0;
    for (const row of rows) {
      const cells = [...row.cells].slice(1);
      const counted = cells.map(counts);
      cells.forEach((cell, at) => cell.classList.toggle("discounted", discounts && !counted[at]));
      const fits =
        needs.every((at) => counted[at] && isYes(cells[at])) &&
        inUnion.every((at) => counted[at] && cells[at].dataset.eu !== undefined && isYes(cells[at])) &&
        (needs.length + inUnion.length > 0 || !discounts || counted.some((yes) => yes)) &&
        is(row, "developer") && is(row, "platform") && is(row, "category") &&
        row.cells[0].textContent.toLowerCase().includes(text);
      row.hidden = !fits;
      if (fits) left += 1;
    }
    shown.textContent = asked.size === 0 ? everything : `${left} of ${everything} fit`;
    // The other pages of a long matrix are filtered alike.
    for (const link of document.querySelectorAll(".pages a")) {
      link.search = asked.toString();
    }
  }

  function change() {
    const asked = query().toString();
    history.replaceState(null, "", (asked ? `?${asked}` : location.pathname) + location.hash);
    apply();
  }

  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(change));
  window.addEventListener("popstate", () => { restore(); apply(); });
  restore();
  apply();
  document.getElementById("filters").open = query().size > 0;
}
