// Builds the front end from pinned npm packages into build/; does nothing while its inputs are unchanged.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const assets = join(root, "assets");
const packages = join(root, "node_modules");
const build = join(root, "build");
const served = join(build, "static");
const stamp = join(build, "stamp");

// One full file a weight: WeasyPrint garbles text set in fonts split by script.
const weights = ["Regular", "SemiBold", "Bold", "Italic"];

// The pages of the site, and a report that leaves it as a file.
const sheets = ["app", "paper"];

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const file of [join(root, "package-lock.json"), ...filesIn(assets)]) {
    hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function isFresh(inputs) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === inputs;
}

// Sass and d3 are read only when there is something to build: a second start takes no time.
async function buildStyles() {
  const { compile } = await import("sass");
  const options = { loadPaths: [packages], style: "compressed", quietDeps: true };
  for (const name of sheets) {
    writeFileSync(join(served, `${name}.css`), compile(join(assets, "styles", `${name}.scss`), options).css);
  }
}

async function buildMap() {
  const { europe } = await import("./europe.mjs");
  const world = JSON.parse(readFileSync(join(packages, "world-atlas", "countries-50m.json"), "utf8"));
  writeFileSync(join(build, "europe.json"), JSON.stringify(europe(world)));
}

function copyScripts() {
  const components = join(packages, "govuk-frontend", "dist", "govuk");
  cpSync(join(components, "govuk-frontend.min.js"), join(served, "govuk-frontend.min.js"));
  for (const file of filesIn(join(assets, "scripts")).filter((name) => name.endsWith(".js"))) {
    cpSync(file, join(served, file.slice(join(assets, "scripts").length)));
  }
  stampImports(join(served, "app.js"));
}

// Browsers keep what is served for good, so a module names the content of those it imports.
function stampImports(file) {
  const stamped = readFileSync(file, "utf8").replace(/from "\.\/([\w.-]+)"/g, (_, name) => {
    const content = createHash("sha256").update(readFileSync(join(served, name))).digest("hex");
    return `from "./${name}?v=${content.slice(0, 12)}"`;
  });
  writeFileSync(file, stamped);
}

function copyFonts() {
  for (const weight of weights) {
    cpSync(join(packages, "inter-ui", "web", `Inter-${weight}.woff2`), join(served, `Inter-${weight}.woff2`));
  }
  cpSync(join(packages, "inter-ui", "LICENSE.txt"), join(served, "Inter-LICENSE.txt"));
}

function copyImages() {
  for (const file of filesIn(join(assets, "images"))) {
    cpSync(file, join(served, file.slice(join(assets, "images").length)));
  }
}

async function buildAll() {
  console.error("Building the front end ...");
  rmSync(stamp, { force: true });
  mkdirSync(served, { recursive: true });
  copyScripts();
  copyFonts();
  copyImages();
  await Promise.all([buildStyles(), buildMap()]);
}

try {
  const inputs = fingerprint();
  if (!isFresh(inputs)) {
    await buildAll();
    writeFileSync(stamp, inputs);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
