/** One text in both languages side by side, so that neither can be forgotten. ICU message syntax. */
export type TextPairs = Readonly<Record<string, readonly [zhCN: string, enUS: string]>>;
