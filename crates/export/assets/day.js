"use strict";

// Says on the reader's own day which answers are past their date, and how many days the others have left. The
// pages themselves say when each is due again, so that they stay the same from day to day.
{
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;

  const after = (day, days) => {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + days);
    return Number.isNaN(date.getTime()) ? "9999-12-31" : date.toISOString().slice(0, 10);
  };

  const left = (day) => {
    const days = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
    const number = `${Math.abs(days)} ${Math.abs(days) === 1 ? "day" : "days"}`;
    return Number.isNaN(days) ? "" : `, ${number} ${days < 0 ? "past" : "left"}`;
  };

  // Answers in full: "due again on" becomes "was due again on", and a clean yes is to be checked.
  function answers() {
    for (const place of document.querySelectorAll("[data-due] > .left:empty")) {
      const words = left(place.parentElement.dataset.due);
      if (words) place.textContent = words;
    }
    for (const one of document.querySelectorAll("[data-due]")) {
      if (one.dataset.due >= today) continue;
      one.removeAttribute("data-due");
      one.hidden = false;
      one.classList.add("overdue");
      const when = one.querySelector(".when");
      if (when) when.textContent = "was due again on";
    }
    for (const part of document.querySelectorAll("[data-to-check]")) {
      const shown = part.querySelectorAll("li:not([hidden]), .named:not([hidden])").length;
      const count = part.querySelector(".count");
      part.hidden = shown === 0;
      if (count && count.textContent !== String(shown)) count.textContent = String(shown);
    }
  }

  // The matrix, where an answer that ends with a fact states its day: the mark of a yes to check, and the day for those who hear the page.
  function matrix() {
    const heads = document.querySelector("#matrix thead tr:last-child");
    if (!heads) return;
    for (const cell of document.querySelectorAll("#matrix tbody td[data-v]:not(.overdue)")) {
      const { days } = heads.cells[cell.cellIndex].dataset;
      const link = cell.querySelector("a");
      const due = cell.dataset.e ?? after(cell.dataset.v, Number(days ?? NaN));
      if (due >= today || !link) continue;
      cell.classList.add("overdue");
      const name = [link.getAttribute("aria-label")];
      if (cell.classList.contains("yes_public") && !cell.querySelector(".check")) {
        const mark = document.createElement("b");
        mark.className = "check";
        mark.textContent = "!";
        link.append(" ", mark);
        name.push("check first");
      }
      link.setAttribute("aria-label", [...name, `was due again on ${due}`].join(", "));
    }
  }

  // While the page is read, and when another script adds answers: before they are painted.
  new MutationObserver(() => {
    answers();
    matrix();
  }).observe(document.documentElement, { childList: true, subtree: true });
}
