/** Whether the station will take the text as a phone: 5 to 15 digits, a plus in front, spaces and hyphens anywhere. */
export const isPhone = (text: string): boolean => /^\+?\d{5,15}$/.test(text.normalize("NFKC").replace(/[\s-]/g, ""));
