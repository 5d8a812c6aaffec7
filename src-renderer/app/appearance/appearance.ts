export const appearances = ["system", "light", "dark"] as const;
export type Appearance = (typeof appearances)[number];

const key = "counterfoil.appearance";

/** As the system looks, until somebody chooses otherwise on this computer. */
export function rememberedAppearance(storage: Pick<Storage, "getItem">): Appearance {
  const stored = storage.getItem(key);
  return appearances.find((appearance) => appearance === stored) ?? "system";
}

export const rememberAppearance = (storage: Pick<Storage, "setItem">, appearance: Appearance): void => storage.setItem(key, appearance);

/** The one that a press of the button leads to. */
export const appearanceAfter = (appearance: Appearance): Appearance =>
  appearances[(appearances.indexOf(appearance) + 1) % appearances.length] ?? "system";
