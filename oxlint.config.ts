import { defineConfig, type OxlintOverride } from "oxlint";

// The layers, as rules. Patterns see the text of an import, so each layer is named by its alias and by the relative paths that lead to it.
// Of two overrides that match a file the later one replaces the same rule of the earlier: each therefore says all that holds for its files.
// test/architecture plants a violation of every one, with a neighbour that is allowed.

type Refused = { readonly message: string } & (
  | { readonly group: string[]; readonly importNamePattern?: string }
  | { readonly regex: string }
);

const packages = (message: string, ...group: string[]): Refused => ({ group, message });
/** Refuses the named layers, by alias or by climbing, and the files that compose them (main.ts and what lies beside it). */
const layers = (message: string, alias: string, names: readonly string[]): Refused => ({
  regex: `^(${alias}/|(\\.\\./)+)(${names.join("|")})/|^${alias}/[^/]+$|^(\\.\\./)+main\\.ts$`,
  message,
});
const imports = (files: string[], ...patterns: Refused[]): OxlintOverride => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns }] },
});
const words = (message: string, ...names: string[]) => names.map((name) => ({ name, message }));

const otherProgram = (message: string, ...folders: readonly string[]): Refused =>
  packages(message, ...folders.flatMap((folder) => [`**/src-${folder}/**`, `#${folder}/**`]));
const electron = (message: string) => packages(message, "electron", "electron/**");
const orpc = (message: string) => packages(message, "@orpc/**");
const sqlite = (message: string) => packages(message, "better-sqlite3", "drizzle-orm", "drizzle-orm/**");
const serialport = (message: string) => packages(message, "serialport", "serialport/**");

// ── src-shared ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const shared = (files: string, message: string, allowed: readonly string[], forbiddenClimbs = "src-") =>
  imports(
    [files],
    // First: an import that the next pattern allows is not looked at again.
    { regex: `^(\\.\\./)+(${forbiddenClimbs})`, message },
    packages(message, "*", "!./**", "!../**", ...allowed.map((each) => `!${each}`)),
  );

const runsAnywhere = [
  ...words("Shared rules do not wait. Say when as data; the caller has the scheduler.", "setTimeout", "setInterval"),
  ...words("Shared rules do not reach the network. Take what you need as an argument.", "fetch"),
  ...words("src-shared runs anywhere, also in a browser: use Uint8Array, TextEncoder and TextDecoder.", "Buffer"),
  ...words("src-shared runs anywhere, also where there is none. Take the value as an argument.", "process", "window", "document"),
];
const noClock = [
  ...words("The domain has no clock and no Date: take `today` (YYYY-MM-DD) or an instant in ms as a fact.", "Date", "performance"),
  ...words("Ids and digests are asked for: take the id, or the function, as an argument.", "crypto"),
];

const sharedRules: OxlintOverride[] = [
  shared(
    "src-shared/**",
    "src-shared runs anywhere: it imports itself and zod. What a machine, a browser or a library must do is asked for as an argument.",
    ["#shared/**", "zod"],
  ),
  shared(
    "src-shared/std/**",
    "std holds small types without a business meaning: it imports only itself.",
    ["#shared/std/**"],
    "domain/|contracts/|src-",
  ),
  shared(
    "src-shared/domain/**",
    "The domain imports itself, std and zod. Facts come in as arguments; contracts, stores and machines depend on the domain, never the reverse.",
    ["#shared/std/**", "#shared/domain/**", "zod"],
    "contracts/|src-",
  ),
  shared(
    "src-shared/contracts/**",
    "A contract is made of zod and oc from @orpc/contract, so that every process and both shells can compile against it.",
    ["#shared/**", "zod", "@orpc/contract"],
  ),
  {
    files: ["src-shared/**"],
    rules: {
      "no-restricted-globals": ["error", ...runsAnywhere],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Randomness is asked for: take a seeded source or the value as an argument." },
        { object: "Date", property: "now", message: "Time is asked for: take the instant or the business date as an argument." },
        { object: "crypto", property: "randomUUID", message: "Ids are asked for: take the id as an argument." },
      ],
    },
  },
  { files: ["src-shared/domain/**"], rules: { "no-restricted-globals": ["error", ...runsAnywhere, ...noClock] } },
];

// ── src-main: use cases, adapters, shells ───────────────────────────────────────────────────────────────────────────────────────────

