import { registerHooks } from "node:module";
import { resolve } from "node:path";

// Loaded before the program under test, so that its `import "electron"` finds the double instead of starting a download.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "electron"
      ? { url: new URL("./electron-double-program.ts", import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

// In a package the program is `resources/app.asar/out/main/index.js`.
Object.assign(process, { resourcesPath: resolve(process.argv[1] ?? "", "../../../..") });
