import { generateKeyPairSync, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identityBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { keyFingerprint } from "#shared/domain/enrolment/code.ts";
import { sha256 } from "#server/app/sha256.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk } from "#test/support/simulated-station.ts";

const newKey = () => generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
const changeLast = (code: string) => {
  const at = 15;
  return code.slice(0, at) + (code[at] === "0" ? "1" : "0") + code.slice(at + 1);
};

describe("how a station joins", () => {
  const database = withDatabase();
  let company: Company;
  beforeAll(async () => {
    company = await openCompany(database.url);
  });
  afterAll(() => company.close());

  const newCode = async () => expectOk(await company.office.admin.createEnrolmentCode(company.administrator, "A")).code.replaceAll("-", "");
  const enrol = (code: string, publicKey: string) => company.office.sync.enrol({ code, publicKey, app: "test" });

  it("names head office's key in the code, and proves it before anything is sent", async () => {
    // Somebody else answers at the address: the station must notice before it gives the code away.
    const code = await newCode();
    const nonce = new Uint8Array(32).fill(7);
    const { publicKey, signature } = company.office.sync.identity(nonce);

    expect(code.slice(16)).toBe(keyFingerprint(sha256, publicKey));
    const key = { key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]), format: "der", type: "spki" } as const;
    expect(verify(null, identityBytes(nonce), key, signature)).toBe(true);
  });

  it("answers again when the reply was lost, and nobody else", async () => {
    // The station asks a second time with the same key, even two days later; a finder of the slip of paper has another key.
    const code = await newCode();
    const key = newKey();
    const first = expectOk(await enrol(code, key));
    company.clock.advance(2 * dayMs);

    expect(expectOk(await enrol(code, key))).toEqual(first);
    expect(await enrol(code, newKey())).toMatchObject({ ok: false, error: { code: "CODE_USED", status: 409 } });
  });

  it("blocks a code after five wrong tries, for the right one too", async () => {
    const code = await newCode();
    const wrong = changeLast(code);
    const tries = [];
    for (let i = 0; i < 5; i++) tries.push(await enrol(wrong, newKey()));

    expect(tries.slice(0, 4).map((each) => (each.ok ? null : each.error.data))).toEqual([
      { triesLeft: 4 },
      { triesLeft: 3 },
      { triesLeft: 2 },
      { triesLeft: 1 },
    ]);
    expect(tries[4]).toMatchObject({ ok: false, error: { code: "CODE_BLOCKED" } });
    expect(await enrol(code, newKey())).toMatchObject({ ok: false, error: { code: "CODE_BLOCKED", status: 403 } });
  });

  it("refuses a code after a day", async () => {
    const code = await newCode();
    company.clock.advance(dayMs);
    expect(await enrol(code, newKey())).toMatchObject({ ok: false, error: { code: "CODE_EXPIRED" } });
  });

  it("slows down whoever guesses codes, whatever they begin with", async () => {
    // A program tries codes at random; after sixty it is told to come back later, and so is everybody for a quarter of an hour.
    const guess = (i: number) => `ZZZ${String(i).padStart(2, "0")}`.padEnd(26, "Z");
    for (let i = 0; i < 60; i++) await enrol(guess(i), newKey());
    expect(await enrol(guess(60), newKey())).toMatchObject({ ok: false, error: { code: "TRY_LATER", status: 429 } });
    company.clock.advance(15 * 60 * 1000);
    expect(await enrol(await newCode(), newKey())).toMatchObject({ ok: true });
  });

  it("keeps no code that a reader of the database could use", async () => {
    const code = await newCode();
    const { rows } = await company.database.query<{ row: string }>("select one_time_code::text as row from one_time_code");
    expect(rows.some(({ row }) => row.includes(code.slice(0, 4)))).toBe(true);
    expect(rows.some(({ row }) => row.includes(code.slice(4, 16)))).toBe(false);
  });

  it("does not take a hello that was overheard", async () => {
    // Somebody recorded a station's hello and plays it again; somebody else shows a challenge that was given to another station.
    const a = await company.station("A");
    const b = await company.station("B");
    const overheard = await a.helloRequest();
    expect(await company.office.sync.hello(overheard)).toMatchObject({ ok: true });
    expect(await company.office.sync.hello(overheard)).toMatchObject({ ok: false, error: { code: "CHALLENGE", status: 401 } });

    const { challenge } = await b.helloRequest();
    expect(await company.office.sync.hello({ ...(await a.helloRequest()), challenge })).toMatchObject({
      ok: false,
      error: { code: "CHALLENGE" },
    });
    const forged = { ...(await a.helloRequest()), incarnation: "00112233445566ff" };
    expect(await company.office.sync.hello(forged)).toMatchObject({ ok: false, error: { code: "BAD_SIGNATURE", status: 403 } });
    expect(await company.office.sync.challenge(999_999)).toMatchObject({ ok: false, error: { code: "REPLICA_UNKNOWN", status: 404 } });
  });

  it("tells a station that is too old, with a token to hand over what it wrote", async () => {
    const a = await company.station("A");
    expect(await a.hello({ proto: [99] })).toMatchObject({ verdict: "UPGRADE", token: expect.stringMatching(/^.{40,}$/) });
  });
});
