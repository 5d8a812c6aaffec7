/** Seeds that once found something, each with what it was; they are lived again for ever. */
export const keptSeeds: readonly { readonly seed: bigint; readonly found: string }[] = [
  { seed: 16n, found: "a computer that was put back, and wrote on before it spoke to head office, never agreed with it again" },
  { seed: 23n, found: "the same old copy put back a second time is taken for another computer" },
  { seed: 56n, found: "an undoing in the place of a life that had ended, which took no points, was told as less than nothing" },
  { seed: 73n, found: "what an old copy holds can be spent once more until head office is asked" },
  { seed: 219n, found: "what an earlier life wrote never went over a line that takes no large batch" },
  { seed: 228n, found: "a copy from before head office was put back took the life that had begun since for another computer" },
  { seed: 268n, found: "a refund that took no points was told to head office as less than nothing" },
  { seed: 306n, found: "an undoing at the counter of what was written before the database was put back" },
  { seed: 478n, found: "the same, which head office could not take" },
];
