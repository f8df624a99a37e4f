"use strict";

// Sets offerings side by side: takes their answers from their pages and puts them in one table.
{
  const picker = document.getElementById("picker");
  const message = document.getElementById("message");
  const place = document.getElementById("comparison");
  const onlyDifferences = document.getElementById("only_differences");
  const known = new Map([...picker.elements].filter((one) => one.name === "o").map((box) => [box.value, box]));
  // Both `o=a&o=b` and `o=a,b`.
  const asked = new URLSearchParams(location.search).getAll("o").flatMap((ids) => ids.split(","));
  const wanted = [...new Set(asked.map((id) => id.trim()).filter((id) => id !== ""))];
  const most = 12;

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // The address of an offering's page, which only known ids have.
  const address = (id) => new URL(known.get(id).closest("li").querySelector("a").href);

  async function answers(id) {
    const url = address(id);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    // Links on that page count from it, and here they would count from this one.
    for (const link of page.querySelectorAll("a[href]")) {
      link.href = new URL(link.getAttribute("href"), url).href;
    }
    return { id, url, name: page.querySelector("h1").textContent, page };
  }

  // What is compared besides the grade: the terms and the facts, as they are shown, but not how sure and
  // how old the reading is.
  const essence = (answer) =>
    answer && [
      answer.dataset.grade,
      ...[...answer.querySelectorAll(":scope > .terms > div:not(.reading), :scope > .facts > div")].map((one) => one.textContent),
    ].join("\n");

  function cell(answer, column) {
    const made = element("td");
    if (!answer) {
      made.textContent = "No answer";
      return made;
    }
    for (const part of answer.children) {
      if (part.tagName === "HEADER") {
        made.append(document.importNode(part.querySelector(".grade"), true));
      } else if (!part.classList.contains("actions")) {
        made.append(document.importNode(part, true));
      }
    }
    const full = element("a", "Full answer", { href: `${column.url.href}#${answer.id}` });
    const last = element("p", "", { class: "actions" });
    last.append(full);
    made.append(last);
    return made;
  }

  function table(columns) {
    const made = element("table", "", { class: "comparison" });
    const head = made.createTHead().insertRow();
    head.append(element("th", "Question", { scope: "col" }));
    for (const column of columns) {
      const th = element("th", "", { scope: "col" });
      th.append(element("a", column.name, { href: column.url.href }));
      head.append(th);
    }
    const body = made.createTBody();
    for (const first of columns[0].page.querySelectorAll("main article.answer")) {
      const slug = first.id;
      const row = body.insertRow();
      const name = element("th", "", { scope: "row" });
      name.append(document.importNode(first.querySelector("h3 a"), true));
      row.append(name);
      const found = columns.map((column) => column.page.getElementById(slug));
      const differs = new Set(found.map(essence)).size > 1;
      name.classList.toggle("differs", differs);
      row.dataset.differs = differs;
      found.forEach((answer, at) => row.append(cell(answer, columns[at])));
    }
    return made;
  }

  function sift() {
    for (const row of place.querySelectorAll("tbody tr")) {
      row.hidden = onlyDifferences.checked && row.dataset.differs === "false";
    }
  }

  async function show() {
    for (const id of wanted) if (known.has(id)) known.get(id).checked = true;
    const ids = wanted.filter((id) => known.has(id));
    const unknown = wanted.length - ids.length;
    if (ids.length === 0) {
      message.textContent =
        unknown > 0 ? "None of these offerings is in the registry." : "No offering is chosen: tick two or more, then press Compare.";
      return;
    }
    if (location.protocol === "file:") {
      message.textContent = "Opened from a folder, pages may not read each other: open this site from a web server to compare.";
      return;
    }
    message.textContent = "Fetching the answers …";
    try {
      const columns = await Promise.all(ids.slice(0, most).map(answers));
      place.replaceChildren(table(columns));
      sift();
      const notes = [];
      if (ids.length > most) notes.push(`Only the first ${most} are shown.`);
      if (unknown > 0) notes.push(`${unknown} of the wanted offerings ${unknown === 1 ? "is" : "are"} not in the registry.`);
      message.textContent = notes.join(" ");
      document.title = `${columns.map((column) => column.name).join(" and ")} · ${document.title}`;
    } catch (error) {
      message.textContent = `The answers could not be fetched: ${error.message}`;
    }
  }

  onlyDifferences.addEventListener("change", sift);
  show();
}
