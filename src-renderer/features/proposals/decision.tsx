import { useMutation } from "@tanstack/react-query";
import { Button, type InputRef } from "antd";
import { useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import type { ProposalView } from "#shared/contracts/points.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { Numeral } from "../../ui/numeral.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { proposedWords } from "./proposed-words.ts";
import styles from "./proposals.module.css";

export type Decided = { readonly proposal: ProposalView; readonly state: "approved" | "rejected" | "handedOver" };
type Verdict = "approve" | "reject";

/** What was written about a proposal, kept while another one is looked at and while the line is down. */
const reasons = new Map<string, string>();

/** Approve or reject one proposal. */
export function Decision({ proposal, onDecided }: { readonly proposal: ProposalView; readonly onDecided: (decided: Decided) => void }) {
  const texts = useTexts();
  const { t, money } = texts;
  const [reason, setReason] = useState(reasons.get(proposal.proposalId) ?? "");
  const [isReasonMissing, setIsReasonMissing] = useState(false);
  const reasonField = useRef<InputRef>(null);
  const approveButton = useRef<HTMLButtonElement>(null);
  const rejectButton = useRef<HTMLButtonElement>(null);
  // An id for each intent: approving after a failed rejection is another intent, trying the same again is not.
  const [requestIds] = useState<Readonly<Record<Verdict | "handOver", string>>>(() => ({
    approve: uuidv7(),
    reject: uuidv7(),
    handOver: uuidv7(),
  }));
  const decide = useMutation(
    queries.points.decideProposal.mutationOptions({
      onSuccess: ({ state }) => {
        reasons.delete(proposal.proposalId);
        onDecided({ proposal, state });
      },
    }),
  );
  const handOver = useMutation(
    queries.points.handOverProposal.mutationOptions({ onSuccess: () => onDecided({ proposal, state: "handedOver" }) }),
  );
  const trouble = troubleOf(decide.error ?? handOver.error);

  const send = (decision: Verdict): void => {
    if (decide.isPending) return;
    if (decision === "reject" && reason.trim() === "") {
      setIsReasonMissing(true);
      reasonField.current?.focus();
      return;
    }
    decide.mutate({
      requestId: requestIds[decision],
      proposalId: proposal.proposalId,
      decision,
      reason: reason.trim() === "" ? null : reason.trim(),
    });
  };

  return (
    <form
      className={styles.decision}
      onSubmit={(event) => {
        event.preventDefault();
        // Enter in the reason decides nothing yet: it leads to the button that the reason points at.
        (reason.trim() === "" ? approveButton : rejectButton).current?.focus();
      }}
      noValidate
    >
      <div>
        <p className={styles.name}>{proposal.name}</p>
        <p className={styles.big}>
          <Numeral value={proposal.points} size="large" isSigned />
        </p>
        <p className={styles.detail}>
          {t("proposals.cause", { receipt: proposal.cause.receiptNumber, amount: money(proposal.cause.amountFen) })}
        </p>
        <p className={styles.detail}>{proposedWords(proposal, texts)}</p>
        <p className={styles.detail}>{t(`proposals.holder.${proposal.holder}`)}</p>
      </div>
      {trouble && <RefusalNotice trouble={trouble} />}
      <TextField
        label={t("proposals.reason")}
        value={reason}
        onChange={(text) => {
          setReason(text);
          setIsReasonMissing(false);
          reasons.set(proposal.proposalId, text);
        }}
        error={isReasonMissing ? t("refusal.REASON_MISSING.remedy") : undefined}
        maxLength={200}
        inputRef={reasonField}
      />
      <div className={styles.actions}>
        <Button ref={approveButton} type="primary" size="large" loading={decide.isPending} onClick={() => send("approve")}>
          {t("proposals.approve")}
        </Button>
        <Button ref={rejectButton} size="large" onClick={() => send("reject")}>
          {t("proposals.reject")}
        </Button>
        {proposal.holder === "here" && (
          <Button
            size="large"
            loading={handOver.isPending}
            onClick={() => handOver.mutate({ requestId: requestIds.handOver, proposalId: proposal.proposalId })}
          >
            {t("proposals.handOver")}
          </Button>
        )}
      </div>
    </form>
  );
}
