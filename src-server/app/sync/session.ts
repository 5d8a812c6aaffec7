import type { SyncRefusal } from "#server/app/head-office.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Session } from "#server/app/ports/access-store.ts";
import type { Station } from "#server/app/ports/station-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { sha256 } from "#server/app/sha256.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { refuse } from "./refuse.ts";

const tokenBytes = 32;
const sessionMs = 15 * 60 * 1000;

const hashOf = (token: string): Uint8Array => sha256(Buffer.from(token, "utf8"));

/** Opens a session of one life of one station. The token itself is kept nowhere. */
export async function openSession(tx: Transaction, { machine }: Ports, replica: number, incarnation: string): Promise<string> {
  const token = Buffer.from(machine.random(tokenBytes)).toString("base64url");
  await tx.access.addSession(hashOf(token), { replica, incarnation, expiresAtMs: machine.clock.nowMs() + sessionMs });
  return token;
}

export type Speaker = { readonly session: Session; readonly station: Station };

/**
 * Who speaks. A token is good for the one life it was given to, so a station that shows another's is a stranger.
 *
 * @param claimed who the request says it is
 */
export async function identifySpeaker(
  tx: Transaction,
  { machine }: Ports,
  token: string,
  claimed: { readonly replica: number; readonly incarnation?: string },
): Promise<Result<Speaker, SyncRefusal>> {
  const session = await tx.access.findSession(hashOf(token));
  const isTheirs =
    session !== undefined &&
    session.expiresAtMs > machine.clock.nowMs() &&
    session.replica === claimed.replica &&
    (claimed.incarnation === undefined || session.incarnation === claimed.incarnation);
  const station = isTheirs ? await tx.stations.find(session.replica) : undefined;
  if (!isTheirs || !station) return refuse(401, "TOKEN");
  return station.state === "revoked" ? refuse(403, "REVOKED") : ok({ session, station });
}
