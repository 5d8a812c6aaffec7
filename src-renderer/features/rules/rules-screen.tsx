import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { PlanForm } from "./plan-form.tsx";
import type { Published } from "./published.ts";
import { RuleForm } from "./rule-form.tsx";
import { TierForm } from "./tier-form.tsx";
import { tierState, tierTerms, TierVersions } from "./tier-versions.tsx";
import { Versions } from "./versions.tsx";
import { stateOf, termsOf } from "./words.ts";
import styles from "./rules.module.css";

/** What points are earned by, what they buy, and what tiers they lead to: versions, a next one as an edited copy, and what it would do (P-08, X-01). */
export default function RulesScreen({ status, onClose }: ScreenProps) {
  const texts = useTexts();
  const { t, name } = texts;
  const client = useQueryClient();
  const list = useQuery(queries.publications.list.queryOptions({ input: {}, enabled: !isWithoutLine(status) }));
  const tiers = useQuery(queries.tiers.list.queryOptions({ input: {}, enabled: !isWithoutLine(status) }));
  const tierVersions = tiers.data?.versions ?? [];
  const rules = groupsOf("rule", list.data?.rules ?? [], ({ ruleId }) => ruleId);
  const plans = groupsOf("plan", list.data?.plans ?? [], ({ planId }) => planId);
  const all = [...rules, ...plans];
  const [chosenKey, setChosenKey] = useState<string>();
  const [published, setPublished] = useState<Published>();
  const today = status?.businessDate ?? "";
  const isNew = chosenKey === "new rule" || chosenKey === "new plan";
  const areTiersShown = chosenKey === tiersKey;
  const shownKey = isNew || areTiersShown ? chosenKey : (all.find(({ key }) => key === chosenKey) ?? all[0])?.key;
  const rule = rules.find(({ key }) => key === shownKey);
  const plan = plans.find(({ key }) => key === shownKey);

  const refresh = (): void => {
    for (const queryKey of [
      queries.publications.list.key(),
      queries.tiers.list.key(),
      queries.points.rules.key(),
      queries.redemption.plans.key(),
    ])
      void client.invalidateQueries({ queryKey });
  };
  const choose = (key: string): void => {
    setChosenKey(key);
    setPublished(undefined);
  };
  const onPublished = (news: Published): void => {
    setChosenKey(news.kind === "tiers" ? tiersKey : `${news.kind}/${news.id}`);
    setPublished(news);
    refresh();
  };
  const form = { today, onPublished, onOvertaken: refresh };

  return (
    <OfficePage
      id="rules"
      title={t("rules.title")}
      lead={t("rules.lead")}
      status={status}
      trouble={troubleOf(list.error ?? tiers.error)}
      isReading={list.isLoading || tiers.isLoading}
      onClose={onClose}
    >
      <ListAndDetail
        list={
          <>
            <div className={styles.buttons}>
              <Button size="large" onClick={() => choose("new rule")}>
                {t("rules.new")}
              </Button>
              <Button size="large" onClick={() => choose("new plan")}>
                {t("rules.newPlan")}
              </Button>
            </div>
            <OptionList
              label={t("rules.list")}
              options={[
                ...all.map(({ key, kind, versions, newest }) => ({
                  id: key,
                  content: (
                    <ListRow
                      title={name(newest.name)}
                      notes={[`${t(`rules.kind.${kind}`)} · ${termsOf(newest, texts)}`]}
                      end={stateOf(versions, today, texts)}
                    />
                  ),
                })),
                {
                  id: tiersKey,
                  content: (
                    <ListRow
                      title={t("tiers.title")}
                      notes={tierVersions[0] ? [tierTerms(tierVersions[0], texts)] : []}
                      end={tiers.data && tierState(tierVersions, today, texts)}
                    />
                  ),
                },
              ]}
              selectedId={isNew ? undefined : shownKey}
              onSelect={choose}
              hasDigits={false}
              isFocusedFirst
            />
          </>
        }
        detail={
          <>
            {published && (
              <TakesFocus key={published.requestId}>
                <Notice tone="good" title={t("rules.published", { name: published.name, version: published.version })} />
              </TakesFocus>
            )}
            {shownKey === "new rule" && <RuleForm key="new" versions={[]} {...form} />}
            {shownKey === "new plan" && <PlanForm key="new" versions={[]} {...form} />}
            {areTiersShown && tiers.data && (
              <>
                {tierVersions.length > 0 && <TierVersions versions={tierVersions} />}
                <TierForm versions={tierVersions} {...form} />
              </>
            )}
            {(rule ?? plan) && <Versions versions={(rule ?? plan)?.versions ?? []} />}
            {rule && <RuleForm key={rule.key} versions={rule.versions} {...form} />}
            {plan && <PlanForm key={plan.key} versions={plan.versions} {...form} />}
          </>
        }
      />
    </OfficePage>
  );
}

/** The tiers are one thing of the company. */
const tiersKey = "tiers";

/** The versions of each, newest first. Each keeps the place of its first version, so that publishing moves nothing in the list. */
function groupsOf<Kind extends "rule" | "plan", Version>(kind: Kind, all: readonly Version[], idOf: (version: Version) => string) {
  return [...Map.groupBy(all.toReversed(), idOf)].flatMap(([id, oldestFirst]) => {
    const versions = oldestFirst.toReversed();
    const [newest] = versions;
    return newest ? [{ key: `${kind}/${id}`, kind, versions, newest }] : [];
  });
}
