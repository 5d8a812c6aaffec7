import { expect, it } from "vitest";
import { openApi, refused } from "./open-api.ts";

it("a counter in a browser says that it does not update itself, and refuses to try", async () => {
  const manager = await openApi().signIn("zhao");
  expect(await manager.updates.state()).toEqual({
    version: "1.0.0",
    now: { phase: "off", reason: "WEB_SHELL" },
    checkedAtMs: null,
    trouble: null,
  });
  expect(await refused(manager.updates.check())).toMatchObject({ code: "NO_UPDATES_HERE", defined: true });
  expect(await refused(manager.updates.install())).toMatchObject({ code: "NO_UPDATE_READY", defined: true });
});

it("a clerk sees that a version is ready, and does not restart the counter for it", async () => {
  const ready = {
    version: "1.0.0",
    now: { phase: "ready" as const, offer: { version: "1.1.0", notes: "" } },
    checkedAtMs: 1,
    trouble: null,
  };
  const installs: string[] = [];
  const api = openApi({
    door: {
      updates: {
        state: () => ready,
        check: async () => ({ ok: true, value: ready }),
        install: () => {
          installs.push("now");
          return { ok: true, value: ready };
        },
      },
    },
  });
  const clerk = await api.signIn("chen");
  expect(await clerk.updates.state()).toEqual(ready);
  expect(await refused(clerk.updates.install())).toMatchObject({ code: "FORBIDDEN", data: { permission: "station.update" } });
  expect(installs).toEqual([]);
  await (await api.signIn("zhao")).updates.install();
  expect(installs).toEqual(["now"]);
});
