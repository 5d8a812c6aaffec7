import type { Station } from "#server/app/ports/station-store.ts";
import { streams } from "#shared/contracts/sync/feed.ts";

/** What a station reads, its own stream first: who waits for a verdict or a grant waits for that. */
export const streamsOf = ({ replica, branchId }: Pick<Station, "replica" | "branchId">): string[] => [
  streams.me(replica),
  streams.config,
  streams.directory,
  streams.profile(branchId),
];
