import { createPrivateKey, createPublicKey, verify } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { sealKey } from "#main/security/seal-key.ts";
import { depositPublicKey, openDeposit } from "#server/app/key-deposit.ts";
import { sha256 } from "#server/app/sha256.ts";
import { refusalMessage } from "#server/http/refusal-message.ts";
import { feedRecords, type FeedKind } from "#shared/contracts/sync/feed.ts";
import { fromWire } from "#shared/contracts/sync/operation-wire.ts";
import {
  depositBytes,
  depositKeyBytes,
  erasureBytes,
  reachBytes,
  helloBytes,
  identityBytes,
  pushBytes,
} from "#shared/contracts/sync/signed-bytes.ts";
import { envelopeReply, envelopeRequest, openEnvelope, toEnvelope } from "#shared/contracts/sync/envelope.ts";
import { actTypes } from "#shared/contracts/acts/act-types.ts";
import { manifestBytes, snapshotChunkRequest, snapshotManifest, snapshotReply, snapshotRequest } from "#shared/contracts/sync/snapshot.ts";
import * as wire from "#shared/contracts/sync/wire.ts";
import { keyFingerprint, readEnrolmentCode } from "#shared/domain/enrolment/code.ts";
import { rightsSum } from "#shared/domain/ledger/rights-sum.ts";
import { keyIdOf } from "#shared/domain/recovery/key-id.ts";
import { chainHash, genesisHash } from "#shared/domain/operations/encode.ts";

const page = readFileSync(new URL("../../../docs/sync.md", import.meta.url), "utf8");

/** The example of a kind, such as `request push`, as it stands in the page. */
function example(kind: string): string {
  const text = new RegExp(`^\`\`\`json ${kind}\\n([^]*?)^\`\`\``, "m").exec(page)?.[1];
  if (text === undefined) throw new Error(`docs/sync.md has no example of a ${kind}`);
  return text;
}
const read = <T>(schema: z.ZodType<T>, kind: string): T => schema.parse(JSON.parse(example(kind)));

describe("the page of the protocol", () => {
  it.each(Object.entries(wire.syncPath))("describes %s", (_name, path) => {
    expect(page).toContain(`### \`POST ${path}\``);
  });

  it.each([
    ["error", wire.syncError],
    ["request identity", wire.identityRequest],
    ["reply identity", wire.identityReply],
    ["request enrol", wire.enrolRequest],
    ["reply enrol", wire.enrolReply],
    ["request challenge", wire.challengeRequest],
    ["reply challenge", wire.challengeReply],
    ["request hello", wire.helloRequest],
    ["reply hello", wire.helloReply],
    ["request push", wire.pushRequest],
    ["reply push", wire.pushReply],
    ["request envelope", envelopeRequest],
    ["reply envelope", envelopeReply],
    ["request pull", wire.pullRequest],
    ["request draw", wire.drawRequest],
    ["reply draw", wire.drawReply],
    ["request act", wire.actRequest],
    ["reply act", wire.actReply],
    ["request find", wire.findRequest],
    ["reply find", wire.findReply],
    ["request ownOps", wire.ownOpsRequest],
    ["reply ownOps", wire.ownOpsReply],
    ["request snapshot", snapshotRequest],
    ["reply snapshot", snapshotReply],
    ["request snapshotChunk", snapshotChunkRequest],
    ["request repair", wire.repairRequest],
    ["reply repair", wire.repairReply],
    ["request deposit", wire.depositRequest],
    ["reply deposit", wire.depositReply],
  ])("shows a message that the schemas accept as its %s", (kind, schema: z.ZodType) => {
    expect(schema.safeParse(JSON.parse(example(kind)))).toMatchObject({ success: true });
  });

  it("shows a pull with every kind of frame, and rows as the feed carries them", () => {
    const frames = example("frames pull")
      .trimEnd()
      .split("\n")
      .map((line) => wire.pullFrame.parse(JSON.parse(line)));
    expect(new Set(frames.map(({ k }) => k))).toEqual(new Set(wire.pullFrame.options.map(({ shape }) => shape.k.value)));
    const rows = frames.filter((frame) => frame.k === "row");
    for (const row of rows) expect(feedRecords[row.e as FeedKind].safeParse(row.d)).toMatchObject({ success: true });
  });

  it.each([...wire.verdict.options, ...wire.helloVerdict.options, ...Object.keys(feedRecords), ...actTypes.keys()])(
    "explains %s",
    (word) => {
      expect(page).toContain(`\`${word}\``);
    },
  );
});

