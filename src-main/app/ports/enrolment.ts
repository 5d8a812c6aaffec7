export type EnrolRefusal =
  | { code: "CODE_MALFORMED" }
  | { code: "CODE_WRONG"; triesLeft: number }
  | { code: "CODE_EXPIRED" }
  | { code: "CODE_USED" }
  | { code: "CODE_BLOCKED" }
  | { code: "SERVER_KEY_MISMATCH" }
  | { code: "INSECURE_ADDRESS" }
  | { code: "UNREACHABLE" };
