import { join } from "node:path";
import type { Logger } from "#main/app/ports/logger.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Mirror, MirrorContents, MirrorEnd, MirrorPlace, StationFacts, Written } from "#main/app/ports/mirror.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import { makeByteWriter } from "./byte-writer.ts";
import { onVolume } from "./faults.ts";
import { fileHeaderBytes, makeSealer, newFileHeader, unsealFile, type Sealer, type UnsealedFile } from "./frames.ts";
import { readMirror } from "./read-mirror.ts";
import { factsText, readRecords, writeOpening, writeRecords, type MirrorRecord, type Opening } from "./records.ts";
import { mirrorFiles, nameOfFile, numberOf } from "./file-names.ts";
import type { GrowingFile, Volume, VolumeFile } from "./volume.ts";

export type MirrorOptions = {
  readonly volume: Volume;
  /** The folder of this one station. */
  readonly folder: string;
  /** Whether the folder is made where it is not there; else its absence means that the volume is gone. */
  readonly mayMake: boolean;
  readonly dataKey: Uint8Array;
  readonly wallMs: () => number;
  readonly log: Logger;
  /** A file that has reached this length is followed by the next one. */
  readonly fileBytesMax?: number;
};

/** So many operations make a frame of a journal that is written anew. */
const operationsAtOnce = 500;
/** At the start the last file is read, which must not take long: at most some two thousand operations. A busy counter fills ninety a year. */
const defaultFileBytesMax = 1024 * 1024;
const nothing: MirrorEnd = { operation: { incarnation: "", seq: 0, hash: new Uint8Array(32) }, grant: { incarnation: "", gno: 0 } };

/** The mirror journal in a folder: sealed files that only grow, each written through before the act it tells of is answered. */
export const makeMirrorPlace = (options: MirrorOptions): MirrorPlace => ({
  open: () => onVolume(() => openMirror(options)),
  read: (): MirrorContents => onVolume(() => readMirror(options)),
});

type OpenFile = { readonly month: string; readonly file: GrowingFile; readonly sealer: Sealer; bytes: number };

