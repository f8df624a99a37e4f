// Without scripts, and from a folder, the site still reads.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, open } from "./support/browser.js";
import { publish, serve } from "./support/publish.js";

let site, server, browser;
before(async () => {
  site = publish();
  server = await serve(site);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test("without JavaScript everything is there but what needs it, which says so", async () => {
  const { page, clean, close } = await open(browser, server.base, { javaScriptEnabled: false });
  await page.goto(`${server.base}index.html`);
  assert.ok(!(await page.isVisible("#filters")));
  assert.match(await page.textContent("main noscript"), /Filters need JavaScript/);
  const rows = await page.locator("#matrix tbody tr").count();
  assert.ok(rows > 30);
  const cell = page.locator("#matrix tbody td a").first();
  await cell.click();
  assert.match(page.url(), /offerings\/[a-z0-9-]+\/index\.html#[a-z0-9-]+$/);
  await page.goto(`${server.base}compare/index.html?o=azure-openai`);
  assert.match(await page.textContent("main noscript"), /needs JavaScript/);
  clean();
  await close();
});

test("from a folder, pages have their style and links work", async () => {
  const base = pathToFileURL(`${site}/`).href;
  const { page, clean, close } = await open(browser, base);
  await page.goto(`${base}index.html?need=hipaa-baa`);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector(".matrix thead th")).position), "static");
  assert.ok((await page.locator("#matrix tbody tr[hidden]").count()) > 0);
  await page.click("#matrix tbody tr:not([hidden]) th a");
  assert.ok((await page.textContent("h1")).length > 0);
  await page.click(".masthead a[href$='methodology/index.html']");
  assert.equal(await page.textContent("h1"), "Methodology");
  await page.goto(`${base}compare/index.html?o=azure-openai&o=openai-api`);
  assert.match(await page.textContent("#message"), /from a web server/);
  clean();
  await close();
});

test("on paper, tables are whole and controls are gone", async () => {
  const { page, close } = await open(browser, server.base);
  await page.emulateMedia({ media: "print" });
  await page.goto(`${server.base}index.html`);
  assert.ok(!(await page.isVisible("#filters")));
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".scroll")).maxHeight), "none");
  await close();
});
