export const locales = ["zh-CN", "en-US"] as const;
export type Locale = (typeof locales)[number];

const key = "counterfoil.locale";

/** Chinese is the first language; whoever chose the other one finds it again. */
export const rememberedLocale = (storage: Pick<Storage, "getItem">): Locale => (storage.getItem(key) === "en-US" ? "en-US" : "zh-CN");

export const rememberLocale = (storage: Pick<Storage, "setItem">, locale: Locale): void => storage.setItem(key, locale);
