import { expect, it } from "vitest";
import { dataFolder } from "#main/shell/data-folder.ts";

const home = "/home/chen";

it("keeps a station where each system keeps a person's data", () => {
  expect(dataFolder(undefined, { platform: "linux", home, env: {} })).toBe("/home/chen/.local/share/Counterfoil/station");
  expect(dataFolder(undefined, { platform: "linux", home, env: { XDG_DATA_HOME: "/data" } })).toBe("/data/Counterfoil/station");
  expect(dataFolder(undefined, { platform: "darwin", home, env: {} })).toBe("/home/chen/Library/Application Support/Counterfoil/station");
  expect(dataFolder(undefined, { platform: "win32", home, env: { APPDATA: "/roaming" } })).toBe("/roaming/Counterfoil/station");
});

it("is told otherwise by the environment, and before that by the command line", () => {
  const machine = { platform: "linux" as const, home, env: { COUNTERFOIL_DATA: "/srv/station", XDG_DATA_HOME: "/data" } };
  expect(dataFolder(undefined, machine)).toBe("/srv/station");
  expect(dataFolder("/tmp/mine", machine)).toBe("/tmp/mine");
});
