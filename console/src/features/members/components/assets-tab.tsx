import { Segmented } from 'antd';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { countText, moneyText } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import { ActionButton } from '../../../ui/action-button';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Card } from '../../../ui/page';
import { ReasonButton } from '../../../ui/reason-button';
import { Empty, Loaded } from '../../../ui/states';
import { When } from '../../../ui/when';
import { type AssetEntry, type AssetKind, useAssetEntries, useMemberAssets, useRefreshPeople } from '../api';
import { ASSET, assetText, entryChange } from '../model';
import { AdjustDrawer } from './adjust-drawer';
import { GrantLevel } from './grant-level';
import { Lots } from './lots';

function Freeze({ id, asset, isFrozen }: { id: string; asset: 'WALLET' | 'POINTS'; isFrozen: boolean }) {
  const refresh = useRefreshPeople();
  const send = (wanted: boolean, reason: string) =>
    refresh(api.console.freezeAsset({ params: { id }, body: { asset, isFrozen: wanted, reason } }));
  if (isFrozen)
    return (
      <ActionButton size="small" done="已解冻" run={() => send(false, '核实后解冻')} testId={`unfreeze-${asset}`}>
        解冻{ASSET[asset]}
      </ActionButton>
    );
  return (
    <ReasonButton
      size="small"
      danger
      max={60}
      title={`冻结${ASSET[asset]}？`}
      description="冻结后顾客看得到、但用不了，直到解冻。"
      okText="冻结"
      run={(reason) => send(true, reason)}
      testId={`freeze-${asset}`}
    >
      冻结
    </ReasonButton>
  );
}

const entryColumns = (asset: AssetKind): Column<AssetEntry>[] => [
  { key: 'at', title: '时间', width: 130, render: (row) => <When at={row.at} />, text: (row) => exactText(row.at) },
  {
    key: 'what',
    title: '为什么',
    width: 300,
    render: (row) => (
      <>
        {row.title}
        {row.storeName ? <div className="muted small">{row.storeName}</div> : null}
      </>
    ),
    text: (row) => row.title,
  },
  {
    key: 'amount',
    title: '变动',
    width: 140,
    isRight: true,
    render: (row) => <b className="num">{entryChange(asset, row)}</b>,
    text: (row) => entryChange(asset, row),
  },
  ...(asset === 'WALLET'
    ? [
        {
          key: 'parts',
          title: '本金 / 赠送',
          width: 180,
          isRight: true,
          render: (row: AssetEntry) => (
            <span className="num muted">
              {assetText(asset, row.principal)} / {assetText(asset, row.bonus)}
            </span>
          ),
        },
      ]
    : []),
  {
    key: 'after',
    title: '之后剩',
    width: 130,
    isRight: true,
    render: (row) => (
      <span className="num">{asset === 'WALLET' ? moneyText(row.balanceAfter) : countText(row.balanceAfter)}</span>
    ),
    text: (row) => row.balanceAfter,
  },
];

function Ledger({ id, asset }: { id: string; asset: AssetKind }) {
  const entries = useAssetEntries(id, asset);
  return (
    <ListCard
      name={`ledger-${asset}`}
      title={`${ASSET[asset]}明细`}
      pages={entries}
      columns={entryColumns(asset)}
      rowKey={(row) => String(row.seq)}
      rowTestId="ledger-row"
      filters={<b>{ASSET[asset]}明细</b>}
      empty={<Empty title={`还没有${ASSET[asset]}变动`} hint="第一笔发生后，会记在这里，一笔不少。" />}
    />
  );
}

/** All a member owns, lot by lot, with the full ledger of each account. */
export function AssetsTab({ id }: { id: string }) {
  const assets = useMemberAssets(id);
  const [asset, setAsset] = useState<AssetKind>('WALLET');
  return (
    <Loaded query={assets} rows={8}>
      {({ wallet, points, pointsLots, level }) => (
        <div className="stack">
          <div className="grid" style={{ gridTemplateColumns: 'repeat(3, minmax(0, 1fr))' }}>
            <Card title="储值" extra={<Freeze id={id} asset="WALLET" isFrozen={wallet.isFrozen} />}>
              <div className="big num">{moneyText(wallet.balanceFen)}</div>
              <div className="muted">
                本金 {moneyText(wallet.principalFen)} + 赠送 {moneyText(wallet.bonusFen)}
                {wallet.heldFen > 0 ? `，占用 ${moneyText(wallet.heldFen)}` : ''}
              </div>
              {wallet.isFrozen ? <div className="danger">已冻结：{wallet.frozenText}</div> : null}
            </Card>
            <Card title="积分" extra={<Freeze id={id} asset="POINTS" isFrozen={points.isFrozen} />}>
              <div className="big num">{countText(points.available)}</div>
              <div className="muted">
                待生效 {countText(points.pending)}
                {points.owed > 0 ? `，欠 ${countText(points.owed)}` : ''}，值 {moneyText(points.worthFen)}
              </div>
            </Card>
            <Card title="等级" extra={<GrantLevel id={id} levels={level.levels} />}>
              <div className="big">{level.name}</div>
              <div className="muted">
                成长值 <span className="num">{level.growth}</span>
                {level.nextLevelName ? `，到「${level.nextLevelName}」要 ${level.nextLevelGrowth ?? 0}` : ''}
              </div>
            </Card>
          </div>
          <div className="between">
            <Segmented
              options={(['WALLET', 'POINTS', 'GROWTH'] as const).map((value) => ({ value, label: ASSET[value] }))}
              value={asset}
              onChange={setAsset}
              data-testid="asset-tab"
            />
            <AdjustDrawer memberId={id} asset={asset} />
          </div>
          {asset === 'WALLET' ? <Lots lots={wallet.lots} isMoney /> : null}
          {asset === 'POINTS' ? <Lots lots={pointsLots} /> : null}
          <Ledger key={asset} id={id} asset={asset} />
        </div>
      )}
    </Loaded>
  );
}
