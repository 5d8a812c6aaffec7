import type { MemberCard } from "#shared/contracts/members.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import styles from "./find-dialog.module.css";

/** A member in a list of results: who, by which number, and what they have. */
export function FoundMember({ member }: { readonly member: MemberCard }) {
  const { t, number } = useTexts();
  const { card, balance } = member;
  const cardWords = !card
    ? t("find.noCard")
    : card.state === "blocked"
      ? t("find.cardBlocked")
      : t("find.cardEnding", { last4: card.last4 });
  return (
    <>
      <span className={styles.who}>
        <span className={styles.name}>
          {member.name}
          {member.knownAs === "directory" && <span className={styles.guest}>{t("find.guest")}</span>}
        </span>
        <span className={styles.detail}>{[member.memberNumber, ...member.phonesMasked, cardWords].join(" · ")}</span>
      </span>
      <span className={styles.where}>
        <span>{balance.balance === null ? t("find.atHeadOffice") : t("find.points", { points: number(balance.balance) })}</span>
        <span className={styles.detail}>{member.homeBranch}</span>
      </span>
    </>
  );
}
