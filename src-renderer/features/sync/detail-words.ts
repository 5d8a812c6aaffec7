import type { EditView } from "#shared/contracts/members.ts";
import type { Texts } from "../../app/intl/use-texts.ts";

/** Some of a member's details in one line. */
export function detailWords({ name, phones, birthday, address }: EditView["yours"], t: Texts["t"]): string {
  const nothing = t("sync.edits.nothing");
  return [name, phones?.join(", "), birthday === null ? nothing : birthday, address === "" ? nothing : address]
    .filter((part) => part !== undefined)
    .join(" · ");
}
