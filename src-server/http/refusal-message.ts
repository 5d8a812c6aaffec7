/** Refusals in words for whoever reads a trace of the line; programs go by the code. */
const messages: Readonly<Record<string, string>> = {
  TOKEN: "The token is missing, expired or not this station's: say hello again.",
  GAP: "Operations are missing between the last one received and the first one sent.",
  FORK: "Another operation was received under this number: this history is not the one that head office knows.",
  CODE_WRONG: "This is not a valid enrolment code.",
  CODE_EXPIRED: "The enrolment code has expired.",
  CODE_USED: "The enrolment code was used by another station.",
  CODE_BLOCKED: "The enrolment code is blocked after too many wrong tries.",
  UNKNOWN_REPLICA: "Head office does not know this station.",
};

export const refusalMessage = (code: string): string => messages[code] ?? `Head office refuses: ${code}.`;
