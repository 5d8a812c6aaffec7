import { z } from "zod";

/** A name in the languages that the screens speak; head office writes both. */
export const localName = z.strictObject({ "zh-CN": z.string(), "en-US": z.string() });
export type LocalName = z.infer<typeof localName>;
