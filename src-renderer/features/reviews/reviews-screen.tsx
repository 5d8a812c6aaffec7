import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReviewView } from "#shared/contracts/members.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { useStationEvents } from "../../app/station/use-station-events.ts";
import { EmptyList } from "../../ui/empty-list.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { Choice } from "./choice.tsx";
import { factLines, sentWords } from "./review-words.ts";
import styles from "./reviews.module.css";

/** Names and phones that two places changed without knowing of each other, for somebody to choose. */
export default function ReviewsScreen({ onOpenMember, onClose }: ScreenProps) {
  const { t } = useTexts();
  const client = useQueryClient();
  const reviews = useQuery(queries.members.reviews.queryOptions({ staleTime: 0 }));
  const refresh = (): void => void client.invalidateQueries({ queryKey: queries.members.reviews.key() });
  useStationEvents((event) => {
    if (event.type === "status" || event.type === "journalChanged") refresh();
  });
  const [chosenId, setChosenId] = useState<string>();
  const [isDone, setIsDone] = useState(false);
  const all = reviews.data?.reviews ?? [];
  const open = all.filter(({ state }) => state === "open");
  const past = all.filter(({ state }) => state !== "open");
  const chosen = open.find(({ reviewId }) => reviewId === chosenId) ?? open[0];
  const trouble = troubleOf(reviews.error);

  return (
    <ScreenPage
      id="reviews"
      title={t("reviews.title")}
      lead={t("reviews.lead")}
      trouble={trouble}
      isFilling
      isReading={reviews.isLoading}
      onClose={onClose}
    >
      {isDone && <Notice tone="good" title={t("reviews.done")} />}
      {reviews.isSuccess && !chosen && <EmptyList>{t("reviews.none")}</EmptyList>}
      {chosen && (
        <div className={styles.columns}>
          <OptionList
            label={t("reviews.list")}
            options={open.map((review) => ({ id: review.reviewId, content: <Row review={review} /> }))}
            selectedId={chosen.reviewId}
            onSelect={setChosenId}
            onCommit={() => onOpenMember(chosen.memberId)}
            hasDigits={false}
            isFocusedFirst
          />
          <Choice
            key={`${chosen.reviewId} ${chosen.round}`}
            review={chosen}
            onChosen={() => {
              setIsDone(true);
              refresh();
            }}
          />
        </div>
      )}
      {past.length > 0 && (
        <section className={styles.past} aria-labelledby="reviews-past">
          <h3 id="reviews-past">{t("reviews.past")}</h3>
          {past.slice(0, pastShown).map((review) => (
            <Past key={review.reviewId} review={review} />
          ))}
        </section>
      )}
    </ScreenPage>
  );
}

const pastShown = 20;

function Row({ review }: { readonly review: ReviewView }) {
  const texts = useTexts();
  return (
    <span className={styles.who}>
      <span className={styles.name}>{factLines(review.current)}</span>
      <span className={styles.detail}>{texts.t("reviews.member", { number: review.memberNumber })}</span>
      <span className={styles.detail}>{sentWords(review, texts)}</span>
    </span>
  );
}

function Past({ review }: { readonly review: ReviewView }) {
  const { t } = useTexts();
  const { memberNumber, current, proposed, state, decidedBy, reason, late } = review;
  return (
    <p className={styles.detail}>
      {[
        t("reviews.member", { number: memberNumber }),
        `${factLines(current)} → ${factLines(proposed)}`,
        t(`reviews.state.${state}`),
        decidedBy,
        reason,
      ]
        .filter((part) => part !== null)
        .join(" · ")}
      {late.map(({ decision, reason: said }) => (
        <span key={`${decision} ${said}`} className={styles.detail}>
          {t("reviews.late", { choice: t(`reviews.${decision}`) })} {said}
        </span>
      ))}
    </p>
  );
}
