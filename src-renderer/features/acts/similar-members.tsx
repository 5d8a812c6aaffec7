import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Notice } from "../../ui/notice.tsx";
import styles from "./form.module.css";

type Props = {
  readonly name: string;
  /** Whole ones only: of half a phone nobody is found. */
  readonly phones: readonly string[];
  readonly onOpenMember: (memberId: string) => void;
};

/** Who may be a member already. A hint beside the form: whoever knows better goes on. */
export function SimilarMembers({ name, phones, onOpenMember }: Props) {
  const { t } = useTexts();
  const isEnough = phones.length > 0 || name.length > 1;
  const similar = useQuery(queries.members.similar.queryOptions({ input: { name, phones: [...phones] }, enabled: isEnough, retry: false }));
  if (!isEnough || !similar.data || similar.data.length === 0) return null;
  return (
    <Notice tone="warn" title={t("newMember.similar")}>
      <ul className={styles.similar}>
        {similar.data.map(({ memberId, memberNumber, nameMasked, phonesMasked, homeBranch, because }) => (
          <li key={memberId}>
            <Button onClick={() => onOpenMember(memberId)}>{t("newMember.openExisting", { name: `${nameMasked} ${memberNumber}` })}</Button>{" "}
            {[t(`newMember.similar.${because}`), homeBranch, ...phonesMasked].join(" · ")}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
