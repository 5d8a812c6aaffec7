import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RequestView } from "#shared/contracts/requests.ts";
import { queries } from "../../app/client.ts";
import type { MessageKey } from "../../app/intl/catalogue.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { useStationEvents } from "../../app/station/use-station-events.ts";
import { Notice } from "../../ui/notice.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { AskForm } from "./ask-form.tsx";
import { aboutWords, stateWords } from "./request-words.ts";
import styles from "./requests.module.css";

/** What this counter asks of other places, and what others ask of it. */
export default function RequestsScreen({ operator, onClose }: ScreenProps) {
  const { t } = useTexts();
  const client = useQueryClient();
  const requests = useQuery(queries.requests.list.queryOptions());
  const [chosenId, setChosenId] = useState<string>();
  const [word, setWord] = useState<MessageKey>();
  const toAnswer = (requests.data?.toUs ?? []).filter(({ state }) => state === "sent");
  const chosen = toAnswer.find(({ id }) => id === chosenId) ?? toAnswer[0];
  const mayAnswer = operator.permissions.includes("points.void_others");
  const trouble = troubleOf(requests.error);

  const refresh = (): void => void client.invalidateQueries({ queryKey: queries.requests.key() });
  useStationEvents((event) => {
    if (event.type === "status" || event.type === "journalChanged") refresh();
  });
  const done = (said: MessageKey) => (): void => {
    setWord(said);
    refresh();
  };

  return (
    <ScreenPage
      id="requests"
      title={t("requests.title")}
      lead={t("requests.lead")}
      trouble={trouble}
      isReading={requests.isLoading}
      onClose={onClose}
    >
      {word && <Notice tone="good" title={t(word)} />}
      <div className={styles.columns}>
        <AskForm onAsked={done("requests.asked")} />
        <div className={styles.lists}>
          <h3 className={styles.heading}>{t("requests.toUs")}</h3>
          {chosen && mayAnswer ? (
            <>
              <OptionList
                label={t("requests.toUs")}
                options={toAnswer.map((request) => ({ id: request.id, content: <Row request={request} isAskedOfUs /> }))}
                selectedId={chosen.id}
                onSelect={setChosenId}
                hasDigits={false}
              />
              <AnswerForm key={chosen.id} request={chosen} onAnswered={done("requests.answered")} />
            </>
          ) : (
            <List requests={requests.data?.toUs ?? []} none="requests.toUs.none" isAskedOfUs />
          )}
          <h3 className={styles.heading}>{t("requests.mine")}</h3>
          <List requests={requests.data?.mine ?? []} none="requests.mine.none" />
        </div>
      </div>
    </ScreenPage>
  );
}

type ListProps = { readonly requests: readonly RequestView[]; readonly none: MessageKey; readonly isAskedOfUs?: boolean };

function List({ requests, none, isAskedOfUs = false }: ListProps) {
  const { t } = useTexts();
  if (requests.length === 0) return <p className={styles.empty}>{t(none)}</p>;
  return (
    <ul className={styles.list}>
      {requests.map((request) => (
        <li key={request.id}>
          <Row request={request} isAskedOfUs={isAskedOfUs} />
        </li>
      ))}
    </ul>
  );
}

function Row({ request, isAskedOfUs }: { readonly request: RequestView; readonly isAskedOfUs: boolean }) {
  const texts = useTexts();
  return (
    <span className={styles.row}>
      <span>
        <span className={styles.about}>{texts.t(`requests.kind.${request.kind}`)}</span>
        <span className={styles.detail}>{aboutWords(request, texts)}</span>
        <span className={styles.detail}>{stateWords(request, isAskedOfUs, texts)}</span>
      </span>
      {request.points !== null && <Numeral value={request.points} size="line" isSigned />}
    </span>
  );
}