describe("every refusal that the exchange can give", () => {
  const appFolder = new URL("../../../src-server/app/", import.meta.url);
  const sources = readdirSync(appFolder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const refusals = sources.flatMap((name) => [
    ...readFileSync(new URL(name, appFolder), "utf8").matchAll(/refuse\(\s*4\d\d,\s*"([A-Z_]+)"/g),
  ]);
  const ofActs = [...actTypes.values()].flatMap(({ refusals: own }) => Object.keys(own));
  const codes = [...new Set([...refusals.map(([, code = ""]) => code), ...ofActs])];

  it("is found in the sources", () => {
    expect(codes).toEqual(expect.arrayContaining(["GAP", "FORK", "TOKEN", "CODE_USED", "ALREADY_DECIDED"]));
  });

  it.each(codes)("has words and a place in the page: %s", (code) => {
    expect(page).toContain(`\`${code}\``);
    expect(refusalMessage(code)).not.toContain(code);
  });
});

describe("the example of the page, recomputed", () => {
  it("an envelope is the push of the page in its frozen form, byte for byte, and opens as that push", () => {
    const push = read(wire.pushRequest, "request push");
    const envelope = read(envelopeRequest, "request envelope");
    const { replica, incarnation } = push;
    const frozen = push.ops.map((op) => toEnvelope(fromWire(op, { replica, incarnation, prev: new Uint8Array(32) })));
    expect(envelope).toEqual({ ...push, ops: frozen });
    expect(openEnvelope(envelope)).toEqual(push);
    expect(openEnvelope({ ...envelope, replica: 8 })).toBeUndefined();
    const [first] = envelope.ops;
    const noHeader = first ? [{ ...first, header: "00".repeat(62) }] : [];
    expect(openEnvelope({ ...envelope, ops: noHeader })).toBeUndefined();
  });

  const push = read(wire.pushRequest, "request push");
  const hello = read(wire.helloRequest, "request hello");
  const identity = read(wire.identityReply, "reply identity");
  const enrol = read(wire.enrolRequest, "request enrol");

  it("chains its operation to the beginning of the incarnation", () => {
    const genesis = genesisHash(sha256, push.replica, push.incarnation);
    expect(push.baseHash).toBe(Buffer.from(genesis).toString("hex"));
    const [first] = push.ops;
    if (!first) throw new Error("the example pushes nothing");
    const op = fromWire(first, { ...push, prev: genesis });
    expect(Buffer.from(chainHash(sha256, genesis, op, op.body, op.personal)).toString("hex")).toBe(first.h);
    expect(push.headHash).toBe(first.h);
  });

  it("is signed by the station's key: the push over its head, the hello over challenge and incarnation", () => {
    const station = publicKey(enrol.publicKey);
    expect(enrol.publicKey).toBe(rawPublicKey(0x01));
    const pushed = pushBytes(Buffer.from(push.headHash, "hex"));
    expect(verify(null, pushed, station, Buffer.from(push.signature, "base64"))).toBe(true);
    const greeted = helloBytes(Buffer.from(hello.challenge, "base64"), hello.incarnation);
    expect(verify(null, greeted, station, Buffer.from(hello.challengeSignature, "base64"))).toBe(true);
  });

  it("names head office's key in the code, and head office proves that it holds it", () => {
    const { nonce } = read(wire.identityRequest, "request identity");
    expect(identity.publicKey).toBe(rawPublicKey(0x02));
    expect(
      verify(null, identityBytes(Buffer.from(nonce, "base64")), publicKey(identity.publicKey), Buffer.from(identity.signature, "base64")),
    ).toBe(true);
    const fingerprint = keyFingerprint(sha256, Buffer.from(identity.publicKey, "base64"));
    expect(readEnrolmentCode(enrol.code)).toEqual({ ok: true, value: { code: enrol.code, fingerprint } });
  });

  it("bears head office's signature for whom it had forgotten", () => {
    const [erasure] = read(wire.erasuresRequest, "request erasures").erasures;
    if (!erasure) throw new Error("the example tells of nobody");
    const signature = Buffer.from(erasure.signature, "base64");
    expect(verify(null, erasureBytes(erasure), publicKey(identity.publicKey), signature)).toBe(true);
  });

  it("bears head office's signature for how far its books go", () => {
    const { reach } = read(wire.helloReply, "reply hello");
    if (!reach) throw new Error("the example does not say how far the books go");
    const signature = Buffer.from(reach.signature, "base64");
    expect(verify(null, reachBytes(7, reach), publicKey(identity.publicKey), signature)).toBe(true);
  });

  it("bears head office's signature on the manifest of a snapshot", () => {
    const reply = read(snapshotReply, "reply snapshot");
    if (reply.state !== "made") throw new Error("the example has no manifest");
    expect(snapshotManifest.parse(JSON.parse(reply.manifest))).toMatchObject({ stream: "dir" });
    expect(verify(null, manifestBytes(reply.manifest), publicKey(identity.publicKey), Buffer.from(reply.signature, "base64"))).toBe(true);
  });

  it("seals the key that the text names to the key of the hello, for this station alone", () => {
    const { deposit } = read(wire.helloReply, "reply hello");
    const { keyId, sealed } = read(wire.depositRequest, "request deposit");
    const to = Buffer.from(deposit.publicKey, "base64");
    const headOffice = publicKey(identity.publicKey);
    expect(verify(null, depositKeyBytes(to), headOffice, Buffer.from(deposit.signature, "base64"))).toBe(true);
    const key = Buffer.alloc(32, 0x06);
    expect(keyIdOf(sha256, key)).toBe(keyId);
    const station = { replica: 7, publicKey: Buffer.from(enrol.publicKey, "base64") };
    const own = pkcs8(0x02);
    expect(Buffer.from(depositPublicKey(own))).toEqual(to);
    expect(sealKey(key, to, depositBytes(station, keyId), Buffer.alloc(32, 0x07))).toEqual(Buffer.from(sealed, "base64"));
    const open = (about: Uint8Array) => openDeposit(own, Buffer.from(sealed, "base64"), about);
    expect(open(depositBytes(station, keyId))).toEqual(key);
    expect(open(depositBytes({ ...station, replica: 8 }, keyId))).toBeUndefined();
    expect(open(depositBytes({ ...station, publicKey: to }, keyId))).toBeUndefined();
  });

  it("claims the one lot that the text names", () => {
    expect(rightsSum(sha256, [{ lotId: "01931b66-7a00-7000-8000-0000000000b1", points: 30 }])).toBe(hello.rights.sum);
  });
});

function publicKey(raw: string) {
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(raw, "base64").toString("base64url") }, format: "jwk" });
}

/** The public key of the seed that the page names: 32 times one byte. */
function rawPublicKey(byte: number): string {
  const { x = "" } = createPublicKey(createPrivateKey({ key: pkcs8(byte), format: "der", type: "pkcs8" })).export({ format: "jwk" });
  return Buffer.from(x, "base64url").toString("base64");
}

const pkcs8 = (byte: number): Buffer => Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, byte)]);
