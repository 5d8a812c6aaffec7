/** @returns the known names that were most likely meant, best first, at most five; none when nothing comes near */
export function nearNames(wanted: string, known: readonly string[]): readonly string[] {
  const typed = wanted.toLowerCase();
  return known
    .map((name) => ({ name, distance: distanceTo(typed, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, wanted.length / 4))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 5)
    .map(({ name }) => name);
}

/** A procedure named without its area, or an area named alone, is as near as one wrong letter. */
function distanceTo(typed: string, name: string): number {
  const isPart = name.endsWith(`.${typed}`) || name.startsWith(`${typed}.`);
  return isPart ? 1 : editDistance(typed, name);
}

/** How many letters must be put in, left out or changed (Levenshtein). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
