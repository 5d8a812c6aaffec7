import { printEnrolmentCode } from "#shared/domain/enrolment/code.ts";

/** Letters and digits of an enrolment code. */
export const codeLength = 26;

/** @returns the code without what people put between its groups, in capitals, full-width letters made plain */
export const plainCode = (text: string): string =>
  text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");

/** The code in the groups in which head office printed it; more than a code holds is cut off. */
export const groupCode = (text: string): string => printEnrolmentCode(plainCode(text).slice(0, codeLength));
