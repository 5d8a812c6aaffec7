import { openCompany } from "#test/support/company.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { sampleCardKind } from "#main/sample/company.ts";
import { serveHeadOffice } from "#server/http/serve-head-office.ts";
import { measureRawOperations } from "../floors/raw-operations.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";

/** What the benchmark asks of head office beside the exchange, and what it is told. */
export type Questions = {
  /** A place at a branch for a station that joins. */
  readonly seat: { readonly asked: { readonly branchCode: string }; readonly told: Seat };
  /** How many operations a second PostgreSQL takes whose rows alone are written: of as many as stations handed over last. */
  readonly rawRate: { readonly asked: { readonly count: number }; readonly told: number };
  /** Processor time of this process so far. */
  readonly cpuMs: { readonly asked: Readonly<Record<never, never>>; readonly told: number };
  readonly balance: { readonly asked: { readonly memberNumber: string }; readonly told: number };
};
export type Seat = { readonly url: string; readonly code: string; readonly clerk: Operator };
export type Question = { readonly [K in keyof Questions]: { readonly kind: K } & Questions[K]["asked"] }[keyof Questions];

const noLimit = { burst: 1_000_000, perSecond: 1_000_000 };
const bothLanguages = (name: string) => ({ "zh-CN": name, "en-US": name });

/** Head office in a process of its own, as in life, on the database of its argument; it ends with the one that started it. */
async function main(databaseUrl: string): Promise<void> {
  const company = await openCompany(databaseUrl);
  const { administrator, branchIds } = company;
  const { admin } = company.office;
  const rule = { version: 1, points: 1, perFen: 100, approval: "none", validMonths: 12, opensOn: "2020-01-01", closesOn: null } as const;
  expectOk(await admin.publishRule(administrator, { ...rule, ruleId: "purchase", name: bothLanguages("purchase") }));
  const plan = { version: 1, costPoints: 80, opensOn: "2020-01-01", closesOn: "2099-12-31", giftId: null } as const;
  expectOk(await admin.publishPlan(administrator, { ...plan, planId: "tea", name: bothLanguages("tea") }));
  await admin.setCardKind(administrator, sampleCardKind);
  const serving = await serveHeadOffice({
    headOffice: company.office,
    host: "127.0.0.1",
    port: 0,
    limits: { stranger: noLimit, station: noLimit },
    reportIncident: (where, cause) => {
      console.error(where, cause);
      return "incident";
    },
  });
  let seats = 0;

  async function seat(branchCode: string): Promise<Seat> {
    seats += 1;
    const userName = `clerk ${seats}`;
    const staffId = await company.hire(userName, "clerk", branchCode);
    const { code } = expectOk(await admin.createEnrolmentCode(administrator, branchCode));
    const clerk = { staffId, userName, displayName: userName, role: "clerk", branchId: branchIds[branchCode] ?? null } as const;
    return { url: serving.url, code, clerk };
  }
  async function answer(question: Question): Promise<Seat | number> {
    switch (question.kind) {
      case "seat":
        return seat(question.branchCode);
      case "rawRate":
        return measureRawOperations(databaseUrl, question.count);
      case "cpuMs":
        return cpuMs();
      case "balance":
        return (await admin.balances([question.memberNumber])).balances[question.memberNumber] ?? 0;
    }
  }

  process.on("message", (question: Question) => {
    void answer(question).then((told) => process.send?.(told));
  });
  process.once("disconnect", () => void serving.close().then(company.close));
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

await main(process.argv[2] ?? "");