const mainLayers = ["app", "db", "devices", "mirror", "sync", "api", "security", "shell"] as const;
const allMainLayersBut = (...allowed: readonly (typeof mainLayers)[number][]) => mainLayers.filter((layer) => !allowed.includes(layer));

const apart = otherProgram(
  "A station, head office and the renderer meet in src-shared/contracts, never in each other's code.",
  "server",
  "renderer",
);
const askForPort = "Use cases ask for a port; main.ts hands it in.";
const orpcHome = orpc("oRPC stays in contracts, api and the shells, so that replacing it is one place.");
const ioModules = ["child_process", "fs", "fs/**", "http", "https", "net", "os", "timers", "timers/**", "worker_threads"];

const adapter = (name: (typeof mainLayers)[number], ...more: Refused[]) =>
  imports(
    [`src-main/${name}/**`],
    layers(
      "An adapter knows its port, not its neighbours: ask for a port in src-main/app/ports; main.ts joins them.",
      "#main",
      allMainLayersBut("app", name),
    ),
    apart,
    electron("Electron lives in src-main/shell/electron. Ask for a port; that shell hands it in."),
    ...more,
  );
const notIts = (what: string) => `${what} is another adapter's: ask for a port in src-main/app/ports; main.ts joins them.`;

const mainRules: OxlintOverride[] = [
  imports(
    ["src-main/**"],
    apart,
    orpcHome,
    electron("Electron lives in src-main/shell/electron alone: everything else must run without it."),
  ),
  imports(
    ["src-main/app/**"],
    layers(askForPort, "#main", allMainLayersBut("app")),
    apart,
    electron(askForPort),
    orpc(askForPort),
    sqlite(askForPort),
    serialport(askForPort),
    packages(askForPort, "pg", "ws", "@node-rs/argon2", ...ioModules.map((name) => `node:${name}`)),
    {
      group: ["node:crypto"],
      importNamePattern: "^random",
      message: "Ids and randomness are asked for: use the port.",
    },
  ),
  {
    files: ["src-main/app/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...words("Time is asked for: use the clock port.", "Date", "performance"),
        ...words("Use cases do not wait: ask for the scheduler port.", "setTimeout", "setInterval"),
        ...words("Use cases do not reach the network: ask for a port.", "fetch"),
        ...words("Ids and randomness are asked for: use the port.", "crypto"),
      ],
      "no-restricted-properties": ["error", { object: "Math", property: "random", message: "Randomness is asked for: use the port." }],
    },
  },
  adapter("db", orpcHome, serialport(notIts("The serial line"))),
  adapter("devices", orpcHome, sqlite(notIts("The database"))),
  adapter("mirror", orpcHome, sqlite(notIts("The database")), serialport(notIts("The serial line"))),
  adapter("sync", orpcHome, sqlite(notIts("The database")), serialport(notIts("The serial line"))),
  adapter("security", orpcHome, sqlite(notIts("The database")), serialport(notIts("The serial line"))),
  adapter("api", sqlite(notIts("The database")), serialport(notIts("The serial line"))),
  imports(
    ["src-main/shell/**"],
    otherProgram(
      "A station starts head office as a process of its own (src-server/main.ts) and speaks to it over the wire.",
      "server",
      "renderer",
    ),
    electron("Electron lives in src-main/shell/electron alone: everything else must run without it."),
  ),
  imports(["src-main/shell/electron/**"], apart),
];

// ── src-server ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const serverLayers = ["app", "api", "cli", "db", "http", "releases", "snapshots"] as const;
const noStation = [
  otherProgram("Head office and a station share src-shared: what both need belongs there.", "main", "renderer"),
  packages("Head office has no window and no devices.", "electron", "electron/**", "serialport", "serialport/**"),
];
const fromStation = [
  ...noStation,
  packages("Head office has no station.db; the files that stations begin from are made in src-server/snapshots.", "better-sqlite3"),
];
const orpcInApi = orpc("oRPC stays in contracts and api, so that replacing it is one place.");
const honoInHttp = packages("HTTP is known to src-server/http alone.", "hono", "hono/**", "@hono/**");
const postgresInDb = packages("PostgreSQL is known to src-server/db alone.", "pg", "drizzle-orm", "drizzle-orm/**");
const notNeighbours = "Each side of head office knows the use cases and its ports, not its neighbours; main.ts joins them.";

const notOthers = (name: (typeof serverLayers)[number], message: string): Refused =>
  layers(
    message,
    "#server",
    serverLayers.filter((layer) => layer !== "app" && layer !== name),
  );
