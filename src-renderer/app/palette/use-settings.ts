import { appearances } from "../appearance/appearance.ts";
import { useAppearance } from "../appearance/appearance-root.tsx";
import { runCommand } from "../keys/use-commands.ts";
import type { PaletteEntry } from "./palette-entry.ts";

/** What the palette can set: the language, and how everything looks. */
export function useSettings(): readonly PaletteEntry[] {
  const { choose } = useAppearance();
  return [
    { id: "language", title: "palette.language", cap: "Alt L", run: () => runCommand("language") },
    ...appearances.map((appearance): PaletteEntry => ({
      id: `appearance-${appearance}`,
      title: `shell.appearance.${appearance}`,
      run: () => choose(appearance),
    })),
  ];
}
