/** An issue of a schema library, as far as it is looked at here; Zod adds `keys` where it met fields that it does not know. */
type Issue = {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly message: string;
  readonly keys?: readonly string[];
};

/** What is wrong with an input. `field` is the path, dotted, and empty for the whole of it. */
export type FieldIssue = { readonly field: string; readonly message: string };

/** What is wrong with an input, field by field. Zod names unknown fields in one issue of what holds them; here each is an issue of its own. */
export function fieldIssues(issues: readonly Issue[]): FieldIssue[] {
  return issues.flatMap(({ path = [], message, keys }) => {
    const field = path.map((part) => String(typeof part === "object" ? part.key : part));
    if (!keys) return [{ field: field.join("."), message }];
    return keys.map((key) => ({ field: [...field, key].join("."), message: "There is no such field." }));
  });
}
