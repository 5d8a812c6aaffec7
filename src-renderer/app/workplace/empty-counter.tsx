import { Button } from "antd";
import type { MemberCard } from "#shared/contracts/members.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { useTexts } from "../intl/use-texts.ts";
import { SwipePicture } from "./swipe-picture.tsx";
import styles from "./workplace.module.css";

type Props = {
  readonly recent: readonly MemberCard[];
  readonly onOpen: (member: MemberCard) => void;
  readonly onFind: () => void;
  readonly onNewMember: (() => void) | undefined;
};

/** The counter between two customers. */
export function EmptyCounter({ recent, onOpen, onFind, onNewMember }: Props) {
  const { t } = useTexts();
  return (
    <section className={styles.empty} aria-label={t("workplace.title")}>
      <SwipePicture />
      <h1 className={styles.emptyTitle}>{t("workplace.empty.title")}</h1>
      <p className={styles.emptyBody}>{t("workplace.empty.body")}</p>
      <div className={styles.emptyActions}>
        <Button size="large" onClick={onFind}>
          {t("workplace.empty.find")} <KeyCap>F2</KeyCap>
        </Button>
        {onNewMember && (
          <Button size="large" onClick={onNewMember}>
            {t("workplace.empty.newMember")} <KeyCap>F3</KeyCap>
          </Button>
        )}
      </div>
      {recent.length > 0 && (
        <div className={styles.recent}>
          <h2 className={styles.recentTitle}>{t("workplace.recent")}</h2>
          <ul className={styles.recentList}>
            {recent.map((member, index) => (
              <li key={member.memberId}>
                <button type="button" className={styles.recentMember} onClick={() => onOpen(member)}>
                  <KeyCap>{`Alt ${index + 1}`}</KeyCap>
                  <span className={styles.recentName}>{member.name}</span>
                  <span className={styles.recentNumber}>{member.memberNumber}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
