import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { Fragment, useState } from "react";
import type { AccountView } from "#shared/contracts/acts/accounts.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { AccountForm } from "./account-form.tsx";
import { AccountNews, type News } from "./account-news.tsx";
import { StaffCard } from "./staff-card.tsx";
import { NewAccountForm } from "./new-account-form.tsx";
import styles from "./accounts.module.css";

const newAccount = "new";

/** Who may sign in, and what they may do (U-05). A manager looks after the staff cards of the own branch here, and nothing else. */
export default function AccountsScreen({ operator, status, onClose }: ScreenProps) {
  const { t } = useTexts();
  const client = useQueryClient();
  const list = useQuery(queries.accounts.list.queryOptions({ input: {}, enabled: !isWithoutLine(status) }));
  const accounts = (list.data?.accounts ?? []).toSorted(activeFirst);
  const branches = list.data?.branches ?? [];
  const [chosenId, setChosenId] = useState<string>();
  const [news, setNews] = useState<News>();
  const chosen = accounts.find(({ staffId }) => staffId === chosenId) ?? accounts[0];
  const mayManage = operator.permissions.includes("account.manage");
  const isNew = mayManage && (chosenId === newAccount || (list.isSuccess && !chosen));

  const choose = (id: string): void => {
    setChosenId(id);
    setNews(undefined);
  };
  const heard = (next: News): void => {
    setChosenId(next.staffId);
    setNews(next);
    void client.invalidateQueries({ queryKey: queries.accounts.list.key() });
  };

  return (
    <OfficePage
      id="accounts"
      title={t("accounts.title")}
      lead={t(mayManage ? "accounts.lead" : "accounts.lead.branch")}
      status={status}
      trouble={troubleOf(list.error)}
      isReading={list.isLoading}
      onClose={onClose}
    >
      <ListAndDetail
        list={
          <>
            {mayManage && (
              <Button size="large" onClick={() => choose(newAccount)}>
                {t("accounts.new")}
              </Button>
            )}
            <OptionList
              label={t("accounts.list")}
              options={accounts.map((account) => ({
                id: account.staffId,
                content: <AccountRow account={account} isOwn={account.staffId === operator.staffId} branches={branches} />,
              }))}
              selectedId={isNew ? undefined : chosen?.staffId}
              onSelect={choose}
              hasDigits={false}
              isFocusedFirst
            />
          </>
        }
        detail={
          <>
            {news && (
              <TakesFocus key={news.requestId}>
                <AccountNews news={news} />
              </TakesFocus>
            )}
            {isNew ? (
              <NewAccountForm branches={branches} onNews={heard} />
            ) : (
              chosen && (
                <Fragment key={chosen.staffId}>
                  {mayManage ? (
                    <AccountForm account={chosen} branches={branches} isOwn={chosen.staffId === operator.staffId} onNews={heard} />
                  ) : (
                    <h3 className={styles.title}>{chosen.displayName}</h3>
                  )}
                  <StaffCard account={chosen} onNews={heard} />
                </Fragment>
              )
            )}
          </>
        }
      />
    </OfficePage>
  );
}

/** Those who may sign in come first; then by branch and name. */
const activeFirst = (a: AccountView, b: AccountView): number =>
  Number(b.isActive) - Number(a.isActive) || (a.branch ?? "").localeCompare(b.branch ?? "") || a.userName.localeCompare(b.userName);

type RowProps = {
  readonly account: AccountView;
  readonly isOwn: boolean;
  readonly branches: readonly { readonly code: string; readonly name: string }[];
};

function AccountRow({ account, isOwn, branches }: RowProps) {
  const { t } = useTexts();
  const { displayName, userName, role, branch, isActive } = account;
  const place = branches.find(({ code }) => code === branch)?.name ?? t("accounts.branch.all");
  const state = [...(isOwn ? [t("accounts.you")] : []), ...(isActive ? [] : [t("accounts.off")])].join(" · ");
  return <ListRow title={`${displayName} ${userName}`} notes={[`${t(`shell.role.${role}`)} · ${place}`]} end={state} />;
}
