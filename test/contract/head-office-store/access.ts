import { describe, expect, it } from "vitest";
import type { OneTimeCode } from "#server/app/ports/access-store.ts";
import { hashes, newId, newIncarnation, type StoreOf } from "./samples.ts";

export function describeAccess(storeOf: StoreOf): void {
  describe("access", () => {
    const secretOf = (): Uint8Array => Buffer.from(newId());

    it("keeps the identity that was made first", async () => {
      const fresh = () => ({
        serverId: newId(),
        privateKey: hashes[0],
        publicKey: hashes[1],
        directoryKey: hashes[0],
        incarnation: newIncarnation(),
        isSample: false,
      });
      const first = fresh();
      expect(await storeOf().write((tx) => tx.access.identity(first))).toEqual({ identity: first, isNew: true });
      expect(await storeOf().write((tx) => tx.access.identity(fresh()))).toEqual({ identity: first, isNew: false });
    });

    it("remembers of a code who used it and how often it was tried wrongly", async () => {
      const code: OneTimeCode = {
        selector: newId(),
        secretHash: hashes[0],
        purpose: "station",
        branchId: newId(),
        expiresAtMs: 99,
        wrongTries: 0,
        usedByKey: null,
        replica: null,
      };
      await storeOf().write((tx) => tx.access.addCode(code));
      const used = { ...code, wrongTries: 1, usedByKey: hashes[1], replica: 4 };
      await storeOf().write((tx) => tx.access.saveCode({ ...used, expiresAtMs: 1 }));
      expect(await storeOf().write((tx) => tx.access.lockCode(code.selector))).toEqual(used);
      expect(await storeOf().write((tx) => tx.access.lockCode(newId()))).toBeUndefined();
      await expect(storeOf().write((tx) => tx.access.addCode(code))).rejects.toMatchObject({ constraint: "one_time_code_pkey" });
      const odd = { ...code, selector: newId(), purpose: "guest" as "station" };
      await expect(storeOf().write((tx) => tx.access.addCode(odd))).rejects.toMatchObject({ constraint: "one_time_code_purpose" });
    });

    it("takes a challenge once, from the station it was given to, in its time", async () => {
      const challenge = secretOf();
      await storeOf().write((tx) => tx.access.addChallenge(challenge, 4, 100));
      const take = (replica: number, nowMs: number) => storeOf().write((tx) => tx.access.takeChallenge(challenge, replica, nowMs));
      expect(await take(5, 50)).toBe(false);
      expect(await take(4, 100)).toBe(false);
      expect(await take(4, 50)).toBe(true);
      expect(await take(4, 50)).toBe(false);
    });

    it("knows a session by its token, and forgets what has run out", async () => {
      const [token, oldToken, challenge, subject] = [secretOf(), secretOf(), secretOf(), newId()];
      const session = { replica: 4, incarnation: newIncarnation(), expiresAtMs: 3e12 };
      await storeOf().write(async ({ access }) => {
        await access.addSession(token, session);
        await access.addSession(oldToken, { ...session, expiresAtMs: 50 });
        await access.addChallenge(challenge, 4, 50);
        await access.addFailedTry(subject, 10);
        await access.addFailedTry(subject, 30);
        await access.sweep(50, 20);
      });
      expect(await storeOf().read((tx) => tx.access.findSession(token))).toEqual(session);
      expect(await storeOf().read((tx) => tx.access.findSession(oldToken))).toBeUndefined();
      expect(await storeOf().write((tx) => tx.access.takeChallenge(challenge, 4, 1))).toBe(false);
      expect(await storeOf().read((tx) => tx.access.failedTries(subject, 0))).toEqual([30]);
    });

    it("ends all sessions of one station, and nobody else's", async () => {
      const tokens = [secretOf(), secretOf(), secretOf()] as const;
      await storeOf().write(async ({ access }) => {
        for (const [i, token] of tokens.entries())
          await access.addSession(token, { replica: i < 2 ? 900_001 : 900_002, incarnation: newIncarnation(), expiresAtMs: 3e12 });
        await access.endSessions(900_001);
      });
      const holders: (number | undefined)[] = [];
      for (const token of tokens) holders.push((await storeOf().read((tx) => tx.access.findSession(token)))?.replica);
      expect(holders).toEqual([undefined, undefined, 900_002]);
    });

    it("counts failed tries of one subject, oldest first, until they are forgotten", async () => {
      const [subject, other] = [newId(), newId()];
      await storeOf().write(async ({ access }) => {
        for (const atMs of [30, 10, 20]) await access.addFailedTry(subject, atMs);
        await access.addFailedTry(other, 10);
      });
      expect(await storeOf().read((tx) => tx.access.failedTries(subject, 10))).toEqual([20, 30]);
      await storeOf().write((tx) => tx.access.forgetFailedTries(subject));
      expect(await storeOf().read((tx) => tx.access.failedTries(subject, 0))).toEqual([]);
      expect(await storeOf().read((tx) => tx.access.failedTries(other, 0))).toEqual([10]);
    });

    it("does an act once: whoever comes with the same id is told what was done", async () => {
      const actId = newId();
      const reply = { op: newId(), note: "会员" };
      await storeOf().write(async ({ acts }) => {
        expect(await acts.begin(actId, "rule.publish", hashes[0])).toBeUndefined();
        await acts.finish(actId, reply);
      });
      expect(await storeOf().write((tx) => tx.acts.begin(actId, "rule.publish", hashes[1]))).toEqual({ digest: hashes[0], reply });
    });

    it("gives the id of an act back when it was refused", async () => {
      const actId = newId();
      const begin = () => storeOf().write((tx) => tx.acts.begin(actId, "rule.publish", hashes[0]));
      await storeOf().write(async ({ acts }) => {
        await acts.begin(actId, "rule.publish", hashes[0]);
        await acts.abandon(actId);
      });
      expect(await begin()).toBeUndefined();
    });
  });
}
