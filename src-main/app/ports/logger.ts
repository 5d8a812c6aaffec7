/** Takes codes, ids and counts. Names, phones and card numbers are never handed to it; masking is a net, not the plan. */
export type Logger = {
  readonly info: (facts: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (facts: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (facts: Readonly<Record<string, unknown>>, message: string) => void;
};
