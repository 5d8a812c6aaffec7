import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState, type FormEvent } from "react";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { EmptyList } from "../../ui/empty-list.tsx";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { ErasureDetail } from "./erasure-detail.tsx";
import { erasureWords } from "./erasure-words.ts";
import styles from "./erasures.module.css";

/** Who asked to be forgotten: one person asks for it here, another does it, both with what goes and what stays before them. */
export default function ErasuresScreen({ status, onClose }: ScreenProps) {
  const texts = useTexts();
  const { t } = texts;
  const client = useQueryClient();
  const isOffline = isWithoutLine(status);
  const list = useQuery(queries.erasures.list.queryOptions({ input: {}, enabled: !isOffline }));
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string>();
  const [news, setNews] = useState<string>();
  const erasures = list.data?.erasures ?? [];
  const memberNumber = chosen ?? erasures[0]?.memberNumber;

  const look = (number: string): void => {
    setChosen(number);
    setNews(undefined);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== "") look(typed.trim());
  };

  return (
    <OfficePage
      id="erasures"
      title={t("erasures.title")}
      lead={t("erasures.lead")}
      status={status}
      trouble={troubleOf(list.error)}
      isReading={list.isLoading}
      onClose={onClose}
    >
      <ListAndDetail
        list={
          <>
            <form className={styles.look} onSubmit={onSubmit}>
              <TextField label={t("erasures.number")} value={typed} onChange={setTyped} inputMode="numeric" maxLength={32} isFocusedFirst />
              <Button size="large" htmlType="submit" disabled={isOffline}>
                {t("erasures.look")}
              </Button>
            </form>
            {list.isSuccess && erasures.length === 0 && <EmptyList>{t("erasures.none")}</EmptyList>}
            {erasures.length > 0 && (
              <OptionList
                label={t("erasures.list")}
                options={erasures.map((erasure) => ({
                  id: erasure.memberNumber,
                  content: (
                    <ListRow
                      title={t("erasures.member", { number: erasure.memberNumber })}
                      notes={erasureWords(erasure, texts)}
                      end={t(`erasures.state.${erasure.state}`)}
                    />
                  ),
                }))}
                selectedId={memberNumber}
                onSelect={look}
                hasDigits={false}
              />
            )}
          </>
        }
        detail={
          <>
            {news !== undefined && (
              <TakesFocus key={news}>
                <Notice tone="good" title={news} />
              </TakesFocus>
            )}
            {memberNumber !== undefined && !isOffline && (
              <ErasureDetail
                key={memberNumber}
                memberNumber={memberNumber}
                onNews={(words) => {
                  setChosen(memberNumber);
                  setNews(words);
                  void client.invalidateQueries({ queryKey: queries.erasures.key() });
                }}
              />
            )}
          </>
        }
      />
    </OfficePage>
  );
}
