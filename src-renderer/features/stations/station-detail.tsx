import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { uuidv7 } from "uuidv7";
import type { EndedLife, PointsOfMembers, StationOverview, StationView } from "#shared/contracts/acts/stations.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { station as counter } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { spanWords } from "../../app/shell/span-words.ts";
import { Notice } from "../../ui/notice.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { clockWords, contactWords } from "./station-words.ts";
import styles from "./stations.module.css";

/** What an act did, as the administrator is told. */
export type News = PointsOfMembers & { readonly requestId: string; readonly kind: "fenced" | "gaveBack"; readonly proposals: number };

type FenceInput = Parameters<typeof counter.stations.fence>[0];
type GiveBackInput = Parameters<typeof counter.stations.giveBack>[0];

type Props = {
  readonly station: StationView;
  readonly name: string;
  readonly asOfMs: number;
  readonly cheapest: StationOverview["cheapest"];
  readonly mayAct: boolean;
  /** The figures on the screen are not those of head office any more. */
  readonly onChanged: () => void;
  readonly onNews: (news: News) => void;
};

/** One counter: what is known of it, and the two clicks for one that is dead. */
export function StationDetail({ station, name, asOfMs, cheapest, mayAct, onChanged, onNews }: Props) {
  const texts = useTexts();
  const { t, number } = texts;
  const { replica, rights, ended, lastContactMs } = station;
  const [confirming, setConfirming] = useState<"fence" | EndedLife>();
  const [requestId, setRequestId] = useState(uuidv7);
  const done = (kind: News["kind"], figures: PointsOfMembers, proposals = 0): void => {
    setConfirming(undefined);
    setRequestId(uuidv7());
    onNews({ requestId, kind, ...figures, proposals });
  };
  const renewFigures = (cause: unknown): never => {
    onChanged();
    throw cause;
  };
  const fence = useAct(
    (input: FenceInput) => counter.stations.fence(input).catch(renewFigures),
    ({ points, members, proposals }) => done("fenced", { points, members }, proposals),
  );
  const giveBack = useAct(
    (input: GiveBackInput) => counter.stations.giveBack(input).catch(renewFigures),
    (given) => done("gaveBack", given),
  );
  const ask = (what: "fence" | EndedLife): void => {
    fence.forget();
    giveBack.forget();
    setConfirming(what);
  };
  const canBeFenced = station.state === "active" || station.state === "rights_differ" || station.state === "suspended";
  // What is looked at is what counts: a life that was chosen before the figures were renewed is found again among the new ones.
  const life = typeof confirming === "object" ? ended.find(({ incarnation }) => incarnation === confirming.incarnation) : undefined;
  const worth = (points: number): string | undefined =>
    cheapest && points >= cheapest.costPoints
      ? t("stations.fence.worth", { pieces: number(Math.floor(points / cheapest.costPoints)), plan: texts.name(cheapest.name) })
      : undefined;
  const words = (held: PointsOfMembers): string =>
    held.budget === undefined
      ? t("stations.rights.of", figures(held))
      : `${t("stations.rights.of", figures(held))} · ${t("stations.rights.budget", { points: number(held.budget) })}`;
  const worst = (sentence: string, { budget }: PointsOfMembers): string =>
    budget === undefined ? sentence : `${sentence} ${t("stations.worst.budget", { points: number(budget) })}`;
  const figures = ({ points, members }: PointsOfMembers) => ({ points: number(points), members });

  return (
    <>
      <section className={styles.section} aria-label={name}>
        <h3 className={styles.title}>{name}</h3>
        {station.state === "rights_differ" && (
          <Notice tone="warn" title={t("stations.differs")}>
            {station.quarantined > 0 ? t("stations.differs.heldBack", { count: station.quarantined }) : t("stations.differs.other")}
          </Notice>
        )}
        <dl className={styles.facts}>
          <Fact label={t("stations.lastContact")}>{contactWords(station, asOfMs, texts)}</Fact>
          <Fact label={t("stations.rights")}>{words(rights)}</Fact>
          <Fact label={t("stations.attention")}>
            {t("stations.attention.counts", { quarantined: station.quarantined, flagged: station.flagged })}
          </Fact>
          <Fact label={t("stations.clock")}>{clockWords(station, texts)}</Fact>
          <Fact label={t("stations.app")}>{station.app}</Fact>
        </dl>
        {mayAct && canBeFenced && (
          <>
            <p className={styles.note}>{t("stations.fence.why")}</p>
            <Button size="large" danger onClick={() => ask("fence")}>
              {t("stations.fence")}
            </Button>
          </>
        )}
      </section>
      {ended.map((each) => (
        <section key={each.incarnation} className={styles.section} aria-label={t("stations.ended")}>
          <h3 className={styles.title}>{t("stations.ended")}</h3>
          <dl className={styles.facts}>
            <Fact label={t("stations.setAside")}>{words(each.setAside)}</Fact>
            <Fact label={t("stations.givenBack")}>{t("stations.points", { points: number(each.givenBack) })}</Fact>
            <Fact label={t("stations.lost")}>{t("stations.points", { points: number(each.lost) })}</Fact>
          </dl>
          {mayAct && each.setAside.points + (each.setAside.budget ?? 0) > 0 && (
            <Button size="large" danger onClick={() => ask(each)}>
              {t("stations.giveBack")}
            </Button>
          )}
        </section>
      ))}
      {confirming === "fence" && (
        <ConfirmDialog
          title={t("stations.fence.title", { station: name })}
          silence={lastContactMs === null ? undefined : t("stations.fence.silent", { span: spanWords(asOfMs - lastContactMs, t) })}
          worst={worst(t("stations.fence.worst", figures(rights)), rights)}
          worth={worth(rights.points)}
          how={t("stations.fence.how")}
          submit={t("stations.fence.submit", figures(rights))}
          act={fence}
          onSubmit={() => fence.run({ requestId, replica, shown: rights })}
          onClose={() => setConfirming(undefined)}
        />
      )}
      {life && (
        <ConfirmDialog
          title={t("stations.giveBack.title")}
          silence={undefined}
          worst={worst(t("stations.giveBack.worst", figures(life.setAside)), life.setAside)}
          worth={worth(life.setAside.points)}
          how={undefined}
          submit={t("stations.giveBack.submit", figures(life.setAside))}
          act={giveBack}
          onSubmit={() => giveBack.run({ requestId, replica, incarnation: life.incarnation, shown: life.setAside })}
          onClose={() => setConfirming(undefined)}
        />
      )}
    </>
  );
}

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
);
