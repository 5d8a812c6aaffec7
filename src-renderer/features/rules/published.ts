/** What was just published, to be told and to be shown. */
export type Published = {
  readonly requestId: string;
  readonly kind: "rule" | "plan" | "tiers";
  readonly id: string;
  readonly version: number;
  readonly name: string;
};
