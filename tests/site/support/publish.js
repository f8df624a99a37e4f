// Publishes registries with the real command, and serves what it wrote.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** The command. One that is built already may be named, to save the check whether it is fresh. */
export const command = process.env.XTASK ? [process.env.XTASK] : ["cargo", "xtask"];

/** A folder that is gone when the process ends. */
export function scratch() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "site-"));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Publishes a data folder; gives the folder of the site. */
export function publish(data = path.join(repository, "data")) {
  const out = scratch();
  const [program, ...first] = command;
  const args = [...first, "export", "site", "--data", data, "--out", out, "--today", "2026-11-01", "--quiet"];
  execFileSync(program, args, { cwd: repository, stdio: ["ignore", "inherit", "pipe"] });
  return out;
}

/** The HTML files of a site, by their paths in it. */
export function pages(site) {
  const all = fs.readdirSync(site, { recursive: true, encoding: "utf8" });
  return all.filter((file) => file.endsWith(".html")).map((file) => file.replaceAll(path.sep, "/")).sort();
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".csv": "text/csv",
};

/** Serves a site below a path of its own, as a project page of a code host does. */
export async function serve(site) {
  const prefix = "/some/prefix/";
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const name = pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : "404.html";
    const file = path.join(site, name.endsWith("/") || name === "" ? `${name}index.html` : name);
    fs.readFile(file, (error, bytes) => {
      const type = types[path.extname(file)] ?? "application/octet-stream";
      response.writeHead(error ? 404 : 200, { "content-type": type });
      response.end(bytes);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}${prefix}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