function openMirror({ volume, folder, mayMake, dataKey, wallMs, log, fileBytesMax = defaultFileBytesMax }: MirrorOptions): Mirror {
  const plain = makeByteWriter();
  const sealed = makeByteWriter();
  if (mayMake) volume.makeFolder(folder);
  /** Files that are written anew: no file behind them counts on them. */
  const replaced = new Set<string>();
  let end = nothing;
  let facts: StationFacts | undefined;
  let current = continueLast() ?? begin();

  /** The last file, when all is as it was left; a tail that was half written is cut off. */
  function continueLast(): OpenFile | undefined {
    const files = filesThere();
    const lastFile = files.at(-1);
    // A power cut while a file was begun leaves one that says nothing, behind one that says where it ends.
    const last = lastFile && (readWhole(lastFile, files) ?? (isBarelyBegun(lastFile) ? readWhole(files.at(-2), files) : undefined));
    if (!last) {
      if (lastFile)
        log.warn({ code: "MIRROR_DAMAGED", file: lastFile.name }, "the mirror journal is damaged; it is written anew beside it");
      return undefined;
    }
    end = last.records.reduce(endAfter, last.opening.end);
    facts = last.records.reduce((known, record) => (record.kind === "facts" ? record.facts : known), last.opening.facts);
    if (last.name !== lastFile.name) return undefined;
    const file = volume.openAtEnd(join(folder, last.name));
    if (last.goodBytes < last.bytes.length) {
      log.warn({ file: last.name, bytes: last.bytes.length - last.goodBytes }, "a torn tail of the mirror journal was cut off");
      file.cutTo(last.goodBytes);
      file.sync();
    }
    const sealer = makeSealer(dataKey, last.bytes.subarray(0, fileHeaderBytes), last.lastTag);
    return { month: last.name.slice(7, 14), file, sealer, bytes: last.goodBytes };
  }

  /** @returns undefined when it cannot be read, has holes, or names files that are not there as they were */
  function readWhole(file: VolumeFile | undefined, files: readonly VolumeFile[]) {
    if (!file) return undefined;
    const bytes = volume.read(join(folder, file.name));
    const unsealed = unsealFile(bytes, dataKey);
    const records = unsealed && !unsealed.hasHoles ? recordsOf(unsealed) : undefined;
    const [first] = records ?? [];
    if (!unsealed || !records || first?.kind !== "opening" || !areThere(first.opening.files, files)) return undefined;
    return { ...unsealed, name: file.name, bytes, records, opening: first.opening };
  }

  function isBarelyBegun({ name }: VolumeFile): boolean {
    const bytes = volume.read(join(folder, name));
    return bytes.length < fileHeaderBytes || unsealFile(bytes, dataKey)?.frames.length === 0;
  }

  /** A new file behind the others. */
  function begin(): OpenFile {
    const there = filesThere();
    const files = there.filter(({ name }) => !replaced.has(name));
    const month = monthOf(wallMs());
    const name = nameOfFile(numberOf(there.at(-1)?.name) + 1, month);
    const header = newFileHeader();
    const sealer = makeSealer(dataKey, header);
    plain.clear();
    writeOpening(plain, { files, end, facts } satisfies Opening);
    sealed.clear();
    sealed.bytes(header);
    sealer.seal(plain.written(), sealed);
    const file = volume.openAtEnd(join(folder, name));
    try {
      file.write(sealed.written());
      file.sync();
    } catch (cause) {
      file.close();
      throw cause;
    }
    return { month, file, sealer, bytes: sealed.written().length };
  }

  function filesThere(): readonly VolumeFile[] {
    const there = volume.list(folder);
    if (!there) throw new Fault("MIRROR_GONE", { message: "The folder of the mirror journal is not there: is its volume in place?" });
    return mirrorFiles(there);
  }

  function roll(): void {
    const next = begin();
    current.file.close();
    current = next;
  }

  function append(written: Written): void {
    if (current.bytes >= fileBytesMax || current.month !== monthOf(wallMs())) roll();
    plain.clear();
    writeRecords(plain, written);
    sealed.clear();
    current.sealer.seal(plain.written(), sealed);
    current.file.write(sealed.written());
    current.file.sync();
    current.bytes += sealed.written().length;
    facts = written.facts ?? facts;
    end = endOf(end, written);
  }

  function rewrite(asKept: (operation: StoredOperation) => StoredOperation): void {
    const old = filesThere();
    const { operations, grants, facts: lastFacts, unopened } = readMirror({ volume, folder, dataKey });
    for (const { name } of old) replaced.add(name);
    end = nothing;
    facts = undefined;
    roll();
    append({ operations: [], grants, facts: lastFacts });
    // A part may be there more than once.
    const each = new Map(operations.map((operation) => [Buffer.from(operation.hash).toString("hex"), operation]));
    const kept = Array.from(each.values(), asKept);
    for (let at = 0; at < kept.length; at += operationsAtOnce)
      append({ operations: kept.slice(at, at + operationsAtOnce), grants: [], facts: undefined });
    for (const { name } of old) if (!unopened.includes(name)) volume.remove(join(folder, name));
  }

  return {
    end: () => end,
    rewrite: (asKept) => onVolume(() => rewrite(asKept)),
    holds: (asked) => facts !== undefined && factsText(facts) === factsText(asked),
    append: (written) => onVolume(() => append(written)),
    startOver: () =>
      onVolume(() => {
        end = nothing;
        facts = undefined;
        roll();
      }),
    close: () => current.file.close(),
  };
}

/** @returns undefined when one of them is no list of records, which no power cut explains */
function recordsOf({ frames }: UnsealedFile): readonly MirrorRecord[] | undefined {
  try {
    return frames.flatMap(readRecords);
  } catch {
    return undefined;
  }
}

const areThere = (expected: Opening["files"], there: readonly VolumeFile[]): boolean =>
  expected.every(({ name, bytes }) => there.some((file) => file.name === name && file.bytes === bytes));

function endAfter(end: MirrorEnd, record: MirrorRecord): MirrorEnd {
  switch (record.kind) {
    case "operation":
      return endOf(end, { operations: [record.operation], grants: [], facts: undefined });
    case "grant":
      return endOf(end, { operations: [], grants: [record.grant], facts: undefined });
    default:
      return end;
  }
}

function endOf(end: MirrorEnd, { operations, grants }: Written): MirrorEnd {
  const operation = operations.at(-1);
  const grant = grants.at(-1);
  return {
    operation: operation ? { incarnation: operation.incarnation, seq: operation.seq, hash: operation.hash } : end.operation,
    grant: grant ? { incarnation: grant.incarnation, gno: grant.gno } : end.grant,
  };
}

const monthOf = (ms: number): string => new Date(ms).toISOString().slice(0, 7);
