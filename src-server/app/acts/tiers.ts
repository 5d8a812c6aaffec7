import { publishTiers as writeTiers } from "#server/app/publications.ts";
import type { listTiersAct, publishTiersAct } from "#shared/contracts/acts/tiers.ts";
import { tierPublish } from "#shared/domain/tiers/ops.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";
import { readPublished } from "./published-versions.ts";

export const listTiers: ActHandler<typeof listTiersAct> = async (context) => {
  const versionsOf = await readPublished(context, [tierPublish]);
  return ok({ versions: versionsOf(tierPublish) });
};

export const publishTiers: ActHandler<typeof publishTiersAct> = async ({ ports, tx, by }, { requestId, basedOn, ...scheme }) => {
  const today = businessDateOf(ports.machine.clock.nowMs());
  if (scheme.opensOn < today) return err({ code: "OPENS_IN_THE_PAST", today });
  const version = basedOn + 1;
  const written = await writeTiers(ports, tx, { ...scheme, version }, { by: by.staffId, opId: requestId });
  return written.ok ? ok({ version }) : written;
};
