import { Fault } from "#main/app/ports/fault.ts";
import type { StationIdentity } from "#main/app/ports/exchange-store.ts";
import type { Meta } from "./meta.ts";

/** The enrolment's gift, kept as one fact and read once: it changes only when the station is enrolled. */
export function makeIdentity(meta: Meta) {
  let known: StationIdentity | undefined;
  const get = (): StationIdentity | undefined => {
    const text = known ? undefined : meta.text("identity");
    if (text) {
      const stored = JSON.parse(text) as Omit<StationIdentity, "headOfficeKey" | "directoryKey" | "earlierLives"> & {
        headOfficeKey: string;
        directoryKey: string;
      };
      known = {
        // A file of the first days names no earlier lives.
        earlierLives: [],
        ...stored,
        headOfficeKey: Buffer.from(stored.headOfficeKey, "base64"),
        directoryKey: Buffer.from(stored.directoryKey, "base64"),
      };
    }
    return known;
  };
  return {
    get,
    /** After a rollback: what was kept here may never have been stored. */
    forget: (): void => {
      known = undefined;
    },
    require: (): StationIdentity => {
      const self = get();
      if (!self) throw new Fault("NOT_ENROLLED");
      return self;
    },
    put: (self: StationIdentity): void => {
      const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
      meta.put("identity", JSON.stringify({ ...self, headOfficeKey: encode(self.headOfficeKey), directoryKey: encode(self.directoryKey) }));
      known = self;
    },
  };
}
