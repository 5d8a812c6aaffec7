/**
 * A PostgreSQL array as its text, of numbers, booleans, texts, bytes and nulls. The driver's own way costs as much as the rows themselves: it
 * asks of each value again what it is, and looks at each of its characters.
 */
export function arrayText(values: readonly unknown[]): string {
  let text = "{";
  for (let i = 0; i < values.length; i += 1) text += (i === 0 ? "" : ",") + elementText(values[i]);
  return `${text}}`;
}

function elementText(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}"`;
  throw new TypeError(`a column of ${typeof value} has no text`);
}

/** Always in quotes: a text may spell NULL, and be empty. */
const quoted = (text: string): string => (/["\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, "\\$&")}"` : `"${text}"`);
