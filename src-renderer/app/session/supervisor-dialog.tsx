import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { SupervisorProof } from "#shared/contracts/session.ts";
import type { StaffCardRead } from "#shared/contracts/station.ts";
import type { LendablePermission } from "#shared/domain/staff/roles.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { station } from "../client.ts";
import { useTexts } from "../intl/use-texts.ts";
import { useCommands } from "../keys/use-commands.ts";
import { RefusalNotice } from "../refusals/refusal-notice.tsx";
import { troubleOf } from "../refusals/trouble-of.ts";
import { useStaffCards } from "../station/use-swipes.ts";
import styles from "./supervisor-dialog.module.css";
import { SupervisorPassword } from "./supervisor-password.tsx";
import { SupervisorPin } from "./supervisor-pin.tsx";

type Props = {
  readonly permission: LendablePermission;
  /** Of the act that is waiting. */
  readonly requestId: string;
  readonly onAuthorised: () => void;
  readonly onClose: () => void;
};

/** A supervisor proves who they are for one act of the person who goes on working here: by name and password, or by staff card and PIN. */
export function SupervisorDialog({ permission, requestId, onAuthorised, onClose }: Props) {
  const { t } = useTexts();
  const [card, setCard] = useState<StaffCardRead>();
  const authorise = useMutation({
    mutationFn: (supervisor: SupervisorProof) => station.session.authorise({ permission, requestId, supervisor }),
    onSuccess: onAuthorised,
  });
  const swiped = (next: StaffCardRead | undefined): void => {
    setCard(next);
    authorise.reset();
  };
  useStaffCards((next) => {
    swiped(next);
    return true;
  });
  const hasPin = card?.pin === "set";
  useCommands("dialog", { back: hasPin ? () => swiped(undefined) : onClose }, { isModal: true });
  const trouble = troubleOf(authorise.error);
  const form = {
    isBusy: authorise.isPending,
    onProof: (proof: SupervisorProof, onRefused: () => void) => {
      if (!authorise.isPending) authorise.mutate(proof, { onError: onRefused });
    },
  };

  return (
    <Dialog title={t("supervisor.title")} place="middle" onClose={onClose}>
      <div className={styles.form}>
        <p className={styles.act}>{t(`supervisor.for.${permission}`)}</p>
        <p className={styles.lead}>{t("supervisor.lead")}</p>
        {trouble && <RefusalNotice trouble={trouble} />}
        {card && !hasPin && (
          <Notice tone="warn" title={t(card.pin === "blocked" ? "supervisor.pin.blocked" : "supervisor.pin.none", { name: card.name })}>
            {t("supervisor.pin.none.remedy")}
          </Notice>
        )}
        {card && hasPin ? (
          <SupervisorPin key={card.readId} card={card} {...form} onPassword={() => swiped(undefined)} />
        ) : (
          <SupervisorPassword {...form} />
        )}
      </div>
    </Dialog>
  );
}
