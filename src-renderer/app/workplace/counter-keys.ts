import type { Handlers } from "../keys/use-commands.ts";
import type { LegendKey } from "../shell/key-legend.tsx";

type Run = (() => void) | undefined;

/** What the keys of the counter do now; undefined while there is nothing to do it to, null for whom the key is not. */
export type CounterActions = {
  readonly help: () => void;
  readonly find: () => void;
  readonly palette: () => void;
  readonly issue: Run;
  readonly award: Run;
  readonly exchange: Run;
  readonly redeem: Run;
  readonly block: Run;
  readonly change: Run;
  readonly undo: Run;
  readonly print: () => void;
  readonly lock: () => void;
  readonly signOut: () => void;
  /** The screens of this person that have a key of their own. */
  readonly screens: readonly ScreenKey[];
  /** To the screen opened last, with its title. */
  readonly lastScreen: Run;
  readonly practise: Run | null;
  readonly back: () => void;
  readonly openRecent: (index: number) => void;
};

type ScreenKey = Pick<LegendKey, "cap" | "command" | "words"> & { readonly run: () => void; readonly count: number };

/** The acts of the counter with their keys. Who may not do a thing does not see its key. */
export function actKeysOf(actions: CounterActions, hasMember: boolean): readonly LegendKey[] {
  const { practise } = actions;
  return [
    { cap: "F1", command: "help", words: "shell.key.help", run: actions.help },
    { cap: "F2", command: "find", words: "shell.key.find", run: actions.find },
    { cap: "F3", command: "issue", words: hasMember ? "shell.key.issue" : "shell.key.newMember", run: actions.issue },
    { cap: "F4", command: "award", words: "shell.key.award", run: actions.award },
    { cap: "F5", command: "exchange", words: "shell.key.exchange", run: actions.exchange },
    { cap: "F6", command: "redeem", words: "shell.key.redeem", run: actions.redeem },
    { cap: "F7", command: "block", words: "shell.key.block", run: actions.block },
    { cap: "F8", command: "void", words: "shell.key.void", run: actions.undo },
    { cap: "F9", command: "print", words: "shell.key.print", run: actions.print },
    { cap: "F10", command: "lock", words: "shell.key.lock", run: actions.lock },
    ...(practise === null ? [] : [{ cap: "Alt S", command: "practice", words: "shell.key.practice", run: practise } as const]),
  ];
}

/**
 * The legend at the bottom edge.
 *
 * @param interrupted title of the screen that waits while something at the counter comes first
 */
export function legendOf(actions: CounterActions, acts: readonly LegendKey[], interrupted: string | undefined): readonly LegendKey[] {
  const { lastScreen } = actions;
  const wayBack: readonly LegendKey[] =
    interrupted === undefined
      ? []
      : [{ cap: "Alt 0", command: "lastScreen", words: "shell.key.lastScreen", values: { title: interrupted }, run: lastScreen }];
  return [
    ...acts,
    ...actions.screens,
    ...wayBack,
    { cap: "Ctrl K", command: "palette", words: "shell.key.palette", run: actions.palette },
    { cap: "Esc", command: "back", words: "shell.key.back", run: actions.back },
  ];
}

const nothing = (): void => undefined;

/** The same for the keyboard: a key without anything to do is still ours and does nothing. */
export const handlersOf = (actions: CounterActions): Handlers => ({
  help: actions.help,
  find: actions.find,
  palette: actions.palette,
  issue: actions.issue ?? nothing,
  award: actions.award ?? nothing,
  exchange: actions.exchange ?? nothing,
  redeem: actions.redeem ?? nothing,
  block: actions.block ?? nothing,
  change: actions.change ?? nothing,
  void: actions.undo ?? nothing,
  print: actions.print,
  lock: actions.lock,
  signOut: actions.signOut,
  ...Object.fromEntries(actions.screens.map(({ command, run }) => [command, run])),
  lastScreen: actions.lastScreen ?? nothing,
  practice: actions.practise ?? nothing,
  back: actions.back,
  recent1: () => actions.openRecent(0),
  recent2: () => actions.openRecent(1),
  recent3: () => actions.openRecent(2),
  recent4: () => actions.openRecent(3),
  recent5: () => actions.openRecent(4),
});
