import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { chainHash, chainHashOfDigests, genesisHash, headerBytes, type Sha256 } from "#shared/domain/operations/encode.ts";
import { readHeaderBytes } from "#shared/domain/operations/read-header.ts";
import type { OperationHeader } from "#shared/domain/operations/operation.ts";

type Vector = {
  readonly name: string;
  readonly header: Omit<OperationHeader, "entity" | "transaction"> & Partial<Pick<OperationHeader, "entity" | "transaction">>;
  readonly body: string;
  readonly personal: string | null;
  readonly prev: string;
  readonly headerBytes: string;
  readonly personalDigest: string;
  readonly hash: string;
};
type Golden = {
  readonly genesis: { readonly replica: number; readonly incarnation: string; readonly prev: string };
  readonly forked: Golden["genesis"] & { readonly from: { readonly incarnation: string; readonly seq: number } };
  readonly chain: readonly Vector[];
};

const file = fileURLToPath(new URL("../../../fixtures/operations/golden.json", import.meta.url));
const golden = JSON.parse(readFileSync(file, "utf8")) as Golden;
const sha256: Sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const headerOf = ({ header }: Vector): OperationHeader => ({ entity: undefined, transaction: undefined, ...header });

/** The same bytes by other means, straight from the layout in words: whoever writes another client begins here. */
function headerInOtherWords({ header }: Vector): Buffer {
  const numbers = Buffer.alloc(4 + 8 + 8 + 8);
  numbers.writeUInt32BE(header.replica, 0);
  numbers.write(header.incarnation, 4, "hex");
  numbers.writeBigUInt64BE(BigInt(header.seq), 12);
  numbers.write(header.hlc, 20, "hex");
  return Buffer.concat([
    Buffer.from("CFO1", "ascii"),
    Buffer.from(header.opId.replaceAll("-", ""), "hex"),
    numbers,
    text(header.type),
    short(header.version),
    text(header.entity?.kind),
    text(header.entity?.id),
    text(header.transaction?.id),
    short(header.transaction?.n),
    short(header.transaction?.of),
  ]);
}
function short(value = 0): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
const text = (value = ""): Buffer => Buffer.concat([short(Buffer.byteLength(value)), Buffer.from(value)]);
const digest = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};

describe("what every client must compute for the same operation", () => {
  it.each(golden.chain)("header of $name", (vector) => {
    expect(hex(headerBytes(headerOf(vector)))).toBe(vector.headerBytes);
    expect(hex(headerInOtherWords(vector))).toBe(vector.headerBytes);
  });

  it.each(golden.chain)("hash of $name", (vector) => {
    const prev = Buffer.from(vector.prev, "hex");
    const personal = vector.personal === null ? undefined : Buffer.from(vector.personal);
    expect(hex(chainHash(sha256, prev, headerOf(vector), Buffer.from(vector.body), personal))).toBe(vector.hash);
    const personalDigest = personal ? digest(personal) : "00".repeat(32);
    expect(personalDigest).toBe(vector.personalDigest);
    expect(
      digest(prev, Buffer.from(vector.headerBytes, "hex"), Buffer.from(digest(vector.body), "hex"), Buffer.from(personalDigest, "hex")),
    ).toBe(vector.hash);
  });

  it("an operation still verifies after the person was erased, by the digest that is left", () => {
    const vector = golden.chain.find(({ personal }) => personal !== null);
    if (!vector) throw new Error("no vector has a personal part");
    const left = chainHashOfDigests(
      sha256,
      Buffer.from(vector.prev, "hex"),
      headerOf(vector),
      sha256(Buffer.from(vector.body)),
      Buffer.from(vector.personalDigest, "hex"),
    );
    expect(hex(left)).toBe(vector.hash);
    const withoutDigest = chainHash(sha256, Buffer.from(vector.prev, "hex"), headerOf(vector), Buffer.from(vector.body), undefined);
    expect(hex(withoutDigest)).not.toBe(vector.hash);
  });

  it("the first operation of a life follows its genesis, and every other the one before it", () => {
    const [first, ...rest] = golden.chain;
    expect(first?.prev).toBe(golden.genesis.prev);
    expect(rest.map(({ prev }) => prev)).toEqual(golden.chain.slice(0, -1).map(({ hash }) => hash));
  });

  it("a life, and a life forked from another, begin differently", () => {
    const { genesis, forked } = golden;
    expect(hex(genesisHash(sha256, genesis.replica, genesis.incarnation))).toBe(genesis.prev);
    expect(hex(genesisHash(sha256, forked.replica, forked.incarnation, forked.from))).toBe(forked.prev);
    const number = Buffer.alloc(4);
    number.writeUInt32BE(genesis.replica);
    expect(digest("counterfoil-op", number, Buffer.from(genesis.incarnation, "hex"), Buffer.alloc(16))).toBe(genesis.prev);
    const at = Buffer.alloc(8);
    at.writeBigUInt64BE(BigInt(forked.from.seq));
    const lives = Buffer.from(forked.incarnation + forked.from.incarnation, "hex");
    expect(digest("counterfoil-op", number, lives, at)).toBe(forked.prev);
  });
});

describe("a header that is read back", () => {
  it.each(golden.chain.map((vector) => [vector.name, vector] as const))("says what was written: %s", (_name, vector) => {
    expect(readHeaderBytes(Buffer.from(vector.headerBytes, "hex"))).toEqual(headerOf(vector));
  });

  it("is refused when a byte is missing or too many", () => {
    const bytes = Buffer.from(golden.chain[0]?.headerBytes ?? "", "hex");
    for (let length = 0; length < bytes.length; length += 1) expect(() => readHeaderBytes(bytes.subarray(0, length))).toThrow(RangeError);
    expect(() => readHeaderBytes(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow(RangeError);
  });
});
