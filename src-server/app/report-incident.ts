/**
 * Writes down a fault that nobody foresaw, without personal data.
 *
 * @param where the procedure or path that was asked, never its input
 * @returns the number by which the caller can name the entry to whoever reads the log
 */
export type ReportIncident = (where: string, cause: unknown) => string;
