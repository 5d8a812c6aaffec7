import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sealKey } from "#main/security/seal-key.ts";
import { sha256 } from "#server/app/sha256.ts";
import { depositBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { keyIdOf } from "#shared/domain/recovery/key-id.ts";
import { printRecoveryKey } from "#shared/domain/recovery/recovery-key.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

describe("the key of a station's data at head office", () => {
  const database = withDatabase();
  let company: Company;
  let atA: SimulatedStation;
  let atB: SimulatedStation;
  beforeAll(async () => {
    company = await openCompany(database.url);
    [atA, atB] = [await company.station("A"), await company.station("B")];
  });
  afterAll(() => company.close());

  const publicKeyOf = async (replica: number): Promise<Buffer> => {
    const { rows } = await company.database.query<{ key: Buffer }>("select public_key as key from replica where replica = $1", [replica]);
    return rows[0]?.key ?? Buffer.alloc(0);
  };
  /** What `station` deposits of a key; `sealedFor` is another one when somebody shows what is not theirs. */
  async function deposit(station: SimulatedStation, key: Buffer, sealedFor = station) {
    const keyId = keyIdOf(sha256, key);
    const about = depositBytes({ replica: sealedFor.replica, publicKey: await publicKeyOf(sealedFor.replica) }, keyId);
    const to = Buffer.from((await station.hello()).deposit.publicKey, "base64");
    const sealed = Buffer.from(sealKey(key, to, about, randomBytes(32))).toString("base64");
    return company.office.sync.deposit(station.token(), { replica: station.replica, keyId, sealed });
  }
  const recover = (replica: number) => company.office.admin.recoverKey(company.administrator, replica);

  it("is printed again as the station prints it, the newest first, and who had it shown stays in the log", async () => {
    const [first, second] = [randomBytes(32), randomBytes(32)];
    expect(await recover(atA.replica)).toEqual({ ok: false, error: { code: "KEY_NOT_DEPOSITED" } });
    expectOk(await deposit(atA, first));
    company.clock.advance(1_000);
    expectOk(await deposit(atA, second));
    expect((await atA.hello()).deposit.keyId).toBe(keyIdOf(sha256, second));
    const { keys } = expectOk(await recover(atA.replica));
    expect(keys.map(({ recoveryKey }) => recoveryKey)).toEqual([second, first].map((key) => printRecoveryKey(sha256, key)));
    const { rows } = await company.database.query("select body from op_inbox where type = 'station.recover_key'");
    expect(rows).toHaveLength(1);
    expect(JSON.parse(String(rows[0].body))).toMatchObject({ by: company.administrator, d: { replica: atA.replica } });
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  it("is the newest again when the same is deposited again, and stands there once", async () => {
    const [first, second] = [randomBytes(32), randomBytes(32)];
    for (const key of [first, second, first]) {
      company.clock.advance(1_000);
      expectOk(await deposit(atB, key));
    }
    const { keys } = expectOk(await recover(atB.replica));
    expect(keys.map(({ recoveryKey }) => recoveryKey)).toEqual([first, second].map((key) => printRecoveryKey(sha256, key)));
  });

  // The attack: a station shows what another one sealed, to have it handed out as its own.
  it("is not taken from a station that did not seal it", async () => {
    expect(await deposit(atA, randomBytes(32), atB)).toMatchObject({ ok: false, error: { code: "MALFORMED" } });
  });

  // The attack: somebody in the database moves a sealed key to a station whose recovery key they may ask for.
  it("does not open as another station's", async () => {
    await company.database.query("insert into key_deposit select $1, 'ff', sealed, 0 from key_deposit where replica = $2 limit 1", [
      atA.replica,
      atB.replica,
    ]);
    await expect(recover(atA.replica)).rejects.toThrow("does not open");
  });

  it("is nobody's when there is no such station", async () => {
    expect(await recover(4711)).toEqual({ ok: false, error: { code: "STATION_NOT_FOUND" } });
  });
});
