// On the reader's day, answers that are past their date say so; the pages themselves stay the same.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./support/browser.js";
import { publish, repository, scratch, serve } from "./support/publish.js";

let server, browser;
before(async () => {
  server = await serve(publish(path.join(repository, "tests/fixtures/base")));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a page as it looks on a day. All answers of the registry are due again on 2026-11-28. */
async function on(day, address, options) {
  const opened = await open(browser, server.base, options);
  await opened.page.clock.setFixedTime(new Date(`${day}T12:00:00`));
  await opened.page.goto(server.base + address);
  return opened;
}

test("the matrix marks a yes from the day after", async () => {
  for (const [day, marks] of [["2026-11-28", 0], ["2026-11-29", 11]]) {
    const { page, clean, close } = await on(day, "index.html");
    assert.equal(await page.locator("#matrix td b.check").count(), marks, day);
    const name = await page.locator("#matrix td.yes_public a").first().getAttribute("aria-label");
    const past = ", check first, was due again on 2026-11-28";
    assert.equal(name, `Acme Chat, GDPR DPA: yes, public, high${marks > 0 ? past : ""}`);
    clean();
    await close();
  }
});

test("an offering lists what is past its date", async () => {
  const address = "offerings/acme-chat/index.html";
  const before = await on("2026-11-28", address);
  assert.ok(!(await before.page.isVisible("#to_check")));
  assert.match(await before.page.textContent("#gdpr-dpa .due"), /^due again on 2026-11-28, 0 days left$/);
  before.clean();
  await before.close();

  const { page, clean, close } = await on("2026-11-29", address);
  assert.match(await page.textContent("#to_check"), /Yes, but check 4/);
  const points = await page.$$eval(".checks li:not([hidden])", (all) => all.map((one) => one.textContent.replaceAll(/\s+/g, " ").trim()));
  assert.equal(points[0], "GDPR DPA ● Yes, public was due again on 2026-11-28");
  const named = await page.$$eval(".about .named:not([hidden])", (all) => all.map((one) => one.textContent));
  assert.deepEqual(named, ["GDPR DPA", "No-training default", "Residency", "GPAI Code"]);
  assert.match(await page.textContent("#gdpr-dpa .due"), /^was due again on 2026-11-28, 1 day past$/);
  clean();
  await close();
});

test("questions and comparisons say so too", async () => {
  const question = await on("2026-11-29", "questions/gdpr-dpa/index.html");
  assert.ok(await question.page.isVisible("td.overdue .check"));
  assert.match(await question.page.textContent("#acme-chat .aside"), /\(was due again on 2026-11-28, 1 day past\)/);
  question.clean();
  await question.close();

  const compared = await on("2026-11-29", "compare/index.html?o=acme-chat,initech-host");
  await compared.page.waitForSelector(".comparison tbody tr");
  const due = await compared.page.$$eval(".comparison .due", (all) => all.map((one) => one.textContent));
  assert.ok(due.length > 0 && due.every((one) => one.startsWith("was due again on")), due.join());
  compared.clean();
  await compared.close();
});

test("a fact that ends an answer is named, with the days that are left", async () => {
  const data = path.join(scratch(), "data");
  fs.cpSync(path.join(repository, "tests/fixtures/base"), data, { recursive: true });
  const file = path.join(data, "offerings/acme-chat.toml");
  const facts = "[cells.soc2_type2.facts]\n";
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(facts, `${facts}report_date = 2025-08-10\n`));
  const site = await serve(publish(data));
  const read = async (day, options) => {
    const { page, clean, close } = await open(browser, site.base, options);
    await page.clock.setFixedTime(new Date(`${day}T12:00:00`));
    await page.goto(`${site.base}offerings/acme-chat/index.html`);
    const due = await page.textContent("#soc2-type-2 .due");
    await page.goto(`${site.base}index.html`);
    const name = await page.locator("#matrix td a[href$='acme-chat/index.html#soc2-type-2']").getAttribute("aria-label");
    clean();
    await close();
    return [due, name.replace(/^.*sales-gated, /, "")];
  };
  const fact = "due again on 2026-08-10 (fact: report date)";
  try {
    assert.deepEqual(await read("2026-08-09"), [`${fact}, 1 day left`, "high"]);
    assert.deepEqual(await read("2026-08-12"), [`was ${fact}, 2 days past`, "high, was due again on 2026-08-10"]);
    assert.deepEqual(await read("2026-08-12", { javaScriptEnabled: false }), [fact, "high"]);
  } finally {
    await site.close();
  }
});

test("without scripts, each answer says when it is due", async () => {
  const { page, close } = await open(browser, server.base, { javaScriptEnabled: false });
  await page.goto(`${server.base}offerings/acme-chat/index.html`);
  assert.equal(await page.textContent("#gdpr-dpa .due"), "due again on 2026-11-28");
  assert.ok(!(await page.isVisible("#to_check")));
  await close();
});

test("nothing moves when answers are marked", async () => {
  for (const address of ["index.html", "offerings/acme-chat/index.html", "questions/gdpr-dpa/index.html"]) {
    const { page, close } = await open(browser, server.base);
    await page.clock.setFixedTime(new Date("2027-03-01T12:00:00"));
    await page.addInitScript(() => {
      window.shifts = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(server.base + address, { waitUntil: "networkidle" });
    assert.equal(await page.evaluate(() => window.shifts), 0, address);
    await close();
  }
});
