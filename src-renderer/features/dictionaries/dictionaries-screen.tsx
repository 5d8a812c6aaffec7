import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { dictionaryKinds, type DictionaryEntry, type DictionaryKind } from "#shared/domain/dictionaries/kinds.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { EntryForm } from "./entry-form.tsx";

const newEntry = "new";
/** Room behind the last choice, for others that come between. */
const positionStep = 10;

type Saved = { readonly requestId: string; readonly entry: DictionaryEntry };

/** The lists that counters choose from: add, rename, put in order, retire (Z-06). */
export default function DictionariesScreen({ status, onClose }: ScreenProps) {
  const { t, name } = useTexts();
  const client = useQueryClient();
  const all = useQuery(queries.dictionaries.entries.queryOptions());
  const [kind, setKind] = useState<DictionaryKind>(dictionaryKinds[0]);
  const [chosenCode, setChosenCode] = useState<string>();
  const [saved, setSaved] = useState<Saved>();
  const entries = (all.data ?? []).filter((entry) => entry.kind === kind);
  const chosen = chosenCode === newEntry ? undefined : (entries.find(({ code }) => code === chosenCode) ?? entries[0]);
  const lastPosition = entries.at(-1)?.position ?? 0;

  const choose = (code: string): void => {
    setChosenCode(code);
    setSaved(undefined);
  };
  const onSaved = (news: Saved): void => {
    setChosenCode(news.entry.code);
    setSaved(news);
    void client.invalidateQueries({ queryKey: queries.dictionaries.entries.key() });
  };

  return (
    <OfficePage
      id="dictionaries"
      title={t("dictionaries.title")}
      lead={t("dictionaries.lead")}
      status={status}
      trouble={troubleOf(all.error)}
      isReading={all.isLoading}
      onClose={onClose}
    >
      <ChoiceGroup
        label={t("dictionaries.kind")}
        choices={dictionaryKinds.map((each) => ({ id: each, text: t(`dictionaries.kind.${each}`) }))}
        chosen={kind}
        onChoose={(next) => {
          setKind(next);
          setChosenCode(undefined);
          setSaved(undefined);
        }}
      />
      <ListAndDetail
        list={
          <>
            <Button size="large" onClick={() => choose(newEntry)}>
              {t("dictionaries.new")}
            </Button>
            <OptionList
              label={t("dictionaries.entries")}
              options={entries.map((entry) => ({
                id: entry.code,
                content: (
                  <ListRow
                    title={name(entry.name)}
                    notes={[`${entry.name["zh-CN"]} · ${entry.name["en-US"]}`]}
                    end={entry.isActive ? undefined : t("dictionaries.retired")}
                  />
                ),
              }))}
              selectedId={chosen?.code}
              onSelect={choose}
              hasDigits={false}
              isFocusedFirst
            />
          </>
        }
        detail={
          <>
            {saved && (
              <TakesFocus key={saved.requestId}>
                <Notice tone="good" title={t("dictionaries.saved", { name: name(saved.entry.name) })} />
              </TakesFocus>
            )}
            {all.isSuccess && (
              <EntryForm
                key={`${kind}/${chosen?.code ?? newEntry}`}
                kind={kind}
                entry={chosen}
                nextPosition={lastPosition + positionStep}
                onSaved={onSaved}
              />
            )}
          </>
        }
      />
    </OfficePage>
  );
}
