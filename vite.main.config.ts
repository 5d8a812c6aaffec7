import { builtinModules } from "node:module";
import { defineConfig } from "vite";
import { runTimePackages } from "./src-main/shell/cli/packing/run-time-packages.ts";

/** Everything else is bundled. */
const loadedAtRunTime = ["electron", ...runTimePackages];

const bundles = {
  main: {
    input: { index: "src-main/shell/electron/index.ts", "upkeep-worker": "src-main/upkeep-worker.ts" },
    format: "es",
    outDir: "out/main",
    entryFileNames: "[name].js",
  },
  // A sandboxed preload script must be CommonJS.
  preload: { input: { preload: "src-main/shell/electron/preload.ts" }, format: "cjs", outDir: "out/preload", entryFileNames: "[name].cjs" },
  // Head office for the sample of a packed counter, where there is no Node to run its sources with.
  hq: {
    input: { index: "src-server/utility.ts", "snapshot-worker": "src-server/snapshot-worker.ts" },
    format: "es",
    outDir: "out/hq",
    entryFileNames: "[name].js",
  },
} as const;

const isBundle = (mode: string): mode is keyof typeof bundles => mode in bundles;

export default defineConfig(({ mode }) => {
  if (!isBundle(mode)) throw new Error(`Say which bundle: --mode ${Object.keys(bundles).join(", ")}; not ${mode}.`);
  const { input, format, outDir, entryFileNames } = bundles[mode];
  return {
    publicDir: false,
    ssr: { noExternal: true, external: loadedAtRunTime },
    build: {
      ssr: true,
      target: "node24",
      minify: false,
      sourcemap: true,
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input,
        external: [...loadedAtRunTime, ...builtinModules, /^node:/],
        output: { format, entryFileNames },
      },
    },
  };
});
