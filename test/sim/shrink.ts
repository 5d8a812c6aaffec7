import { actsOf, live, type History, type Lived } from "./live.ts";

/** Lives that a shrinking may take: a failure that is not small by then is told as it is. */
const livesMax = 60;

/**
 * Leaves acts out of a failing history as long as it fails in the same way (Zeller's ddmin): each act has dice of its own, so that what is
 * left out changes nothing for the others but what it did.
 *
 * @returns the acts that are left, and what happened in them
 */
export async function shrink(
  history: History,
  invariant: string,
): Promise<{ readonly acts: readonly number[]; readonly trace: readonly string[] }> {
  let lives = 0;
  const livedWith = (kept: readonly number[]): Promise<Lived> => {
    lives += 1;
    const keep = new Set(kept);
    return live({ ...history, keeps: (act) => keep.has(act) });
  };
  const fails = ({ violation }: Lived): boolean => violation?.invariant === invariant;

  let acts = Array.from({ length: actsOf(history) }, (_, i) => i + 1);
  let { trace } = await livedWith(acts);
  for (let parts = 2; parts <= acts.length && lives < livesMax;) {
    const size = Math.ceil(acts.length / parts);
    let isSmaller = false;
    for (let from = 0; from < acts.length && lives < livesMax && !isSmaller; from += size) {
      const without = [...acts.slice(0, from), ...acts.slice(from + size)];
      const lived = await livedWith(without);
      if (!fails(lived)) continue;
      [acts, trace, isSmaller] = [without, [...lived.trace], true];
    }
    if (isSmaller) parts = Math.max(2, parts - 1);
    else if (size === 1) break;
    else parts = Math.min(acts.length, parts * 2);
  }
  return { acts, trace };
}
