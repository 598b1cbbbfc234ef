/** Bundles the unit tests and runs them in Node's own runner: `npm test`. */

import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const TESTS = dirname(fileURLToPath(import.meta.url));
const OUT = join(TESTS, "..", "..", ".cache", "page-tests");

rmSync(OUT, { recursive: true, force: true });
const names = readdirSync(TESTS).filter((name) => name.endsWith(".test.ts"));
buildSync({
  entryPoints: names.map((name) => join(TESTS, name)),
  outdir: OUT,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  outExtension: { ".js": ".mjs" },
  sourcemap: "inline",
});
const built = names.map((name) => join(OUT, name.replace(/\.ts$/, ".mjs")));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...built], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
