import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import type { DictionaryEntry } from "#shared/domain/dictionaries/kinds.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

describe("the lists of choices, looked after from a station (Z-06)", () => {
  const database = withDatabase();
  let company: Company;
  let station: SimulatedStation;
  const refused = (code: string) => ({ ok: false, error: { code } });
  const set = (fields: Record<string, unknown>, by = company.administrator) =>
    station.act(
      by,
      {
        kind: "undoReason",
        code: null,
        name: { "zh-CN": "测试", "en-US": "A test" },
        position: 40,
        isActive: true,
        ...fields,
      },
      newId({ clock: company.clock, random: randomBytes }),
      "dictionary.set",
    );
  const named = (zhCN: string, enUS: string) => ({ name: { "zh-CN": zhCN, "en-US": enUS } });

  beforeAll(async () => {
    company = await openCompany(database.url);
    station = await company.station("A");
  });
  afterAll(() => company.close());

  it("reach every station when a choice is added, renamed or retired", async () => {
    const added = expectOk(await set({})).reply as DictionaryEntry;
    await station.pull();
    expect(station.row("dictionaryEntry", `undoReason/${added.code}`)).toEqual(added);
    expectOk(await set({ code: "amount", ...named("金额错", "Wrong amount"), position: 5 }));
    expectOk(await set({ code: added.code, isActive: false }));
    await station.pull();
    expect(station.row("dictionaryEntry", "undoReason/amount")).toMatchObject({ position: 5, isActive: true });
    expect(station.row("dictionaryEntry", `undoReason/${added.code}`)).toMatchObject({ isActive: false });
  });

  it("have no two choices of one name, in either language", async () => {
    expect(await set(named("会员选错", "Other"))).toMatchObject(refused("ENTRY_NAME_TAKEN"));
    expect(await set(named("别的", "Wrong member"))).toMatchObject(refused("ENTRY_NAME_TAKEN"));
    // Of another list, or retired itself, it may be called as it likes.
    expectOk(await set({ ...named("会员选错", "Wrong member"), kind: "cardBlockReason", position: 90 }));
    expectOk(await set({ ...named("会员选错", "Wrong member"), isActive: false }));
  });

  it("keep at least one choice, since a counter has to choose", async () => {
    expectOk(await set({ code: "amount", ...named("金额错", "Wrong amount"), isActive: false }));
    expectOk(await set({ code: "member", ...named("会员选错", "Wrong member"), isActive: false }));
    expect(await set({ code: "customer", ...named("顾客改变主意", "The customer"), isActive: false })).toMatchObject(refused("LAST_ENTRY"));
  });

  it("are changed by nobody who may not, and nothing is changed that is not there", async () => {
    const manager = await company.hire("a manager", "manager", "A");
    expect(await set(named("新", "New"), manager)).toMatchObject(refused("FORBIDDEN"));
    expect(await set({ ...named("新", "New"), code: "nothing" })).toMatchObject(refused("ENTRY_NOT_FOUND"));
  });
});
