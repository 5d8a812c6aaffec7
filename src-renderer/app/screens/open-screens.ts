import type { ScreenId } from "./screens.ts";

/** The screens that were opened since the operator signed in. Each stays as it was left; at most one is in sight. */
export type OpenScreens = {
  /** The one opened last comes last. */
  readonly opened: readonly ScreenId[];
  readonly inFront: ScreenId | undefined;
  /** The one that an act at the counter pushed aside; the legend offers the way back. */
  readonly interrupted: ScreenId | undefined;
};

export const noScreens: OpenScreens = { opened: [], inFront: undefined, interrupted: undefined };

export const withScreen = ({ opened }: OpenScreens, id: ScreenId): OpenScreens => ({
  opened: [...opened.filter((other) => other !== id), id],
  inFront: id,
  interrupted: undefined,
});

/** The operator is done with the screen in front and goes back to the counter. */
export const withoutScreen = (screens: OpenScreens): OpenScreens => ({ ...screens, inFront: undefined, interrupted: undefined });

/** Something at the counter comes first; the screen in front waits. */
export const interrupted = (screens: OpenScreens): OpenScreens => ({
  ...screens,
  inFront: undefined,
  interrupted: screens.inFront ?? screens.interrupted,
});
