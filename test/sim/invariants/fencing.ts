import { listStationsAct } from "#shared/contracts/acts/stations.ts";
import { must, type Invariant } from "./invariant.ts";

/** What holds of branches that were taken for dead. */
export const fencing: readonly Invariant[] = [
  {
    id: "I12",
    says: "What a branch that was taken for dead costs is at most what was given back of it, as the screen said before the click.",
    async check({ world: { admin, company, books } }) {
      const fenced = new Set((await books.lives()).flatMap(({ incarnation, state }) => (state === "fenced" ? incarnation : [])));
      const listed = await admin().act(company.administrator, listStationsAct, {});
      if (!listed.ok) throw new Error(listed.error.code);
      for (const { replica, ended } of listed.value.stations)
        for (const { incarnation, givenBack, lost } of ended)
          // What a copy of a database spends that was put back costs what both spent, and no person was asked.
          if (fenced.has(incarnation))
            must(lost <= givenBack, `life ${incarnation} of station ${replica} cost ${lost}, and ${givenBack} were given back`);
    },
  },
];
