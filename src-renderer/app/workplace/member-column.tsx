import type { ReactNode } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { Explained } from "../../features/member/figure.ts";
import { MemberPane } from "../../features/member/member-pane.tsx";
import { useTexts } from "../intl/use-texts.ts";
import styles from "./workplace.module.css";

type Props = {
  readonly member: MemberCard | undefined;
  readonly swipedCardState: MemberCard["swipedCardState"];
  readonly swipedSubCardEndedOn: MemberCard["swipedSubCardEndedOn"];
  readonly swipedIsSecondCard: boolean;
  readonly onExplain: (explained: Explained) => void;
  /** What a swipe has to say while a screen takes the place of the acts. */
  readonly children: ReactNode;
};

/** Who is at the counter, on the left of whatever is done. */
export function MemberColumn({ member, onExplain, children, ...swiped }: Props) {
  const { t } = useTexts();
  return (
    <section
      className={`${styles.pane} ${styles.member}`}
      aria-label={t(member ? "workplace.memberShown" : "member.pane.empty", { name: member?.name ?? "" })}
    >
      {children}
      {member ? (
        <MemberPane member={member} {...swiped} onExplain={onExplain} />
      ) : (
        <p className={styles.noMember}>
          {t("member.pane.empty")}
          <span>{t("member.pane.emptyHint")}</span>
        </p>
      )}
    </section>
  );
}
