import { describe, expect, it } from "vitest";
import { argon2Passwords } from "#main/security/passwords.ts";
import { accountOf, clerk, openCounter, refusal, value } from "#test/support/counter.ts";
import { plainVerifier } from "#test/support/plain-passwords.ts";

const change = { password: "chen-secret", newPassword: "four unrelated words" };

/** A counter with a line, and what it sent. */
function openOnline() {
  const counter = openCounter();
  const sent: unknown[] = [];
  counter.line.act = async (act) => {
    sent.push(act);
    return { ok: true, value: { verdict: "applied", reply: {} } };
  };
  return { counter, sent };
}

describe("changing one's own password", () => {
  it("sends head office a verifier of the new one, and which one it replaces, and neither password", async () => {
    const { counter, sent } = openOnline();
    value(await counter.changePassword(change, clerk));
    expect(sent).toMatchObject([
      {
        type: "account.changePassword",
        by: clerk.staffId,
        body: { verifier: plainVerifier(change.newPassword), replaces: accountOf(clerk).verifier },
      },
    ]);
    const verifier = await argon2Passwords.makeVerifier(change.newPassword);
    expect(verifier).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await argon2Passwords.verify(verifier, change.newPassword)).toBe(true);
    expect(await argon2Passwords.verify(verifier, change.password)).toBe(false);
  });

  it("needs the old password, and guesses at it lock the account as at the sign-in (U-04)", async () => {
    const { counter, sent } = openOnline();
    const guess = { ...change, password: "guess" };
    expect(refusal(await counter.changePassword(guess, clerk))).toEqual({ code: "WRONG_CREDENTIALS", attemptsLeft: 4 });
    for (let i = 0; i < 4; i++) refusal(await counter.changePassword(guess, clerk));
    expect(refusal(await counter.changePassword(change, clerk))).toMatchObject({ code: "ACCOUNT_LOCKED" });
    expect(sent).toEqual([]);
  });

  it("to the one that is in use is told as such and asks nobody", async () => {
    const { counter, sent } = openOnline();
    const same = { password: "chen-secret", newPassword: "chen-secret" };
    expect(refusal(await counter.changePassword(same, clerk))).toEqual({ code: "PASSWORD_UNCHANGED" });
    expect(sent).toEqual([]);
  });

  it("waits for the line, and until then the old one is good", async () => {
    const counter = openCounter();
    expect(refusal(await counter.changePassword(change, clerk))).toEqual({ code: "NEEDS_HEAD_OFFICE" });
    expect((await counter.signIn({ userName: "chen", password: "chen-secret" })).ok).toBe(true);
  });
});
