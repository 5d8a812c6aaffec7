import { isDeepStrictEqual } from "node:util";
import { branchNames } from "./company.ts";
import { planDay } from "./day-plan.ts";
import { expect } from "./expect.ts";
import { openCompany } from "./open-company.ts";
import { enterMembers, playDay, type Say } from "./play-day.ts";
import { agree, readHeadOffice, readHeard, readStation, type Report } from "./report.ts";
import { tellAgain } from "./tell-again.ts";

/** Plays one day with an outage and compares the books of both branches and of head office. */
export async function playHeadless(stack: AsyncDisposableStack, seed: number, say: Say): Promise<Report> {
  const startedAtMs = performance.now();
  const plan = planDay(seed);
  const { company, branches, headOffice, programs } = await openCompany(stack);
  say(`head office at ${headOffice.url}, branches A and B are enrolled`);
  const both = branchNames.map((name) => branches[name]);

  const heardBefore = (await readHeadOffice(headOffice, { programs, memberNumbers: [] })).operations;
  const members = await enterMembers(branches, plan.members, say);
  const refusals = await playDay(plan, { branches, company, members, say });

  const memberNumbers = members.map(({ memberNumber }) => memberNumber);
  const readAtHeadOffice = async () => {
    const { balances, operations } = await readHeadOffice(headOffice, { programs, memberNumbers });
    return { balances, operations: operations - heardBefore };
  };
  const atHeadOffice = await readAtHeadOffice();
  for (const branch of both) say(`-- ${await tellAgain(branch, headOffice.url)} operations of ${branch.name} are sent a second time`);
  const [afterwards, heard, ...stations] = await Promise.all([
    readAtHeadOffice(),
    readHeard(headOffice, programs, both),
    ...both.map((branch) => readStation(branch, { programs, memberNumbers })),
  ]);
  expect(isDeepStrictEqual(afterwards, atHeadOffice), "what was sent twice changes nothing");

  const seconds = Math.round((performance.now() - startedAtMs) / 100) / 10;
  return { agree: agree(stations, afterwards, heard), seed, stations, headOffice: afterwards, refusals, seconds };
}
