/**
 * A copy that nobody can change, as good as one that came back from a database: bytes are copied, what is undefined is left out.
 *
 * Code that changes what the store answered would change the database of this process alone; here it throws.
 */
export function frozenCopy<T>(value: T): T {
  return copyOf(value) as T;
}

function copyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return Object.freeze(value.map(copyOf));
  const copy: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) if (content !== undefined) copy[name] = copyOf(content);
  return Object.freeze(copy);
}
