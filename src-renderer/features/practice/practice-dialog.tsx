import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { PracticeCard } from "#shared/contracts/practice.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import styles from "./practice-dialog.module.css";

/** The drawer of a sample: a card chosen here goes through the same reader code as one in the slot. */
export function PracticeDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  useCommands("dialog", { back: onClose, practice: onClose }, { isModal: true });
  const cards = useQuery(queries.practice.cards.queryOptions({ staleTime: 0 }));
  const [chosenId, setChosenId] = useState<string>();
  const chosen = cards.data?.find(({ swipeId }) => swipeId === chosenId) ?? cards.data?.[0];
  // The dialog goes first: what the swipe brings up belongs to the counter behind it.
  const swipe = useMutation({ mutationFn: (swipeId: string) => station.practice.swipe({ swipeId }), onSuccess: onClose });
  const trouble = troubleOf(cards.error ?? swipe.error);
  const run = (event?: FormEvent): void => {
    event?.preventDefault();
    if (chosen && !swipe.isPending) swipe.mutate(chosen.swipeId);
  };

  return (
    <Dialog title={t("practice.title")} place="middle" onClose={onClose}>
      <form className={styles.form} onSubmit={run}>
        <p className={styles.lead}>{t("practice.lead")}</p>
        {trouble && <RefusalNotice trouble={trouble} />}
        {cards.data && (
          <OptionList
            label={t("practice.cards")}
            options={cards.data.map((card) => ({
              id: card.swipeId,
              content: <Card card={card} />,
            }))}
            selectedId={chosen?.swipeId}
            onSelect={setChosenId}
            onCommit={() => run()}
            isFocusedFirst
          />
        )}
        <SubmitButton isBusy={swipe.isPending} isDisabled={!chosen}>
          {t("practice.swipe")}
        </SubmitButton>
      </form>
    </Dialog>
  );
}

function Card({ card: { kind, name, last4 } }: { readonly card: PracticeCard }) {
  const { t } = useTexts();
  return (
    <span className={styles.card}>
      <span>{t(`practice.kind.${kind}`)}</span>
      {last4 !== null && (
        <span className={styles.detail}>{name === null ? t("practice.nobody", { last4 }) : t("practice.card", { name, last4 })}</span>
      )}
    </span>
  );
}
