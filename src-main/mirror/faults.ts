import { Fault } from "#main/app/ports/fault.ts";
import type { MirrorTrouble } from "#main/app/ports/mirror.ts";

const troubles: Readonly<Record<string, readonly [code: MirrorTrouble, message: string]>> = {
  ENOSPC: ["MIRROR_FULL", "The volume of the mirror journal is full."],
  EDQUOT: ["MIRROR_FULL", "The volume of the mirror journal is full."],
  EROFS: ["MIRROR_READ_ONLY", "The volume of the mirror journal cannot be written."],
  EACCES: ["MIRROR_READ_ONLY", "The folder of the mirror journal cannot be written."],
  EPERM: ["MIRROR_READ_ONLY", "The folder of the mirror journal cannot be written."],
};

/** Whatever else a disk says of a file that should be there, the volume is not what it was. */
function toMirrorFault(cause: unknown): unknown {
  if (!(cause instanceof Error && "code" in cause && typeof cause.code === "string" && "syscall" in cause)) return cause;
  const [code, message] = troubles[cause.code] ?? ["MIRROR_GONE", "The volume of the mirror journal is not there, or does not answer."];
  return new Fault(code, { cause, message });
}

/** Runs `work` on the volume. @throws Fault `MIRROR_…` */
export function onVolume<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw toMirrorFault(cause);
  }
}
