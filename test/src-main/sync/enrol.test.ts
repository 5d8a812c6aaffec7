import { describe, expect, it, onTestFinished } from "vitest";
import { enrol } from "#main/sync/enrol.ts";
import { isSecureAddress, systemNetwork } from "#main/sync/http-line.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { makeSqliteStore } from "#main/db/sqlite-store.ts";
import { systemRandom } from "#main/system/random.ts";
import { printEnrolmentCode } from "#shared/domain/enrolment/code.ts";
import { dataKey, migrationsFolder, newStationFile, refusal, TestClock } from "#test/support/counter.ts";
import { fakeBranch, openFakeHeadOffice } from "#test/support/fake-head-office.ts";
import { signer } from "./open-line.ts";

/** A station fresh from the box, and a head office that has printed a code for it. */
async function openFresh() {
  const office = await openFakeHeadOffice();
  onTestFinished(office.close);
  const store = makeSqliteStore(openDatabase(newStationFile(), dataKey, migrationsFolder), {
    clock: new TestClock(),
    random: systemRandom,
  });
  const join = (code: string, url = office.url) =>
    enrol({ store, random: systemRandom, signer, network: systemNetwork, appVersion: "0.1.0" }, { url, code });
  return { office, store, join };
}

describe("joining head office", () => {
  it("makes the station one of the branch that the code was printed for", async () => {
    const { office, store, join } = await openFresh();
    expect(await join(printEnrolmentCode(office.code).toLowerCase())).toEqual({ ok: true, value: null });
    expect(store.read((view) => view.identity())).toMatchObject({
      replica: 7,
      branchId: fakeBranch.branchId,
      serverId: "server",
      headOfficeUrl: office.url,
      incarnation: expect.stringMatching(/^[0-9a-f]{16}$/),
      isSample: false,
    });
  });

  // The attack: somebody answers in head office's place, and would like to have the code.
  it("sends no code to a server that does not hold the key which the code names", async () => {
    const { office, store, join } = await openFresh();
    const impostor = await openFakeHeadOffice();
    onTestFinished(impostor.close);
    expect(refusal(await join(office.code, impostor.url))).toEqual({ code: "SERVER_KEY_MISMATCH" });
    expect(impostor.requests.map(({ path }) => path)).toEqual(["identity"]);
    expect(JSON.stringify(impostor.requests)).not.toContain(office.code.slice(0, 16));
    expect(store.read((view) => view.identity())).toBeUndefined();
  });

  // The attack: the impostor shows head office's public key, which is no secret, and cannot sign with it.
  it("sends no code to a server that shows the right key and cannot sign", async () => {
    const { office, join } = await openFresh();
    const publicKey = Buffer.from(office.publicKey).toString("base64");
    office.plant("identity", { kind: "answer", body: JSON.stringify({ publicKey, signature: Buffer.alloc(64).toString("base64") }) });
    expect(refusal(await join(office.code))).toEqual({ code: "SERVER_KEY_MISMATCH" });
    expect(office.asked("enrol")).toEqual([]);
  });

  // The attack: a signature that head office once gave to another station is shown again.
  it("is not fooled by a signature over somebody else's number", async () => {
    const { office, join } = await openFresh();
    const first = await fetch(`${office.url}/sync/v1/identity`, { method: "POST", body: JSON.stringify({ nonce: "AAAA" }) });
    office.plant("identity", { kind: "answer", body: await first.text() });
    expect(refusal(await join(office.code))).toEqual({ code: "SERVER_KEY_MISMATCH" });
    expect(office.asked("enrol")).toEqual([]);
  });

  it("sends nothing at all over plain HTTP to another machine", async () => {
    const { office, join } = await openFresh();
    const elsewhere = office.url.replace("127.0.0.1", "192.0.2.1");
    expect(refusal(await join(office.code, elsewhere))).toEqual({ code: "INSECURE_ADDRESS" });
    const addresses = ["https://hq.example", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"];
    expect(addresses.every(isSecureAddress)).toBe(true);
    const insecure = ["http://hq.example", "http://localhost.example", "http://127.0.0.2.example", "ftp://localhost"];
    expect(insecure.some(isSecureAddress)).toBe(false);
  });

  it("can be tried again after the answer was lost, and shows the same key", async () => {
    const { office, store, join } = await openFresh();
    office.plant("enrol", { kind: "loseAnswer" });
    expect(refusal(await join(office.code))).toEqual({ code: "UNREACHABLE" });
    expect(store.read((view) => view.identity())).toBeUndefined();
    expect((await join(office.code)).ok).toBe(true);
    const [first, second] = office.asked("enrol") as { publicKey: string }[];
    expect(second?.publicKey).toBe(first?.publicKey);
  });

  it.each([
    ["CODE_EXPIRED", {}, { code: "CODE_EXPIRED" }],
    ["CODE_USED", {}, { code: "CODE_USED" }],
    ["CODE_BLOCKED", {}, { code: "CODE_BLOCKED" }],
    ["CODE_WRONG", { triesLeft: 2 }, { code: "CODE_WRONG", triesLeft: 2 }],
    ["TRY_LATER", {}, { code: "UNREACHABLE" }],
  ])("passes on %s", async (code, data, answer) => {
    const { office, join } = await openFresh();
    office.plant("enrol", { kind: "refuse", status: code === "TRY_LATER" ? 429 : 403, code, data });
    expect(refusal(await join(office.code))).toEqual(answer);
  });

  it("says when there is no code, nobody there, or something else at the address", async () => {
    const { office, join } = await openFresh();
    expect(refusal(await join("not a code"))).toEqual({ code: "CODE_MALFORMED" });
    expect(office.requests).toEqual([]);
    office.plant("identity", { kind: "answer", body: "<html>router login</html>" });
    expect(refusal(await join(office.code))).toEqual({ code: "UNREACHABLE" });
    await office.close();
    expect(refusal(await join(office.code))).toEqual({ code: "UNREACHABLE" });
  });
});
