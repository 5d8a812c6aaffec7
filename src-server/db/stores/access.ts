import type { AccessStore, OneTimeCode, ServerIdentity, Session } from "#server/app/ports/access-store.ts";
import type { Query } from "#server/db/query.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { closeKeys, openKeys } from "#server/db/sealing/sealed-keys.ts";
import { failedTryTag } from "#server/db/sealing/tags.ts";

const codeColumns = `selector, secret_hash as "secretHash", purpose, branch_id as "branchId", expires_at_ms as "expiresAtMs",
  wrong_tries as "wrongTries", used_by_key as "usedByKey", replica`;

export function makeAccessStore(query: Query, seal: Seal): AccessStore {
  return {
    async identity(fresh) {
      const { privateKey, directoryKey } = closeKeys(seal, fresh);
      const made = await query(
        `insert into server (server_id, epoch, private_key, public_key, directory_key, incarnation, is_sample)
         values ($1, 1, $2, $3, $4, $5, $6) on conflict do nothing returning 1`,
        [fresh.serverId, privateKey, fresh.publicKey, directoryKey, fresh.incarnation, fresh.isSample],
      );
      const [identity] = await query<ServerIdentity>(
        `select server_id as "serverId", private_key as "privateKey", public_key as "publicKey",
                directory_key as "directoryKey", incarnation, is_sample as "isSample" from server`,
      );
      if (!identity) throw new Error("the server row was neither found nor made");
      return { identity: { ...identity, ...openKeys(seal, identity) }, isNew: made.length > 0 };
    },
    async addCode(code) {
      await query(
        `insert into one_time_code (selector, secret_hash, purpose, branch_id, expires_at_ms, wrong_tries, used_by_key, replica)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [code.selector, code.secretHash, code.purpose, code.branchId, code.expiresAtMs, code.wrongTries, code.usedByKey, code.replica],
      );
    },
    async lockCode(selector) {
      const [code] = await query<OneTimeCode>(`select ${codeColumns} from one_time_code where selector = $1 for update`, [selector]);
      return code;
    },
    async saveCode(code) {
      await query(`update one_time_code set wrong_tries = $2, used_by_key = $3, replica = $4 where selector = $1`, [
        code.selector,
        code.wrongTries,
        code.usedByKey,
        code.replica,
      ]);
    },
    async addChallenge(challenge, replica, expiresAtMs) {
      await query(`insert into challenge (challenge, replica, expires_at_ms) values ($1, $2, $3)`, [challenge, replica, expiresAtMs]);
    },
    async takeChallenge(challenge, replica, nowMs) {
      const taken = await query(`delete from challenge where challenge = $1 and replica = $2 and expires_at_ms > $3 returning 1`, [
        challenge,
        replica,
        nowMs,
      ]);
      return taken.length > 0;
    },
    async addSession(tokenHash, session) {
      await query(`insert into session (token_hash, replica, incarnation, expires_at_ms) values ($1, $2, $3, $4)`, [
        tokenHash,
        session.replica,
        session.incarnation,
        session.expiresAtMs,
      ]);
    },
    async findSession(tokenHash) {
      const [session] = await query<Session>(
        `select replica, incarnation, expires_at_ms as "expiresAtMs" from session where token_hash = $1`,
        [tokenHash],
      );
      return session;
    },
    async endSessions(replica) {
      await query(`delete from session where replica = $1`, [replica]);
    },
    async sweep(nowMs, failedTriesBeforeMs) {
      await query(`delete from challenge where expires_at_ms <= $1`, [nowMs]);
      await query(`delete from session where expires_at_ms <= $1`, [nowMs]);
      await query(`delete from failed_try where at_ms < $1`, [failedTriesBeforeMs]);
    },
    async addFailedTry(subject, atMs) {
      await query(`insert into failed_try (subject, at_ms) values ($1, $2)`, [failedTryTag(seal, subject), atMs]);
    },
    async failedTries(subject, sinceMs) {
      const tries = await query<{ atMs: number }>(
        `select at_ms as "atMs" from failed_try where subject = $1 and at_ms > $2 order by at_ms`,
        [failedTryTag(seal, subject), sinceMs],
      );
      return tries.map(({ atMs }) => atMs);
    },
    async forgetFailedTries(subject) {
      await query(`delete from failed_try where subject = $1`, [failedTryTag(seal, subject)]);
    },
  };
}
