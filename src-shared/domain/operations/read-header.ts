import { toHex } from "#shared/std/bytes.ts";
import type { OperationHeader } from "./operation.ts";

const magic = "43464f31"; // "CFO1"
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a header from the bytes that were hashed; the layout stands at `headerBytes`.
 *
 * @throws RangeError when they are too short, too long, or not of this layout; TypeError when a string is not UTF-8
 */
export function readHeaderBytes(bytes: Uint8Array): OperationHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number): number => {
    if (at + length > bytes.length) throw new RangeError("the header ends too early");
    at += length;
    return at - length;
  };
  const hex = (length: number): string => toHex(bytes.subarray(take(length), at));
  const u16 = (): number => view.getUint16(take(2));
  const text = (): string => utf8.decode(bytes.subarray(take(u16()), at));

  if (hex(4) !== magic) throw new RangeError("this is no header of an operation");
  const opId = hex(16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const replica = view.getUint32(take(4));
  const incarnation = hex(8);
  const seq = Number(view.getBigUint64(take(8)));
  const hlc = hex(8);
  const type = text();
  const version = u16();
  const entity = { kind: text(), id: text() };
  const transaction = { id: text(), n: u16(), of: u16() };
  if (at !== bytes.length) throw new RangeError("something follows the header");
  return {
    opId,
    replica,
    incarnation,
    seq,
    hlc,
    type,
    version,
    entity: entity.kind === "" && entity.id === "" ? undefined : entity,
    transaction: transaction.id === "" ? undefined : transaction,
  };
}
