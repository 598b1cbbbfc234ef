/**
 * Bundles the page: `npm run build` writes the built files into `geo/`, `npm run watch` does so
 * whenever a source changes, and `npm run check-build` fails where the committed files are not
 * what the sources give.
 */

import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const PAGE = join(ROOT, "page");
const DOCUMENT_OUT = join(ROOT, "geo", "document", "page");
const COMPONENTS_OUT = join(ROOT, "geo", "dashboard", "components");

/** What the bundle holds of others: their licences go wherever it goes. */
const BUNDLED = ["leaflet", "rbush", "quickselect"];
const LICENCES = (await Promise.all(BUNDLED.map(licenceOf))).join("\n");

const common = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  write: false,
  logLevel: "warning",
};

/** What the document carries, by the name of its file. */
const documentFiles = {
  ...common,
  entryPoints: {
    opening: join(PAGE, "basemap", "opening.ts"),
    worker: join(PAGE, "basemap", "worker.ts"),
    app: join(PAGE, "app", "main.ts"),
    page: join(PAGE, "styles", "index.css"),
  },
  outdir: DOCUMENT_OUT,
  format: "iife",
  // Leaflet's module, of which esbuild leaves out more than of its script.
  alias: { leaflet: "leaflet/dist/leaflet-src.esm.js" },
  plugins: [{ name: "no pictures", setup: leaveOutPictures }],
};

/** Leaflet's style sheet names pictures of controls that the page does not have. */
function leaveOutPictures({ onResolve, onLoad }) {
  onResolve({ filter: /\.png$/ }, ({ path }) => ({ path, namespace: "picture" }));
  onLoad({ filter: /.*/, namespace: "picture" }, () => ({ contents: "", loader: "dataurl" }));
}

/** The dashboard's components, which Streamlit loads as modules. */
const componentFiles = {
  ...common,
  entryPoints: {
    map_frame: join(PAGE, "dashboard", "map_frame.ts"),
  },
  outdir: COMPONENTS_OUT,
  format: "esm",
  // Streamlit takes a text of one line for the name of a file.
  minify: false,
};

/** The built files by their paths. */
async function bundle() {
  const results = await Promise.all([documentFiles, componentFiles].map((options) => esbuild.build(options)));
  const files = new Map(
    results.flatMap(({ outputFiles }) => outputFiles.map(({ path, text }) => [path, text])),
  );
  const app = join(DOCUMENT_OUT, "app.js");
  files.set(
    app,
    `${LICENCES}
${files.get(app)}`,
  );
  // Indentation is for who writes it: each document carries the page.
  const page = await readFile(join(PAGE, "page.html"), "utf8");
  files.set(join(DOCUMENT_OUT, "page.html"), page.replace(/^ +/gm, ""));
  return files;
}

/** Write what has changed, each file whole: the running app may be reading. */
async function build() {
  const files = await bundle();
  for (const folder of [DOCUMENT_OUT, COMPONENTS_OUT]) {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder))
      if (!files.has(join(folder, name))) await rm(join(folder, name));
  }
  for (const [path, text] of files) {
    if ((await readText(path)) === text) continue;
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  }
}

/** The name and version of a package with its licence, as a comment. */
async function licenceOf(name) {
  const folder = join(ROOT, "node_modules", name);
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return `/*! ${name} ${version}\n${(await readFile(join(folder, "LICENSE"), "utf8")).trim()}\n*/`;
}

/** The text of a file; null where there is none. */
function readText(path) {
  return readFile(path, "utf8").catch(() => null);
}

async function check() {
  const stale = [];
  for (const [path, text] of await bundle()) {
    if ((await readText(path)) !== text) stale.push(relative(ROOT, path));
  }
  if (!stale.length) return;
  console.error(
    `Not what the sources in page/ give: ${stale.join(", ")}. Run npm run build and commit the result.`,
  );
  process.exitCode = 1;
}

async function watch() {
  const rebuild = {
    name: "rebuild",
    setup: ({ onEnd }) => onEnd(({ errors }) => (errors.length ? null : build())),
  };
  for (const options of [documentFiles, componentFiles]) {
    const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), rebuild] });
    await context.watch();
  }
  console.error("Watching page/: each change is built, and the running app shows it.");
}

const tasks = { build, check, watch };
const task = tasks[process.argv[2] ?? "build"];
if (task) await task();
else throw new Error(`No such task; there are ${Object.keys(tasks).join(", ")}.`);
