import type { Moment, Probe } from "#main/app/ports/probe.ts";
import { diskVolume, type Volume } from "#main/mirror/volume.ts";

/** Where a station can be told to die: at a moment of its probe, or with half a frame of its journal on the disk. */
export const deaths = ["beforeCommit", "afterCommit", "midJournalWrite", "afterJournal", "afterSend", "midPage"] as const;
export type Death = (typeof deaths)[number];

/** As the power does it: no handler runs, nothing is flushed. */
const die = (): void => void process.kill(process.pid, "SIGKILL");

/** What ends this process when `death` comes for the `pass`th time. */
export function dyingAt(death: Death | null, pass: number): { readonly probe: Probe; readonly volume: Volume } {
  let passed = 0;
  const isTime = (here: Death): boolean => here === death && ++passed >= pass;
  return {
    probe: (moment: Moment) => {
      if (isTime(moment)) die();
    },
    volume: {
      ...diskVolume,
      openAtEnd: (path) => {
        const file = diskVolume.openAtEnd(path);
        const write = (bytes: Uint8Array): void => {
          if (!isTime("midJournalWrite")) return file.write(bytes);
          file.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
          die();
        };
        return { ...file, write };
      },
    },
  };
}
