import type { AccessStore } from "#server/app/ports/access-store.ts";
import type { Tables } from "../tables.ts";
import { hexOf, nextNumber } from "../values.ts";

export function makeAccessStore({ server, codes, failedTries, challenges, sessions }: Tables): AccessStore {
  return {
    async identity(fresh) {
      const [known] = server.all();
      if (known) {
        const { epoch: _epoch, recoveringSinceMs: _since, ...identity } = known;
        return { identity, isNew: false };
      }
      server.insert({ ...fresh, epoch: 1, recoveringSinceMs: null });
      return { identity: fresh, isNew: true };
    },
    async addCode(code) {
      codes.insert(code);
    },
    async lockCode(selector) {
      return codes.get(selector);
    },
    async saveCode({ selector, wrongTries, usedByKey, replica }) {
      const code = codes.get(selector);
      if (code) codes.put({ ...code, wrongTries, usedByKey, replica });
    },
    async addChallenge(challenge, replica, expiresAtMs) {
      challenges.insert({ challenge: hexOf(challenge), replica, expiresAtMs });
    },
    async takeChallenge(challenge, replica, nowMs) {
      const given = challenges.get(hexOf(challenge));
      if (given?.replica !== replica || given.expiresAtMs <= nowMs) return false;
      challenges.remove(given.challenge);
      return true;
    },
    async addSession(tokenHash, session) {
      sessions.insert({ ...session, tokenHash: hexOf(tokenHash) });
    },
    async findSession(tokenHash) {
      const session = sessions.get(hexOf(tokenHash));
      if (!session) return undefined;
      const { tokenHash: _tokenHash, ...found } = session;
      return found;
    },
    async endSessions(replica) {
      for (const session of sessions.all()) if (session.replica === replica) sessions.remove(session.tokenHash);
    },
    async sweep(nowMs, failedTriesBeforeMs) {
      for (const { challenge, expiresAtMs } of challenges.all()) if (expiresAtMs <= nowMs) challenges.remove(challenge);
      for (const { tokenHash, expiresAtMs } of sessions.all()) if (expiresAtMs <= nowMs) sessions.remove(tokenHash);
      for (const { id, atMs } of failedTries.all()) if (atMs < failedTriesBeforeMs) failedTries.remove(`${id}`);
    },
    async addFailedTry(subject, atMs) {
      failedTries.insert({ id: nextNumber(failedTries.all().map(({ id }) => id)), subject, atMs });
    },
    async failedTries(subject, sinceMs) {
      const tries = failedTries.where("bySubject", subject).map(({ atMs }) => atMs);
      return tries.filter((atMs) => atMs > sinceMs).toSorted((a, b) => a - b);
    },
    async forgetFailedTries(subject) {
      for (const { id } of failedTries.where("bySubject", subject)) failedTries.remove(`${id}`);
    },
  };
}
