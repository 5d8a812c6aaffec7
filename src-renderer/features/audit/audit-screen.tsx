import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { AuditLine } from "#shared/contracts/acts/audit.ts";
import { queries } from "../../app/client.ts";
import { useTexts, type Texts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { factWords } from "./fact-words.ts";
import { auditTexts } from "./texts.ts";
import styles from "./audit.module.css";

/** Who did what at head office, from any counter, newest first (C-49). */
export default function AuditScreen({ status, onClose }: ScreenProps) {
  const texts = useTexts();
  const { t } = texts;
  const pages = useInfiniteQuery(
    queries.audit.list.infiniteOptions({
      input: (belowSeq: number | undefined) => (belowSeq === undefined ? {} : { belowSeq }),
      initialPageParam: undefined,
      getNextPageParam: ({ lines, hasMore }) => (hasMore ? lines.at(-1)?.seq : undefined),
      enabled: !isWithoutLine(status),
    }),
  );
  const lines = (pages.data?.pages ?? []).flatMap((page) => page.lines);

  return (
    <OfficePage
      id="audit"
      title={t("audit.title")}
      lead={t("audit.lead")}
      status={status}
      trouble={troubleOf(pages.error)}
      isReading={pages.isLoading}
      onClose={onClose}
    >
      {pages.isSuccess && lines.length === 0 && <p className={styles.note}>{t("audit.none")}</p>}
      {lines.length > 0 && (
        <table className={styles.table}>
          <caption className="spoken-only">{t("audit.list")}</caption>
          <thead>
            <tr>
              {(["when", "who", "what", "about", "facts"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`audit.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.opId}>
                <td>{texts.instant(line.atMs)}</td>
                <td>{line.by ?? t("audit.byHeadOffice")}</td>
                <td>{typeWords(line, texts)}</td>
                <td>{aboutWords(line, texts)}</td>
                <td className={styles.note}>{factWords(line, texts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pages.hasNextPage && (
        <Button size="large" onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {t("audit.more")}
        </Button>
      )}
    </OfficePage>
  );
}

/** A type that is newer than these words is shown by its own name. */
function typeWords({ type }: AuditLine, { t }: Texts): string {
  const key = `audit.type.${type}`;
  return key in auditTexts ? t(key as keyof typeof auditTexts) : type;
}

const aboutWords = ({ about }: AuditLine, { name }: Texts): string =>
  about === null ? "" : typeof about === "string" ? about : name(about);
