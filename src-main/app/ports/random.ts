export type Random = {
  readonly bytes: (length: number) => Uint8Array;
  /** UUIDv7, for ids that no form has minted. */
  readonly uuid: () => string;
};
