import type { ChangeMemberInput, MemberCard } from "#shared/contracts/members.ts";
import { parseDate } from "../../app/acts/typed-date.ts";

type Facts = Required<ChangeMemberInput["seen"]>;

/** The form of a member's details. `seen` is what was on the screen when it was opened, so that only what was typed is changed. */
export type DetailFields = Readonly<Record<"name" | "phone1" | "phone2" | "phone3" | "birthday" | "address" | "seen", string>>;

export const factsOf = ({ name, phonesMasked, birthday, address }: MemberCard): Facts => ({
  name,
  phones: phonesMasked,
  birthday,
  address,
});

export function fieldsOf(member: MemberCard): DetailFields {
  const { name, birthday, address, phonesMasked } = member;
  const [phone1 = "", phone2 = "", phone3 = ""] = phonesMasked;
  return { name, phone1, phone2, phone3, birthday: birthday ?? "", address, seen: JSON.stringify(factsOf(member)) };
}

/** A phone that is shown masked and stays as it is. */
export const isKept = ({ phonesMasked }: MemberCard, phone: string): boolean => phonesMasked.includes(phone.trim());

/** Of the form, the fields that differ from what was seen, and what was seen of them. */
export function whatChanged({ seen, ...fields }: DetailFields): Pick<ChangeMemberInput, "seen" | "changed"> {
  const before = JSON.parse(seen) as Facts;
  const after: Facts = {
    name: fields.name.normalize("NFKC").trim(),
    phones: [fields.phone1, fields.phone2, fields.phone3].map((phone) => phone.trim()).filter((phone) => phone !== ""),
    birthday: parseDate(fields.birthday) ?? null,
    address: fields.address.normalize("NFKC").trim(),
  };
  const changed = (Object.keys(after) as (keyof Facts)[]).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  const pick = (facts: Facts): Partial<Facts> => Object.fromEntries(changed.map((field) => [field, facts[field]]));
  return { seen: pick(before), changed: pick(after) };
}
