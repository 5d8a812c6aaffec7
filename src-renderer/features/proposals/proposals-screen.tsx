import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ProposalView } from "#shared/contracts/points.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { EmptyList } from "../../ui/empty-list.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { Decision, type Decided } from "./decision.tsx";
import { proposedWords } from "./proposed-words.ts";
import styles from "./proposals.module.css";

/** Points that wait for a second person. What head office holds needs the line; what was written stays without it. */
export default function ProposalsScreen({ status, onOpenMember, onClose }: ScreenProps) {
  const { t, number } = useTexts();
  const client = useQueryClient();
  const proposals = useQuery(queries.points.proposals.queryOptions());
  const open = (proposals.data ?? []).filter(({ state }) => state === "open");
  const [chosenId, setChosenId] = useState<string>();
  const [decided, setDecided] = useState<Decided>();
  const chosen = open.find(({ proposalId }) => proposalId === chosenId) ?? open[0];
  const trouble = troubleOf(proposals.error);

  return (
    <ScreenPage
      id="proposals"
      title={
        <>
          {t("proposals.title")} <span className={styles.count}>{t("proposals.count", { count: open.length })}</span>
        </>
      }
      lead={t("proposals.lead")}
      isFilling
      isReading={proposals.isLoading}
      onClose={onClose}
    >
      {status?.sync.line === "offline" && open.some(({ holder }) => holder === "headOffice") && (
        <Notice tone="plain" title={t("proposals.needsLine")} />
      )}
      {trouble && <RefusalNotice trouble={trouble} />}
      {decided && (
        <Notice
          tone="good"
          title={t(`proposals.${decided.state}`, { name: decided.proposal.name, points: number(decided.proposal.points) })}
        />
      )}
      {proposals.isSuccess && !chosen && <EmptyList>{t("proposals.none")}</EmptyList>}
      {chosen && (
        <div className={styles.columns}>
          <OptionList
            label={t("proposals.list")}
            options={open.map((proposal) => ({
              id: proposal.proposalId,
              content: <Row proposal={proposal} />,
            }))}
            selectedId={chosen.proposalId}
            onSelect={setChosenId}
            onCommit={() => onOpenMember(chosen.memberId)}
            hasDigits={false}
            isFocusedFirst
          />
          <Decision
            key={chosen.proposalId}
            proposal={chosen}
            onDecided={(result) => {
              setDecided(result);
              void client.invalidateQueries({ queryKey: queries.points.proposals.key() });
            }}
          />
        </div>
      )}
    </ScreenPage>
  );
}

function Row({ proposal }: { readonly proposal: ProposalView }) {
  const texts = useTexts();
  const { t, money } = texts;
  return (
    <span className={styles.row}>
      <span className={styles.who}>
        <span className={styles.name}>{proposal.name}</span>
        <span className={styles.detail}>
          {t("proposals.cause", { receipt: proposal.cause.receiptNumber, amount: money(proposal.cause.amountFen) })}
        </span>
        <span className={styles.detail}>{proposedWords(proposal, texts)}</span>
        <span className={styles.detail}>{t(`proposals.holder.${proposal.holder}`)}</span>
      </span>
      <Numeral value={proposal.points} size="line" isSigned />
    </span>
  );
}
