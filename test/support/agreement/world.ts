import type { InputOf } from "#shared/contracts/acts/act-type.ts";
import { decideProposalAct } from "#shared/contracts/acts/proposals.ts";
import { serveHeadOffice } from "#server/http/serve-head-office.ts";
import type { HeadOffice } from "#server/app/head-office.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import type { RedemptionPlan } from "#shared/domain/redemption/plan.ts";
import { cardNumber } from "#test/support/counter.ts";
import { makeSeal } from "#server/db/sealing/seal.ts";
import { openCompany, testDatabaseKey } from "#test/support/company.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { makeDice, makeIds } from "./dice.ts";
import { makeHeadOfficeBooks } from "./head-office-books.ts";
import { Model } from "./model.ts";
import { openOutpost, type Outpost } from "./outpost.ts";

export type World = Awaited<ReturnType<typeof openWorld>>;

const noLimit = { burst: 1_000_000, perSecond: 1_000_000 };
const bothLanguages = (name: string) => ({ "zh-CN": name, "en-US": name });

/**
 * A company with a real head office and real stations, all apart until somebody lifts a line.
 *
 * @param branchCodes of each station; a branch may have several
 */
export async function openWorld(databaseUrl: string, seed: number, branchCodes: readonly string[]) {
  const dice = makeDice(seed);
  const company = await openCompany(databaseUrl);
  const { office, administrator, clock } = company;
  const { admin } = office;
  const incidents: string[] = [];
  const serve = (headOffice: HeadOffice) =>
    serveHeadOffice({
      headOffice,
      host: "127.0.0.1",
      port: 0,
      limits: { stranger: noLimit, station: noLimit },
      reportIncident: (where, cause) => {
        incidents.push(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`);
        return "incident";
      },
    });
  let serving = await serve(office);

  const rule: EarningRule = {
    ruleId: "brief",
    version: 1,
    name: bothLanguages("brief"),
    points: 1,
    perFen: 100,
    approval: "none",
    validMonths: 1,
    opensOn: "2020-01-01",
    closesOn: null,
  };
  const plan: RedemptionPlan = {
    planId: "tea",
    version: 1,
    name: bothLanguages("tea"),
    costPoints: 40,
    opensOn: "2020-01-01",
    closesOn: "2099-12-31",
    giftId: null,
  };
  expectOk(await admin.publishRule(administrator, rule));
  expectOk(await admin.publishPlan(administrator, plan));
  await admin.setCardKind(administrator, {
    kind: "ordinary",
    name: bothLanguages("ordinary"),
    role: "main",
    media: "magstripe",
    prefix: "8888",
    length: 12,
    check: "luhn",
  });
  const stations: Outpost[] = [];
  for (const [i, branchCode] of branchCodes.entries()) {
    const branchId =
      company.branchIds[branchCode] ?? expectOk(await admin.addBranch(administrator, { code: branchCode, name: branchCode })).branchId;
    stations.push(await openOutpost({ company, serverUrl: serving.url, name: `${branchCode}${i + 1}`, branchCode, branchId, dice }));
  }
  let cards = 0;
  const newCardNumber = (): string => cardNumber(++cards);
  return {
    dice,
    newId: makeIds(dice, clock.nowMs),
    company,
    clock,
    books: makeHeadOfficeBooks(company.database, makeSeal(await testDatabaseKey.open({ mayMake: false }))),
    model: new Model(),
    stations,
    incidents,
    memberIds: [] as string[],
    receipts: [] as string[],
    /** Numbers that were printed on more than one card by mistake. */
    copiedCards: Array.from({ length: 4 }, newCardNumber),
    /** Of the last rule or plan that was published. */
    version: 1,
    /** @param isRestored tells stations that the numbers they know are not to be believed */
    async restartHeadOffice(isRestored: boolean): Promise<void> {
      await serving.close();
      if (isRestored) await company.database.query(`update server set epoch = epoch + 1`);
      serving = await serve(await company.anotherProcess());
      for (const station of stations) station.line.leadTo(serving.url);
    },
    nextDay: (days = 1): void => clock.advance(days * dayMs),
    newCardNumber,
    publishRule: (changes: Partial<EarningRule>) => admin.publishRule(administrator, { ...rule, ...changes }),
    /** The administrator, at head office's own door. */
    decideAtHeadOffice: async (decision: InputOf<typeof decideProposalAct>) => {
      const person = { staffId: administrator, userName: "admin", displayName: "管理员", role: "administrator", branchId: null } as const;
      return admin.act(person, decideProposalAct, decision);
    },
    publishPlan: (changes: Partial<RedemptionPlan>) => admin.publishPlan(administrator, { ...plan, ...changes }),
    async close(): Promise<void> {
      for (const station of stations) await station.close();
      await serving.close();
      await company.close();
    },
  };
}
