// The matrix is filtered by what a buyer needs, and the address says how.

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

/** The ids of the offerings in sight. */
const shown = (page) =>
  page.$$eval("#matrix tbody tr:not([hidden]) input[name=o]", (boxes) => boxes.map((box) => box.value));

/** The offerings whose cells fit, found without the page's script. */
const expected = (page, fits) =>
  page.$$eval(
    "#matrix tbody tr",
    (rows, source) => {
      const fits = new Function(`return ${source}`)();
      const heads = [...document.querySelectorAll("#matrix thead tr:last-child th")].slice(1);
      const read = (row) =>
        Object.fromEntries(
          [...row.cells].slice(1).map((cell, at) => [
            heads[at].dataset.slug,
            { text: cell.textContent.trim(), ...cell.dataset },
          ]),
        );
      return rows.filter((row) => fits(read(row), row)).map((row) => row.querySelector("input").value);
    },
    fits.toString(),
  );

async function filtered(query, fits) {
  // The reference is computed in the page by the test, which the pages' policy would refuse.
  const { page, clean, close } = await open(browser, server.base, { bypassCSP: true });
  await page.goto(`${server.base}index.html?${query}`);
  const [found, wanted] = [await shown(page), await expected(page, fits)];
  assert.deepEqual(found, wanted, query);
  assert.ok(found.length > 0, `${query} finds something`);
  assert.ok(found.length < (await page.$$("#matrix tbody tr")).length, `${query} leaves something out`);
  clean();
  await close();
}

test("by need", async () => {
  await filtered("need=hipaa-baa", (cells) => /Yes|Sales-gated/.test(cells["hipaa-baa"].text));
  await filtered("need=zero-data-retention&need=hipaa-baa", (cells) =>
    ["zero-data-retention", "hipaa-baa"].every((slug) => /Yes|Sales-gated/.test(cells[slug].text)),
  );
});

test("by residency in the European Union", async () => {
  await filtered("eu=1", (cells) => {
    const cell = Object.values(cells).find((cell) => cell.eu !== undefined);
    return cell !== undefined && /Yes|Sales-gated/.test(cell.text);
  });
});

test("by what was read, and as of when", async () => {
  await filtered("need=gdpr-dpa&read=1", (cells) => /Yes|Sales-gated/.test(cells["gdpr-dpa"].text) && cells["gdpr-dpa"].u === undefined);
});

test("by sales gate, confidence and date", async () => {
  await filtered("need=hipaa-baa&open=1", (cells) => /Yes/.test(cells["hipaa-baa"].text) && cells["hipaa-baa"].g === undefined);
  await filtered("need=soc2-type-2&confidence=h", (cells) => /Yes|Sales-gated/.test(cells["soc2-type-2"].text) && cells["soc2-type-2"].c === "h");
  await filtered("need=zero-data-retention&since=2026-01-01", (cells) => /Yes|Sales-gated/.test(cells["zero-data-retention"].text) && (cells["zero-data-retention"].v ?? "") >= "2026-01-01");
});

test("by who sells it", async () => {
  await filtered("developer=openai", (cells, row) => row.dataset.developer === "openai");
  await filtered("platform=aws-bedrock", (cells, row) => row.dataset.platform === "aws-bedrock");
  await filtered("category=aggregator", (cells, row) => row.dataset.category === "aggregator");
  await filtered("q=azure", (cells, row) => row.cells[0].textContent.toLowerCase().includes("azure"));
});

test("the address follows the form, and brings it back", async () => {
  const { page, clean, close } = await open(browser, server.base);
  await page.goto(`${server.base}index.html`);
  const all = (await shown(page)).length;
  await page.click("#filters summary");
  await page.check("input[name=need][value=hipaa-baa]");
  await page.selectOption("select[name=confidence]", "h");
  const found = await shown(page);
  assert.ok(found.length < all);
  assert.match(page.url(), /\?need=hipaa-baa&confidence=h$/);
  assert.equal(await page.textContent("#shown"), `${found.length} of ${all} offerings fit`);

  const shared = await open(browser, server.base);
  await shared.page.goto(page.url());
  assert.deepEqual(await shown(shared.page), found);
  assert.ok(await shared.page.isChecked("input[name=need][value=hipaa-baa]"));
  assert.ok(await shared.page.isVisible("#filter_form"));
  await shared.close();

  await page.click("button[type=reset]");
  await page.waitForFunction((count) => document.querySelectorAll("#matrix tbody tr:not([hidden])").length === count, all);
  assert.doesNotMatch(page.url(), /\?/);
  clean();
  await close();
});

test("a strange address does no harm", async () => {
  const { page, clean, close } = await open(browser, server.base);
  await page.goto(`${server.base}index.html?need=%3Cscript%3E&eu=9&confidence=x&since=never&category=%22&__proto__=1`);
  await shown(page);
  clean();
  await close();
});
