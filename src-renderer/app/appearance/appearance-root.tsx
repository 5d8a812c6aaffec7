import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import { useMedia } from "../../ui/use-media.ts";
import { rememberAppearance, rememberedAppearance, type Appearance } from "./appearance.ts";

type Look = {
  readonly appearance: Appearance;
  readonly choose: (appearance: Appearance) => void;
  /** What it comes to now. */
  readonly isDark: boolean;
};

const LookContext = createContext<Look>({ appearance: "system", choose: () => undefined, isDark: false });

/** Light or dark, and the choice of it. */
export const useAppearance = (): Look => use(LookContext);

/** Holds the look of everything below, now and the next time this computer opens the counter. */
export function AppearanceRoot({ children }: { readonly children: ReactNode }) {
  const [appearance, choose] = useState(() => rememberedAppearance(window.localStorage));
  const isSystemDark = useMedia("(prefers-color-scheme: dark)");
  const isDark = appearance === "system" ? isSystemDark : appearance === "dark";
  useEffect(() => {
    document.documentElement.dataset["scheme"] = appearance;
    rememberAppearance(window.localStorage, appearance);
  }, [appearance]);
  return <LookContext value={useMemo(() => ({ appearance, choose, isDark }), [appearance, isDark])}>{children}</LookContext>;
}