const side = (name: (typeof serverLayers)[number], message: string, ...more: Refused[]) =>
  imports([`src-server/${name}/**`], notOthers(name, message), ...fromStation, ...more);

const serverRules: OxlintOverride[] = [
  imports(["src-server/**"], ...fromStation, orpcInApi),
  side("app", "Head office's use cases ask for a port; main.ts hands it in.", orpcInApi, honoInHttp, postgresInDb),
  side("db", notNeighbours, orpcInApi, honoInHttp),
  side("http", notNeighbours, orpcInApi, postgresInDb),
  side("api", notNeighbours, honoInHttp, postgresInDb),
  side("releases", notNeighbours, orpcInApi, honoInHttp, postgresInDb),
  imports(["src-server/snapshots/**"], notOthers("snapshots", notNeighbours), ...noStation, orpcInApi, honoInHttp, postgresInDb),
  imports(["src-server/cli/**"], ...fromStation),
];

/** What `npm run sim` lives under a clock of its own: time, chance and waiting that is not asked for would not be the seed's. */
const simulated: OxlintOverride = {
  files: ["src-server/app/**", "src-main/sync/**", "src-main/db/**"],
  rules: {
    "no-restricted-globals": ["error", ...words("The simulation has its own time: ask for timers.", "setTimeout", "setInterval")],
    "no-restricted-properties": [
      "error",
      { object: "Math", property: "random", message: "The simulation has its own dice: ask for randomness." },
      { object: "Date", property: "now", message: "The simulation has its own time: ask for the clock." },
      { object: "performance", property: "now", message: "The simulation has its own time: ask for the clock." },
    ],
  },
};

// ── src-renderer ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const sandbox = "The renderer runs in a sandbox: it asks the station through the contract (src-renderer/app/client.ts).";
const sandboxed = [
  otherProgram(sandbox, "main", "server"),
  packages(sandbox, "node:*", "electron", "electron/**", "better-sqlite3", "serialport"),
];
const orpcInClient = orpc("Only src-renderer/app/client.ts knows oRPC; use the client it exports.");
/** @param way how a path leaves the feature's folder from files at that depth: what follows it names another feature */
const feature = (files: string, way: string) =>
  imports([files], ...sandboxed, orpcInClient, {
    regex: `^${way}[^.]|/features/`,
    message: "Features do not import each other: share through src-renderer/ui, or let src-renderer/app compose them.",
  });

const rendererRules: OxlintOverride[] = [
  imports(["src-renderer/**"], ...sandboxed, orpcInClient),
  imports(["src-renderer/app/client.ts"], ...sandboxed),
  imports(
    ["src-renderer/ui/**"],
    ...sandboxed,
    packages(
      "ui holds parts without business words: pass what they show as properties.",
      "**/features/**",
      "**/app/**",
      "#shared/domain/**",
      "#shared/contracts/**",
      "@orpc/**",
    ),
  ),
  feature("src-renderer/features/*/*", "\\.\\./"),
  feature("src-renderer/features/*/*/**", "\\.\\./\\.\\./"),
];

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "react", "import", "promise", "vitest"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  ignorePatterns: ["out", "dist", "coverage", "drizzle"],
  options: { typeAware: true },
  rules: {
    "import/no-cycle": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    // Against the grain of this code: side-effect imports of styles, helpers that stay beside what they help, awaiting in order,
    // lists of a handful of names.
    "eslint/no-await-in-loop": "off",
    "eslint/no-underscore-dangle": "off",
    "eslint/no-unmodified-loop-condition": "off",
    "import/no-unassigned-import": "off",
    "oxc/no-map-spread": "off",
    "react/react-in-jsx-scope": "off",
    "typescript/consistent-return": "off",
    "typescript/no-generated-empty-object-type": "off",
    "typescript/no-unnecessary-type-parameters": "off",
    "typescript/no-unsafe-type-assertion": "off",
    "unicorn/consistent-function-scoping": "off",
    "unicorn/prefer-set-has": "off",
  },
  overrides: [
    ...sharedRules,
    ...mainRules,
    ...serverRules,
    simulated,
    ...rendererRules,
    {
      files: ["test/**"],
      rules: {
        "vitest/no-commented-out-tests": "error",
        "vitest/no-disabled-tests": "error",
        "vitest/no-focused-tests": "error",
        "vitest/no-identical-title": "error",
      },
    },
  ],
});
