/** @returns the position that a key leads to from `at` in a list of `count`, or undefined when the key is not for lists */
export function positionAfter(key: string, at: number, count: number, hasDigits: boolean): number | undefined {
  if (count === 0) return undefined;
  if (key === "ArrowDown") return Math.min(at + 1, count - 1);
  if (key === "ArrowUp") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const digit = hasDigits && /^[1-9]$/.test(key) ? Number(key) : 0;
  return digit >= 1 && digit <= count ? digit - 1 : undefined;
}
