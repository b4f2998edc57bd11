// Builds the front-end files from assets/{css,js,img} and the npm packages they import, into civtech/static/build/.
// Their names contain a content hash, so browsers can keep them for ever. manifest.json maps "css/main.css" to
// "main-X4T2….css".
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";

const assets = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(assets);
const target = path.join(root, "civtech/static/build");
const staging = `${target}.new`;

/** Only gov.uk may use GOV.UK's crown, crest and typeface: remove them and set our own typeface with a variable. */
const withoutGovukIdentity = {
  name: "without-govuk-identity",
  setup({ onLoad }) {
    onLoad({ filter: /govuk-frontend\.min\.css$/ }, async ({ path: file }) => {
      const contents = (await readFile(file, "utf8"))
        .replace(/\/\*![^*]*Margaret Calvert[^*]*\*\//g, "")
        .replace(/@font-face\{[^}]*GDS Transport[^}]*\}/g, "")
        .replace(/[^{}]*\.govuk-footer__(?:crown|copyright-logo)[^{}]*\{[^{}]*\}/g, "")
        .replace(/@media screen\\0[^{]*\{(?:[^{}]*\{[^{}]*\})*\}/g, "") // for Internet Explorer, not valid CSS
        .replace(/"?GDS Transport"?,arial,sans-serif/g, "var(--font-family,system-ui,sans-serif)");
      const left = contents.match(/.{0,40}(?:Transport|crest|crown|url\(\/assets).{0,40}/i);
      if (left) throw new Error(`govuk-frontend changed; GOV.UK's identity is still in: ${left[0]}`);
      return { contents, loader: "css" };
    });
  },
};

async function bundle() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["assets/css/main.css", "assets/js/main.js"],
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    outdir: staging,
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: ["es2020", "chrome100", "firefox100", "safari15"],
    loader: { ".woff2": "file", ".svg": "file", ".png": "file", ".webp": "file", ".avif": "file" },
    legalComments: "none",
    logLevel: "warning",
    plugins: [withoutGovukIdentity],
  });
  return Object.entries(metafile.outputs).map(([output, { entryPoint, inputs }]) => {
    const name = path.basename(entryPoint ?? Object.keys(inputs)[0]);
    const folder = { ".css": "css/", ".js": "js/", ".woff2": "fonts/" }[path.extname(name)] ?? "css/";
    return [folder + name, path.relative(staging, path.join(root, output))];
  });
}

/** Images that pages refer to. The bundle already has those that only the style sheet refers to. */
async function copyImages() {
  const files = await readdir(path.join(assets, "img"), { recursive: true, withFileTypes: true }).catch(() => []);
  const names = files.filter((file) => file.isFile() && !file.name.startsWith("."));
  return Promise.all(
    names.map(async (file) => {
      const source = path.join(file.parentPath ?? file.path, file.name);
      const content = await readFile(source);
      const { dir, name, ext } = path.parse(path.relative(assets, source));
      const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
      const output = path.join(dir, `${name}-${hash}${ext}`);
      await mkdir(path.join(staging, dir), { recursive: true });
      await writeFile(path.join(staging, output), content);
      return [path.posix.join(dir, file.name), output];
    }),
  );
}

async function compress(output) {
  if (!/\.(css|js|svg|json|txt)$/.test(output)) return;
  const content = await readFile(path.join(staging, output));
  const packed = {
    gz: await promisify(gzip)(content, { level: 9 }),
    br: await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  };
  for (const [extension, bytes] of Object.entries(packed)) {
    await writeFile(path.join(staging, `${output}.${extension}`), bytes);
  }
}

await rm(staging, { recursive: true, force: true });
await mkdir(staging, { recursive: true });
const built = [...(await bundle()), ...(await copyImages())].sort(([a], [b]) => (a < b ? -1 : 1));
await Promise.all(built.map(([, output]) => compress(output)));
await writeFile(path.join(staging, "manifest.json"), `${JSON.stringify(Object.fromEntries(built), null, 2)}\n`);
await rm(target, { recursive: true, force: true });
await rename(staging, target);
