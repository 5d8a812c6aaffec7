import { refusalSentences } from "#shared/contracts/refusals.ts";

/** Refusals in words for whoever reads a trace of the line; programs go by the code. Those of the contracts are said as there. */
const messages: Readonly<Record<string, string>> = {
  ...refusalSentences,
  // Joining.
  TRY_LATER: "Too many wrong codes were tried everywhere: none is looked at for a while.",
  // Who speaks.
  REPLICA_UNKNOWN: "Head office knows no station of this number.",
  REVOKED: "Head office has shut this station out.",
  CHALLENGE: "The challenge was used, is too old or is another station's: ask for a new one.",
  BAD_SIGNATURE: "The signature is not of this station's key over these bytes.",
  TOKEN: "The token is missing, has expired or is not this station's: say hello again.",
  SUSPENDED: "Nothing is taken from this incarnation until a person has looked.",
  // How much is asked.
  TOO_MANY_REQUESTS: "Too many requests: wait before the next one.",
  BUSY: "Head office has more to do than it can, or its database cannot be asked: come again after the seconds that are named.",
  // What is said.
  ACT_UNKNOWN: "Head office knows no act of this type: the station is newer than head office.",
  MALFORMED: "The schema holds, but this is nothing that a station writes.",
  GAP: "Operations are missing between the last one received and the first one sent.",
  FORK: "Another operation was received under this number: this history is not the one that head office knows.",
  CHAIN_BROKEN: "A hash is not that of its operation and the one before.",
  EPOCH_CHANGED: "Head office began a new numbering: say hello again.",
  SNAPSHOT_GONE: "There is a newer snapshot, or none: ask again which.",
  LIFE_UNKNOWN: "No life of this station has this name.",
  STREAM_UNKNOWN: "This station reads no stream of this name.",
  GRANTS_SUSPENDED: "No rights are placed at this incarnation.",
};

export const refusalMessage = (code: string): string => messages[code] ?? `Head office refuses: ${code}.`;
