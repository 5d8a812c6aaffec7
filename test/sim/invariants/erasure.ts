import { erasureRecord, personalKinds } from "#shared/domain/members/erasure.ts";
import { clearFiles } from "#test/support/clear-files.ts";
import type { World } from "../world/world.ts";
import { must, type Invariant } from "./invariant.ts";

/** What holds of whoever was forgotten, when everybody has heard everything. */
export const erasure: readonly Invariant[] = [
  {
    id: "forgotten",
    says: "Nothing that anybody ever said of somebody who was forgotten is left in head office's books, or in any file of any counter.",
    async check({ world }) {
      const forgotten = await forgottenIn(world);
      const secrets = [...world.confided].flatMap(([memberId, said]) => (forgotten.has(memberId) ? said : []));
      if (secrets.length === 0) return;
      const places = [
        { name: "head office", files: Buffer.from(await writtenIn(world)) },
        ...world.stations.map((station) => ({ name: station.name, files: clearFiles(station) })),
      ];
      for (const { name, files } of places) {
        const left = secrets.filter((secret) => files.includes(secret));
        must(left.length === 0, `${name} still has ${left.join(" ")}`);
      }
    },
  },
];

const forgottenIn = ({ disk }: World): Promise<ReadonlySet<string>> =>
  disk.look(async (tx) => {
    const erasures = (await tx.records.ofKind("erasure")).map(({ doc }) => erasureRecord.parse(doc));
    return new Set(erasures.flatMap(({ memberId, state }) => (state === "done" ? memberId : [])));
  });

/** No life of a history has as many operations. */
const lifeMax = 10_000;

/** Every row about people and every operation, as one text. */
const writtenIn = ({ disk }: World): Promise<string> =>
  disk.look(async (tx) => {
    const written: unknown[] = [];
    for (const kind of [...personalKinds, "alias", "card", "keptPurchase"] as const) written.push(await tx.records.ofKind(kind));
    for (const { replica, incarnation } of await tx.audit.incarnations())
      for (const { body, personal } of await tx.inbox.range(replica, incarnation, 1, lifeMax))
        written.push(Buffer.from(body).toString(), Buffer.from(personal ?? []).toString());
    return JSON.stringify(written);
  });
