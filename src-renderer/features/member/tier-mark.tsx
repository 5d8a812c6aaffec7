import { StarOutlined } from "@ant-design/icons";
import type { MemberCard } from "#shared/contracts/members.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Mark } from "../../ui/mark.tsx";
import styles from "./tier.module.css";

/** The member's tier, which opens its explanation where this branch has it. */
export function TierMark({ tier, onExplain }: { readonly tier: NonNullable<MemberCard["tier"]>; readonly onExplain: () => void }) {
  const { t, name } = useTexts();
  const mark = (
    <Mark tone="plain" icon={<StarOutlined />}>
      {tier.name ? name(tier.name) : t("tier.none")}
    </Mark>
  );
  if (!tier.canExplain) return mark;
  return (
    <button type="button" className={styles.mark} onClick={onExplain}>
      {mark}
      <span className="spoken-only">{t("member.explain.show")}</span>
    </button>
  );
}
