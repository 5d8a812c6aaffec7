import type { Matter } from "./world/matters.ts";

type KeptSeed = {
  readonly seed: bigint;
  /** What its company had when it found it: a matter that is added later shall not make another history of it. */
  readonly matters: readonly Matter[];
  readonly found: string;
};

/** Seeds that once found something, each with what it was; they are lived again for ever. */
export const keptSeeds: readonly KeptSeed[] = [
  {
    seed: 16n,
    matters: [],
    found: "a computer that was put back, and wrote on before it spoke to head office, never agreed with it again",
  },
  { seed: 23n, matters: [], found: "the same old copy put back a second time is taken for another computer" },
  {
    seed: 56n,
    matters: [],
    found: "an undoing in the place of a life that had ended, which took no points, was told as less than nothing",
  },
  { seed: 73n, matters: [], found: "what an old copy holds can be spent once more until head office is asked" },
  { seed: 219n, matters: [], found: "what an earlier life wrote never went over a line that takes no large batch" },
  { seed: 228n, matters: [], found: "a copy from before head office was put back took the life that had begun since for another computer" },
  { seed: 268n, matters: [], found: "a refund that took no points was told to head office as less than nothing" },
  { seed: 306n, matters: [], found: "an undoing at the counter of what was written before the database was put back" },
  { seed: 478n, matters: [], found: "the same, which head office could not take" },
  { seed: 23n, matters: ["erasure"], found: "a counter wrote anew about somebody whom it had forgotten" },
  { seed: 31n, matters: ["erasure"], found: "what was said in a request that was refused outlived the person whose entry it named" },
  { seed: 46n, matters: ["erasure"], found: "what a counter said in a request about somebody it had forgotten stayed in its file" },
];
