// Offerings are set side by side, by an address that can be shared.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./support/browser.js";
import { publish, serve } from "./support/publish.js";

let server, browser;
before(async () => {
  server = await serve(publish());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test("from the matrix, by ticking", async () => {
  const { page, clean, close } = await open(browser, server.base);
  await page.goto(`${server.base}index.html`);
  await page.check("input[value=openai-api]");
  await page.check("input[value=azure-openai]");
  await page.click("#compare_form button");
  await page.waitForSelector(".comparison tbody tr");
  assert.match(page.url(), /compare\/index\.html\?o=azure-openai&o=openai-api$/);
  clean();
  await close();
});

test("whole notes, and what differs set off", async () => {
  const { page, clean, close } = await open(browser, server.base);
  await page.goto(`${server.base}compare/index.html?o=openai-api&o=azure-openai`);
  await page.waitForSelector(".comparison tbody tr");
  const heads = await page.$$eval(".comparison thead th", (cells) => cells.map((cell) => cell.textContent));
  assert.deepEqual(heads, ["Question", "OpenAI API", "Azure OpenAI Service"]);
  const questions = await page.$$eval(".comparison tbody th", (cells) => cells.map((cell) => cell.textContent));
  assert.equal(questions.length, 11);

  const note = await page.textContent(".comparison tbody tr:first-child td:last-child");
  await page.goto(`${server.base}offerings/azure-openai/index.html`);
  for (const paragraph of await page.$$eval("#soc2-type-2 .note", (all) => all.map((one) => one.textContent))) {
    assert.ok(note.includes(paragraph), paragraph);
  }
  await page.goto(`${server.base}compare/index.html?o=openai-api&o=azure-openai`);
  await page.waitForSelector(".comparison tbody tr");
  const rows = await page.$$eval(".comparison tbody tr", (rows) =>
    rows.map((row) => ({ differs: row.dataset.differs, grades: [...row.querySelectorAll("td > .grade")].map((one) => one.textContent) })),
  );
  // One developer, so what is about it is one answer.
  assert.equal(rows.at(-2).differs, "false");
  for (const row of rows) {
    if (new Set(row.grades).size > 1) assert.equal(row.differs, "true");
  }
  await page.check("#only_differences");
  const left = await page.$$eval(".comparison tbody tr:not([hidden])", (rows) => rows.map((row) => row.dataset.differs));
  assert.ok(left.length > 0 && left.every((one) => one === "true"));
  clean();
  await close();
});

test("links of the compared answers lead where they led", async () => {
  const { page, close } = await open(browser, server.base);
  await page.goto(`${server.base}compare/index.html?o=azure-openai&o=claude-bedrock`);
  await page.waitForSelector(".comparison tbody tr");
  const links = await page.$$eval(".comparison a[href]", (all) => all.map((one) => one.href));
  const inside = [...new Set(links.filter((link) => link.startsWith(server.base)))];
  assert.ok(inside.length > 10);
  for (const link of inside) assert.equal((await page.request.get(link)).status(), 200, link);
  await close();
});

test("ids may be parted by commas, and without any the page says what to do", async () => {
  const { page, clean, close } = await open(browser, server.base);
  await page.goto(`${server.base}compare/index.html?o=openai-api,azure-openai`);
  await page.waitForSelector(".comparison tbody tr");
  const heads = await page.$$eval(".comparison thead th", (cells) => cells.map((cell) => cell.textContent));
  assert.deepEqual(heads, ["Question", "OpenAI API", "Azure OpenAI Service"]);
  assert.equal(await page.textContent("#message"), "");
  for (const query of ["", "?o=", "?o=,"]) {
    await page.goto(`${server.base}compare/index.html${query}`);
    assert.match(await page.textContent("#message"), /^No offering is chosen: tick two or more/);
  }
  clean();
  await close();
});

test("unknown and too many offerings are told", async () => {
  const { page, clean, close } = await open(browser, server.base);
  await page.goto(`${server.base}compare/index.html?o=nobody&o=..%2F..%2F&o=__proto__`);
  assert.equal(await page.textContent("#message"), "None of these offerings is in the registry.");
  await page.goto(`${server.base}compare/index.html`);
  const ids = await page.$$eval("#picker input[name=o]", (boxes) => boxes.map((box) => `o=${box.value}`));
  await page.goto(`${server.base}compare/index.html?${ids.slice(0, 14).join("&")}&o=nobody`);
  await page.waitForSelector(".comparison tbody tr");
  assert.equal((await page.$$(".comparison thead th")).length, 13);
  assert.match(await page.textContent("#message"), /Only the first 12 .* 1 of the wanted offerings is not/);
  clean();
  await close();
});
