import { expect, it } from "vitest";
import { idleLockMinutes } from "#shared/domain/settings/idle-lock.ts";
import { openCounter } from "#test/support/counter.ts";
import { openApi, refused } from "#test/src-main/api/open-api.ts";

it("locks after five minutes until a manager says otherwise, and not sooner than in one or later than in thirty", async () => {
  const { signIn, status } = openApi();
  const manager = await signIn("zhao");
  expect(status().idleLockMinutes).toBe(idleLockMinutes.usual);
  await manager.settings.setIdleLock({ minutes: 12 });
  expect((await manager.station.status()).idleLockMinutes).toBe(12);
  for (const minutes of [0, 31, 2.5])
    expect(await refused(manager.settings.setIdleLock({ minutes }))).toMatchObject({ code: "INVALID_INPUT" });
  expect(status().idleLockMinutes).toBe(12);
});

it("is remembered by the computer, and written into nobody's log", () => {
  const first = openCounter();
  first.setIdleLock({ minutes: 3 });
  expect(first.operations()).toEqual([]);
  first.close();
  expect(openCounter({ file: first.file }).store.read((view) => view.settings.idleLockMinutes())).toBe(3);
});
