import { verify, createPublicKey } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "#server/app/sha256.ts";
import { serveHeadOffice, type Serving } from "#server/http/serve-head-office.ts";
import { identityBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { toEnvelope } from "#shared/contracts/sync/envelope.ts";
import { syncPath } from "#shared/contracts/sync/wire.ts";
import { keyFingerprint, readEnrolmentCode } from "#shared/domain/enrolment/code.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { enrolStation, expectOk } from "#test/support/simulated-station.ts";
import { post } from "./head-office-double.ts";
import { overHttp } from "./over-http.ts";

/** The real head office on a real PostgreSQL, behind a real socket; only the station has neither database nor screen. */
describe("over the line", () => {
  const database = withDatabase();
  let company: Company;
  let serving: Serving;

  beforeAll(async () => {
    company = await openCompany(database.url);
    serving = await serveHeadOffice({
      headOffice: company.office,
      host: "127.0.0.1",
      port: 0,
      reportIncident: (where, cause) => {
        throw new Error(`nothing here may be an incident, but ${where} was`, { cause });
      },
    });
  });
  afterAll(async () => {
    await serving.close();
    await company.close();
  });

  async function stationAt(branchCode: string) {
    const office = { ...company.office, sync: { ...company.office.sync, ...overHttp(serving.url) } };
    return enrolStation({ office, clock: company.clock, branchCode, staffId: company.administrator });
  }

  it("a station checks the key, joins, hands over its day and reads what became of it", async () => {
    const a = await stationAt("A");
    const member = a.createMember("20000000001");
    a.award(member, 300);
    a.redeem(member, 120);
    const pushed = await a.push();
    expect(pushed.results.map(({ verdict }) => verdict)).toEqual(["applied", "applied", "applied"]);
    await a.pull();
    expect(a.row("balance", member)).toMatchObject({ balance: 180 });
    expect(await company.office.admin.balances(["20000000001"])).toMatchObject({ balances: { "20000000001": 180 } });
  });

  it("a station whose program is too old for all the rest hands over what it wrote, once", async () => {
    const a = await stationAt("A");
    a.award(a.createMember("20000000009"), 50);
    const hello = expectOk(await overHttp(serving.url).hello({ ...(await a.helloRequest()), proto: [0] }));
    expect(hello.verdict).toBe("UPGRADE");
    const envelope = { ...a.pushRequest(0, 2), ops: a.operations.map(toEnvelope) };
    const asThem = { authorization: `Bearer ${hello.token}` };
    for (let time = 0; time < 2; time += 1) {
      expect(await post(serving.url, syncPath.envelope, envelope, asThem)).toMatchObject({ status: 200, body: { ackSeq: 2 } });
    }
    expect(await company.office.admin.balances(["20000000009"])).toMatchObject({ balances: { "20000000009": 50 } });
    const another = { ...envelope, incarnation: "00".repeat(8) };
    expect(await post(serving.url, syncPath.envelope, another, asThem)).toMatchObject({
      status: 400,
      body: { error: { code: "MALFORMED" } },
    });
  });

  it("the same batch again changes nothing", async () => {
    const a = await stationAt("A");
    const member = a.createMember("20000000002");
    a.award(member, 50);
    await a.push();
    const again = expectOk(await overHttp(serving.url).push(a.token(), a.pushRequest(0, 2)));
    expect(again.results.map(({ verdict, first }) => [verdict, first])).toEqual([
      ["duplicate", "applied"],
      ["duplicate", "applied"],
    ]);
    expect(await company.office.admin.balances(["20000000002"])).toMatchObject({ balances: { "20000000002": 50 } });
  });

  it("a pull that waits is answered as soon as another branch has written", async () => {
    const [a, b] = [await stationAt("A"), await stationAt("B")];
    await b.pull();
    const waiting = overHttp(serving.url).pull(
      b.token(),
      { replica: b.replica, incarnation: b.incarnation, cursors: { ...b.cursors }, serverEpoch: 1, maxBytes: 1_000_000, waitMs: 25_000 },
      new AbortController().signal,
    );
    const member = a.createMember("20000000003");
    await a.push();
    const frames = expectOk(await waiting);
    expect(frames).toContainEqual(expect.objectContaining({ k: "row", s: "dir", id: member }));
  });

  it("head office proves the key that the enrolment code names before it is told the code", async () => {
    const nonce = Buffer.alloc(32, 7);
    const { body } = await post(serving.url, syncPath.identity, { nonce: nonce.toString("base64") });
    const { publicKey, signature } = body as { publicKey: string; signature: string };
    const raw = Buffer.from(publicKey, "base64");
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") }, format: "jwk" });
    expect(verify(null, identityBytes(nonce), key, Buffer.from(signature, "base64"))).toBe(true);
    const { code } = expectOk(await company.office.admin.createEnrolmentCode(company.administrator, "A"));
    expect(expectOk(readEnrolmentCode(code)).fingerprint).toBe(keyFingerprint(sha256, raw));
  });

  it("the token of one station is worth nothing to another", async () => {
    const [a, b] = [await stationAt("A"), await stationAt("B")];
    b.createMember("20000000004");
    expect(await overHttp(serving.url).push(a.token(), b.pushRequest(0, 1))).toMatchObject({ error: { code: "TOKEN", status: 401 } });
  });

  it("an operation changed on the way is not taken", async () => {
    const a = await stationAt("A");
    const member = a.createMember("20000000005");
    a.award(member, 10);
    const request = a.pushRequest(0, 2);
    const ops = request.ops.map((op) => ({ ...op, b: op.b.replace('"points":10', '"points":90') }));
    expect(await overHttp(serving.url).push(a.token(), { ...request, ops })).toMatchObject({
      error: { code: "CHAIN_BROKEN", status: 409 },
    });
    expect(await company.office.admin.balances(["20000000005"])).toMatchObject({ balances: {} });
  });

  it("an enrolment code lets one key in, again if its answer was lost, and no second one", async () => {
    const { code } = expectOk(await company.office.admin.createEnrolmentCode(company.administrator, "B"));
    const enrol = (byte: number) =>
      overHttp(serving.url).enrol({ code: code.replaceAll("-", ""), publicKey: Buffer.alloc(32, byte).toString("base64"), app: "test" });
    const first = await enrol(1);
    expect(first).toMatchObject({ ok: true });
    expect(await enrol(1)).toEqual(first);
    expect(await enrol(2)).toMatchObject({ error: { code: "CODE_USED", status: 409 } });
  });
});
