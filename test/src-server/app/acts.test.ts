import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import { accessTo } from "#main/api/access.ts";
import { listProcedures } from "#server/api/head-office-api.ts";
import { handlerOf } from "#server/app/acts/handlers.ts";
import type { ProcedureMeta } from "#shared/contracts/base.ts";
import { stationContract } from "#shared/contracts/station-contract.ts";
import { actTypes } from "#shared/contracts/acts/act-types.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import type { SimulatedStation } from "#test/support/simulated-station.ts";

describe("an act", () => {
  const database = withDatabase();
  let company: Company;
  let station: SimulatedStation;
  let manager: string;
  let member: string;
  const refused = (code: string) => ({ ok: false, error: { code } });
  const id = () => newId({ clock: company.clock, random: randomBytes });
  const propose = async (): Promise<string> => {
    const proposal = station.propose(member, 300);
    await station.push();
    return proposal;
  };

  beforeAll(async () => {
    company = await openCompany(database.url);
    station = await company.station("A");
    manager = await company.hire("manager A", "manager", "A");
    member = station.createMember("40000000001");
  });
  afterAll(() => company.close());

  it.each([...actTypes.values()])("of the type $type is done by somebody", (act) => {
    expect(handlerOf(act)).toBeTypeOf("function");
  });

  it("takes the same permission at a station as at head office, where it can be asked for as well", () => {
    const acts = [...actTypes.values()];
    const asked = acts.map(({ type, permission }) => [type, permission]);
    const offered = acts.filter(({ isPreparedAtStation }) => !isPreparedAtStation).map(({ type, permission }) => [type, permission]);
    const atStation = Object.entries(stationContract).flatMap(([area, procedures]) =>
      Object.entries(procedures).flatMap(([name, procedure]) => {
        const { act } = procedure["~orpc"].meta as ProcedureMeta;
        return act === undefined ? [] : [[act, accessTo([area, name])]];
      }),
    );
    const atHeadOffice = listProcedures().flatMap(({ act, permission }) => (act === undefined ? [] : [[act, permission]]));
    // Some are asked for at head office only.
    expect(asked).toEqual(expect.arrayContaining(atStation));
    expect(new Set(atHeadOffice)).toEqual(new Set(offered));
  });

  it("sent twice at the same moment is done once, and both are told so", async () => {
    // The first request hangs, the station gives up and sends it again, and then both arrive.
    const proposalId = await propose();
    const actId = id();
    const body = { proposalId, decision: "approve", reason: null };
    const both = await Promise.all([station.act(manager, body, actId), station.act(manager, body, actId)]);
    const reply = { proposalId, state: "approved" };
    expect(both).toEqual(expect.arrayContaining(["applied", "duplicate"].map((verdict) => ({ ok: true, value: { verdict, reply } }))));
  });

  it("that was refused may be asked for again under its id, when what stood against it is gone", async () => {
    const proposalId = await propose();
    const actId = id();
    expect(await station.act(manager, { proposalId, decision: "reject", reason: null }, actId)).toMatchObject(refused("REASON_MISSING"));
    expect(await station.act(manager, { proposalId, decision: "reject", reason: "not ours" }, actId)).toMatchObject({
      ok: true,
      value: { verdict: "applied" },
    });
  });

  it("of another person under the same id is refused", async () => {
    const proposalId = await propose();
    const actId = id();
    const body = { proposalId, decision: "approve", reason: null };
    expect(await station.act(manager, body, actId)).toMatchObject({ ok: true });
    expect(await station.act(company.administrator, body, actId)).toMatchObject(refused("REQUEST_ID_REUSED"));
  });

  it("under the id of a station's own operation is refused", async () => {
    const proposalId = await propose();
    const body = { proposalId, decision: "approve", reason: null };
    expect(await station.act(manager, body, proposalId)).toMatchObject(refused("REQUEST_ID_REUSED"));
  });

  it("of a type that head office does not know, or with a body that is not of its type, changes nothing", async () => {
    const proposalId = await propose();
    expect(await station.act(manager, { proposalId }, id(), "proposal.forget")).toMatchObject(refused("ACT_UNKNOWN"));
    expect(await station.act(manager, { proposalId, decision: "approve", reason: null, more: 1 })).toMatchObject(refused("MALFORMED"));
    expect(await station.act(manager, { proposalId, decision: "approve", reason: null }, id().toUpperCase())).toMatchObject(
      refused("MALFORMED"),
    );
    await station.pull();
    expect(station.row("proposal", proposalId)).toMatchObject({ state: "open" });
  });
});
