import type { Sameness } from "#shared/contracts/acts/people.ts";
import type { MemberRecord } from "#shared/domain/members/member.ts";

/** What two members have in common that two people seldom have. */
export function samenessOf(a: MemberRecord, b: MemberRecord): readonly Sameness[] {
  const shared: readonly [Sameness, boolean][] = [
    ["phone", a.phones.some((phone) => b.phones.includes(phone))],
    ["name", a.name !== "" && bare(a.name) === bare(b.name)],
    ["birthday", a.birthday !== null && a.birthday === b.birthday],
  ];
  return shared.flatMap(([what, isShared]) => (isShared ? what : []));
}

/** A name is typed with and without blanks, and in either case. */
const bare = (name: string): string => name.replace(/\s/g, "").toLowerCase();
