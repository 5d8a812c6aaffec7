import { expect, it } from "vitest";
import { holdUpNobody } from "#server/app/hold-up-nobody.ts";
import type { Log } from "#server/app/ports/machine.ts";
import { StoreUnavailable } from "#server/app/ports/store.ts";

const fails = (cause: unknown) => () => Promise.reject(cause);

it("logs a piece of work that fails, by its class alone, and lets the others go on", async () => {
  const logged: unknown[] = [];
  const log: Log = (message, about) => void logged.push([message, about]);
  const cause = new TypeError("王小明 is not a number");
  expect(await holdUpNobody(log, { job: "releaseParked", replica: 3 }, fails(cause))).toBeUndefined();
  expect(await holdUpNobody(log, { job: "releaseParked", replica: 4 }, async () => "done")).toBe("done");
  expect(logged).toEqual([["work put off", { job: "releaseParked", replica: 3, cause: "TypeError" }]]);
});

it("blames no piece of work for a database that cannot be asked", async () => {
  const gone = new StoreUnavailable("the database cannot be asked");
  await expect(holdUpNobody(() => undefined, { job: "releaseParked" }, fails(gone))).rejects.toBe(gone);
});
