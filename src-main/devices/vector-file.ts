import { err, ok, type Result } from "#shared/std/result.ts";

/** `line` counts from 1. */
export type VectorFileRefusal = { readonly code: "INVALID_JSON"; readonly line: number } | { readonly code: "NO_VECTORS" };

/**
 * Takes a file of recordings apart: a JSON array, an object with `vectors`, or one JSON object a line.
 *
 * @returns the recordings as they stand, not checked one by one: a bad one among good ones is a result of its own
 */
export function parseVectorFile(text: string): Result<readonly unknown[], VectorFileRefusal> {
  const whole = parseJson(text);
  const parsed = whole.ok ? ok(recordingsIn(whole.value)) : parseLines(text);
  if (!parsed.ok) return parsed;
  // A run that compared nothing would look like one in which nothing differs.
  return parsed.value.length === 0 ? err({ code: "NO_VECTORS" }) : parsed;
}

function recordingsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "object" && value !== null && "vectors" in value && Array.isArray(value.vectors)) return value.vectors;
  return [value];
}

function parseLines(text: string): Result<readonly unknown[], VectorFileRefusal> {
  const values: unknown[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const parsed = parseJson(line);
    if (!parsed.ok) return err({ code: "INVALID_JSON", line: index + 1 });
    values.push(parsed.value);
  }
  return ok(values);
}

function parseJson(text: string): Result<unknown, null> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return err(null);
  }
}
