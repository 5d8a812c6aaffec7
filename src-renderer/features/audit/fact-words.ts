import type { AuditLine } from "#shared/contracts/acts/audit.ts";
import type { Texts } from "../../app/intl/use-texts.ts";
import { auditTexts } from "./texts.ts";

/** What changed, in words. Ids say nothing to a person, and neither do fields that this version has no words for. */
export function factWords({ facts }: Pick<AuditLine, "facts">, texts: Texts): string {
  const said = Object.entries(facts).flatMap(([field, value]) => {
    // A value that is one of a few has words of its own.
    const key = [`audit.fact.${field}.${String(value)}`, `audit.fact.${field}`].find(isKnown);
    return value !== null && key ? [texts.t(key, { value: shown(field, value, texts) })] : [];
  });
  return said.join(" · ");
}

const isKnown = (key: string): key is keyof typeof auditTexts => key in auditTexts;

/** Units close the names, so the name says how a value is shown. */
function shown(field: string, value: string | number | boolean, { money, number, date }: Texts): string {
  if (typeof value === "number") return field.endsWith("Fen") ? money(value) : number(value);
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? date(value) : String(value);
}
