import type { PersonView } from "#shared/contracts/acts/people.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import styles from "./people.module.css";

type Props = { readonly label: string; readonly members: readonly PersonView[] };

/** Members side by side, a fact a line; what differs is seen at a glance. */
export function PersonTable({ label, members }: Props) {
  const { t, name, number, date, instant } = useTexts();
  const unknown = t("people.unknown");
  const lines: readonly { readonly id: string; readonly title: string; readonly of: (member: PersonView) => string }[] = [
    { id: "number", title: t("people.number"), of: ({ memberNumber, alsoNumbered }) => [memberNumber, ...alsoNumbered].join(" · ") },
    { id: "name", title: t("people.name"), of: (member) => member.name },
    { id: "phones", title: t("people.phones"), of: ({ phonesMasked }) => phonesMasked.join(" · ") || unknown },
    { id: "birthday", title: t("people.birthday"), of: ({ birthday }) => (birthday === null ? unknown : date(birthday)) },
    { id: "address", title: t("people.address"), of: ({ address }) => address || unknown },
    { id: "home", title: t("people.home"), of: ({ homeBranch }) => homeBranch },
    { id: "joined", title: t("people.joined"), of: ({ joinedAtMs }) => instant(joinedAtMs) },
    {
      id: "card",
      title: t("people.card"),
      of: ({ card }) => (card ? t("people.card.ends", { kind: name(card.kindName), last4: card.last4 }) : t("people.card.none")),
    },
    {
      id: "balance",
      title: t("people.balance"),
      of: ({ balance, debt }) => (debt === 0 ? number(balance) : `${number(balance)} (${t("people.debt", { points: number(debt) })})`),
    },
  ];
  return (
    <table className={styles.table} aria-label={label}>
      <tbody>
        {lines.map(({ id, title, of }) => (
          <tr key={id} className={id === "balance" ? styles.balance : undefined}>
            <th scope="row">{title}</th>
            {members.map((member) => (
              <td key={member.memberId}>{of(member)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
