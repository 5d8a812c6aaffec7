/** What a shift adds up, in the order of its page. */
export const shiftFigures = [
  "awarded",
  "approved",
  "proposed",
  "redeemed",
  "voided",
  "membersJoined",
  "cardsIssued",
  "cardsBlocked",
] as const;
export type ShiftFigure = (typeof shiftFigures)[number];

/** How many entries, and the points they moved at the counter, signed. */
export type Figure = { readonly count: number; readonly points: number };
export type Figures = Readonly<Record<ShiftFigure, Figure>>;

/** One entry of the journal, as far as a shift counts it. */
export type ShiftLine = {
  readonly kind: string;
  /** Staff id. */
  readonly by: string;
  readonly points: number | null;
  /** Undone within the same shift. */
  readonly isUndone: boolean;
};

const figureOfKind: Readonly<Record<string, ShiftFigure>> = {
  award: "awarded",
  approved: "approved",
  proposal: "proposed",
  redeem: "redeemed",
  void: "voided",
  memberCreated: "membersJoined",
  cardIssued: "cardsIssued",
  cardBlocked: "cardsBlocked",
};

/**
 * The figure that a line belongs to. As in the journal, what was undone in the same shift is in no sum of its own kind; its undoing is
 * counted, so that nobody undoes unseen.
 */
export const figureOf = ({ kind, isUndone }: Pick<ShiftLine, "kind" | "isUndone">): ShiftFigure | undefined =>
  isUndone ? undefined : figureOfKind[kind];

const none: Figure = { count: 0, points: 0 };

/** Adds lines up, each once. */
export function figuresOf(lines: readonly ShiftLine[]): Figures {
  const sums: Partial<Record<ShiftFigure, Figure>> = {};
  for (const line of lines) {
    const figure = figureOf(line);
    if (figure === undefined) continue;
    const { count, points } = sums[figure] ?? none;
    sums[figure] = { count: count + 1, points: points + (line.points ?? 0) };
  }
  const whole = shiftFigures.map((figure): [ShiftFigure, Figure] => [figure, sums[figure] ?? none]);
  // An object made of entries does not remember which keys it was given.
  return Object.fromEntries(whole) as Figures;
}

/** The same for each person, in the order in which they first appear. */
export function figuresByPerson(lines: readonly ShiftLine[]): readonly { readonly staffId: string; readonly figures: Figures }[] {
  return [...Map.groupBy(lines, ({ by }) => by)].map(([staffId, own]) => ({ staffId, figures: figuresOf(own) }));
}

/** The figures of several people as one. */
export function totalOf(people: readonly { readonly figures: Figures }[]): Figures {
  const sum = (figure: ShiftFigure, part: keyof Figure): number => people.reduce((total, { figures }) => total + figures[figure][part], 0);
  const whole = shiftFigures.map((figure): [ShiftFigure, Figure] => [
    figure,
    { count: sum(figure, "count"), points: sum(figure, "points") },
  ]);
  return Object.fromEntries(whole) as Figures;
}
