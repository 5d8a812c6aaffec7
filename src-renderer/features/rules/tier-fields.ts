import type { PublishedTiers } from "#shared/contracts/acts/tiers.ts";
import { parseAmount, plainFigures } from "../../app/acts/amount.ts";
import { parseDate } from "../../app/acts/typed-date.ts";

export const measures = ["points", "spend"] as const satisfies readonly PublishedTiers["measure"][];
export const windows = ["calendarYear", "twelveMonths"] as const satisfies readonly PublishedTiers["window"][];
export const misses = ["oneDown", "stay"] as const satisfies readonly PublishedTiers["onMiss"][];
export const tiersMax = 8;

/** One tier as it is typed. */
export type TierRow = Readonly<Record<"tierId" | "nameZh" | "nameEn" | "from" | "keep" | "factor", string>>;
/** `rows` is the JSON of the rows: a draft keeps texts. */
export type TierFields = Readonly<Record<"measure" | "window" | "onMiss" | "opensOn" | "basedOn" | "rows", string>>;

export const rowsOf = ({ rows }: Pick<TierFields, "rows">): readonly TierRow[] => JSON.parse(rows) as TierRow[];
export const asRows = (rows: readonly TierRow[]): Pick<TierFields, "rows"> => ({ rows: JSON.stringify(rows) });

type Terms = Pick<PublishedTiers, "measure" | "window" | "onMiss" | "tiers" | "opensOn">;
/** What the form says: the terms, or the fields that say nothing, those of a row by its place as `2.from`. */
export type ReadTiers = { readonly ok: true; readonly terms: Terms } | { readonly ok: false; readonly wrong: ReadonlySet<string> };

export function readTiers(fields: TierFields, today: string): ReadTiers {
  const measure = measures.find((known) => known === fields.measure) ?? "points";
  const window = windows.find((known) => known === fields.window) ?? "calendarYear";
  const onMiss = misses.find((known) => known === fields.onMiss) ?? "oneDown";
  const opensOn = parseDate(fields.opensOn) ?? "";
  const wrong = new Set<string>(opensOn < today ? ["opensOn"] : []);
  let below = 0;
  const tiers = rowsOf(fields).map(({ tierId, nameZh, nameEn, ...typed }, place) => {
    const from = readMeasured(measure, typed.from) ?? 0;
    const keep = typed.keep.trim() === "" ? 0 : readMeasured(measure, typed.keep);
    if (nameZh.trim() === "") wrong.add(`${place}.nameZh`);
    if (nameEn.trim() === "") wrong.add(`${place}.nameEn`);
    if (from <= below) wrong.add(`${place}.from`);
    if (keep === undefined || keep > from) wrong.add(`${place}.keep`);
    const factorPercent = readFactor(typed.factor);
    if (factorPercent === undefined) wrong.add(`${place}.factor`);
    below = Math.max(below, from);
    const terms = { tierId, name: { "zh-CN": nameZh.trim(), "en-US": nameEn.trim() }, from, keep: keep ?? 0 };
    return factorPercent === undefined || factorPercent === everybodysPercent ? terms : { ...terms, factorPercent };
  });
  return wrong.size > 0 ? { ok: false, wrong } : { ok: true, terms: { measure, window, onMiss, tiers, opensOn } };
}

const everybodysPercent = 100;
const mostPercent = 1000;

/** @returns percent of what a rule gives; undefined for what a tier cannot earn. Nothing typed is as everybody earns. */
function readFactor(text: string): number | undefined {
  const typed = plainFigures(text).trim();
  if (typed === "") return everybodysPercent;
  const percent = /^\d{3,4}$/.test(typed) ? Number(typed) : 0;
  return percent >= everybodysPercent && percent <= mostPercent ? percent : undefined;
}

/** @returns points, or fen where money is counted; undefined for what is neither */
function readMeasured(measure: PublishedTiers["measure"], text: string): number | undefined {
  if (measure === "spend") {
    const parsed = parseAmount(text);
    return parsed.ok ? parsed.amountFen : undefined;
  }
  const typed = plainFigures(text).replaceAll(",", "");
  return /^\d{1,9}$/.test(typed) && Number(typed) > 0 ? Number(typed) : undefined;
}

/** The form of a next version: a copy of the newest, from today on. */
export const fieldsOfTiers = (newest: PublishedTiers | undefined, today: string): TierFields => ({
  measure: newest?.measure ?? "points",
  window: newest?.window ?? "calendarYear",
  onMiss: newest?.onMiss ?? "oneDown",
  opensOn: today,
  basedOn: String(newest?.version ?? 0),
  ...asRows(newest ? newest.tiers.map((tier) => rowOf(tier, newest.measure)) : [{ tierId: "t1", ...emptyRow }]),
});

const emptyRow = { nameZh: "", nameEn: "", from: "", keep: "", factor: "" };

function rowOf({ tierId, name, from, keep, factorPercent }: PublishedTiers["tiers"][number], measure: PublishedTiers["measure"]): TierRow {
  const typed = (amount: number): string => String(measure === "spend" ? amount / 100 : amount);
  return {
    tierId,
    nameZh: name["zh-CN"],
    nameEn: name["en-US"],
    from: typed(from),
    keep: keep === 0 ? "" : typed(keep),
    factor: String(factorPercent ?? ""),
  };
}

/** An empty row under a name that no version ever had: a tier that was taken away is not brought back by accident. */
export function newRow(versions: readonly PublishedTiers[], rows: readonly TierRow[]): TierRow {
  const taken = [...versions.flatMap(({ tiers }) => tiers), ...rows].map(({ tierId }) => Number(/^t(\d{1,9})$/.exec(tierId)?.[1] ?? 0));
  return { tierId: `t${Math.max(0, ...taken) + 1}`, ...emptyRow };
}
