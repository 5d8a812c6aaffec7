import { CommandFailure, exitCodes } from "../command-failure.ts";

/** @throws CommandFailure `DEMO_WENT_WRONG` when what the demo shows is not so */
export function expect(isSo: boolean, whatWasExpected: string): asserts isSo {
  if (!isSo) throw new CommandFailure(exitCodes.refused, "DEMO_WENT_WRONG", `Expected: ${whatWasExpected}.`);
}
