import { CheckCircleOutlined, CreditCardOutlined, PauseCircleOutlined, StopOutlined, UserDeleteOutlined } from "@ant-design/icons";
import type { MemberCard } from "#shared/contracts/members.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Mark } from "../../ui/mark.tsx";
import { Notice } from "../../ui/notice.tsx";
import { BalanceBlock } from "./balance-block.tsx";
import type { Explained } from "./figure.ts";
import { TierMark } from "./tier-mark.tsx";
import { Visits } from "./visits.tsx";
import styles from "./member-pane.module.css";

type Props = {
  readonly member: MemberCard;
  /** Of the card that brought the member up, which may be an old one. */
  readonly swipedCardState: MemberCard["swipedCardState"];
  readonly swipedSubCardEndedOn: MemberCard["swipedSubCardEndedOn"];
  readonly swipedIsSecondCard: boolean;
  readonly onExplain: (explained: Explained) => void;
};

/** Who stands at the counter: identity, card, points and the last visits. */
export function MemberPane({ member, swipedCardState, swipedSubCardEndedOn, swipedIsSecondCard, onExplain }: Props) {
  const { t, name, date } = useTexts();
  const subCardWords = ({ last4, state, blockedOn }: MemberCard["subCards"][number]): string => {
    if (state === "active") return t("member.subCard", { last4 });
    return blockedOn === null ? t("member.subCard.ended", { last4 }) : t("member.subCard.endedOn", { last4, date: date(blockedOn) });
  };
  const blockedWords =
    swipedSubCardEndedOn === null
      ? t(swipedIsSecondCard ? "member.card.swipedIsSecond" : "member.card.swipedIsBlocked")
      : t("member.subCard.swipedHasEnded", { date: date(swipedSubCardEndedOn) });
  return (
    <div className={styles.pane}>
      <header className={styles.header}>
        <h2 className={styles.name}>{member.erasedOn === null ? member.name : member.memberNumber}</h2>
        <div className={styles.marks}>
          {member.erasedOn !== null && (
            <Mark tone="warn" icon={<UserDeleteOutlined />}>
              {t("member.erasedOn", { date: date(member.erasedOn) })}
            </Mark>
          )}
          {member.state === "frozen" && member.erasedOn === null && (
            <Mark tone="warn" icon={<PauseCircleOutlined />}>
              {t("member.state.frozen")}
            </Mark>
          )}
          {member.tier && <TierMark tier={member.tier} onExplain={() => onExplain("tier")} />}
          <CardMark card={member.card} />
        </div>
      </header>
      <p className={styles.line}>
        <span>{t("member.number", { number: member.memberNumber })}</span>
        <span>
          {member.card ? t("member.card", { kind: name(member.card.kindName), last4: member.card.last4 }) : t("member.card.none")}
        </span>
      </p>
      <p className={styles.line}>
        <span>{t("member.home", { branch: member.homeBranch })}</span>
        {member.phonesMasked.map((phone) => (
          <span key={phone}>{phone}</span>
        ))}
        {member.birthday !== null && <span>{t("member.birthday", { day: date(member.birthday) })}</span>}
        {member.address !== "" && <span>{member.address}</span>}
      </p>
      {member.subCards.length > 0 && (
        <p className={styles.line}>
          {member.subCards.map((card) => (
            <span key={card.last4}>{subCardWords(card)}</span>
          ))}
        </p>
      )}
      {swipedCardState === "blocked" && (
        <Notice tone="warn" title={blockedWords}>
          {member.card?.state === "active" && t("member.card.newEnds", { last4: member.card.last4 })}
        </Notice>
      )}
      {member.alsoNumbered.length > 0 && (
        <p className={styles.line}>{t("member.alsoNumbered", { numbers: member.alsoNumbered.join(" · ") })}</p>
      )}
      {member.knownAs === "directory" && <p className={styles.directory}>{t("member.directory")}</p>}
      <BalanceBlock balance={member.balance} onExplain={onExplain} />
      <Visits visits={member.lastVisits} />
    </div>
  );
}

function CardMark({ card }: { readonly card: MemberCard["card"] }) {
  const { t, date } = useTexts();
  if (!card) {
    return (
      <Mark tone="plain" icon={<CreditCardOutlined />}>
        {t("member.card.missing")}
      </Mark>
    );
  }
  return card.state === "active" ? (
    <Mark tone="good" icon={<CheckCircleOutlined />}>
      {t("member.card.active")}
    </Mark>
  ) : (
    <Mark tone="danger" icon={<StopOutlined />}>
      {card.blockedOn === null ? t("member.card.blocked") : t("member.card.blockedOn", { date: date(card.blockedOn) })}
    </Mark>
  );
}
