// Builds what the browser loads: node assets/_build.cjs ASSETS OUT, run by `./dev build`.
//
// Every .scss and .js file under assets/ whose name does not begin with an underscore is an entry,
// served under its bare name whatever its folder; the others are parts of entries.
//
// What INLINED names is not served: it is written into the respondent's document, so style, scripts
// and their hashes go into one file that the templates and the policy read.
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const esbuild = require("esbuild");
const { PurgeCSS } = require("purgecss");
const sass = require("sass");
const { minify } = require("terser");

// The oldest browsers that may meet syntax which only a minifier wrote.
const TARGET = ["chrome87", "firefox78", "safari14.1"];

// The oldest browsers that get the card; older ones get the plain form.
const OLDEST = ["chrome69", "safari12"];
const INLINED = ["answer.css", "answer.js", "kind.js"];
// Names that only the answer page's script knows, and nothing that it keeps or the page reads.
const OWN_NAMES =
  /^(code|first|sheet|view|canSave|saved|pause|pending|retrying|movedAt|movedAlone|touchedAt|words|items|sections|address|live|mark|stem|stale)$/;

const SMALLEST = {
  ecma: 2017,
  toplevel: true,
  compress: {
    passes: 4,
    hoist_funs: true,
    pure_getters: true,
    unsafe_arrows: true,
    unsafe_comps: true,
  },
};

function entries(assets, extension) {
  const found = fs
    .readdirSync(assets, { recursive: true })
    .filter((file) => file.endsWith(extension) && !path.basename(file).startsWith("_"));
  const names = found.map((file) => path.basename(file));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new Error(`Two entries would both be served as ${twice}.`);
  return found.sort().map((file) => path.join(assets, file));
}

/** Compiles a style, without the classes of NHS.UK frontend that `used` does not name. */
async function buildStyle(file, modules, used) {
  const { css } = sass.compile(file, { loadPaths: [modules], quietDeps: true });
  const [{ css: kept }] = await new PurgeCSS().purge({
    content: [{ raw: used.join(" "), extension: "txt" }],
    css: [{ raw: css }],
    defaultExtractor: (text) => text.split(" "),
    safelist: [/^(?!nhsuk-)/],
  });
  const target = INLINED.includes(`${path.basename(file, ".scss")}.css`) ? OLDEST : TARGET;
  return esbuild.transformSync(kept, { loader: "css", minify: true, target }).code;
}

/** Copies each picture of nhsuk-frontend that a style names to where the style will look for it. */
function copyPictures(css, modules, out) {
  const pictures = path.join(modules, "nhsuk-frontend/dist/nhsuk/assets/images");
  for (const [, address] of css.matchAll(/url\(['"]?([^'")]+)/g)) {
    const picture = path.join(pictures, path.basename(address));
    if (/^(\/|data:)/.test(address) || !fs.existsSync(picture)) continue;
    fs.mkdirSync(path.dirname(path.join(out, address)), { recursive: true });
    fs.copyFileSync(picture, path.join(out, address));
  }
}

async function build(assets, out) {
  const modules = process.env.NODE_PATH; // where npm installed what is required above
  const used = JSON.parse(fs.readFileSync(path.join(assets, "nhs_classes.json"), "utf8"));
  fs.mkdirSync(out, { recursive: true });
  for (const file of entries(assets, ".scss")) {
    const css = await buildStyle(file, modules, used);
    fs.writeFileSync(path.join(out, `${path.basename(file, ".scss")}.css`), css);
    copyPictures(css, modules, out);
  }
  const isInlined = (file) => INLINED.includes(path.basename(file));
  const scripts = entries(assets, ".js");
  bundle(
    scripts.filter((file) => !isInlined(file)),
    out,
    { format: "esm", target: TARGET },
  );
  bundle(scripts.filter(isInlined), out, {
    format: "iife",
    charset: "utf8",
    target: "es2017",
    minify: false,
    minifySyntax: true,
    mangleProps: OWN_NAMES,
  });
  await inline(out);
}

function bundle(entryPoints, outdir, options) {
  esbuild.buildSync({
    entryPoints,
    entryNames: "[name]",
    outdir,
    bundle: true,
    minify: true,
    logLevel: "error",
    ...options,
  });
}

/** Puts the inlined files and their hashes into inlined.json, in the place of themselves. */
async function inline(out) {
  const inlined = {};
  for (const name of INLINED) {
    const built = fs.readFileSync(path.join(out, name), "utf8").trim();
    // Terser puts what is called once where it is called, which esbuild does not.
    const text = name.endsWith(".js") ? (await minify(built, SMALLEST)).code : built;
    if (/<\/(script|style)/i.test(text)) throw new Error(`${name} would end its own element.`);
    const hash = crypto.createHash("sha256").update(text).digest("base64");
    inlined[name] = { text, hash: `sha256-${hash}` };
    fs.rmSync(path.join(out, name));
  }
  fs.writeFileSync(path.join(out, "inlined.json"), JSON.stringify(inlined));
}

build(path.resolve(process.argv[2]), path.resolve(process.argv[3]));
