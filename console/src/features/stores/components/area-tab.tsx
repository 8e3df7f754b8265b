import { Button, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { useIsHq } from '../../../lib/me';
import { useRefreshMall } from '../../../lib/refresh';
import { useAllStores } from '../../../lib/stores';
import type { Store } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { Card } from '../../../ui/page';
import { Loaded } from '../../../ui/states';
import { cornersOf, outlineProblem, polygonOf } from '../geo';
import { type Area, useArea } from '../mall-api';
import { AreaMap } from './area-map';

function Editor({ store, area, canEdit }: { store: Store; area: Area; canEdit: boolean }) {
  const [kind, setKind] = useState(area.kind);
  const [radiusM, setRadius] = useState(area.radiusM);
  const [priority, setPriority] = useState(area.priority);
  const [corners, setCorners] = useState(() => cornersOf(area.polygon));
  const [zoom, setZoom] = useState(0);
  const stores = useAllStores();
  const refresh = useRefreshMall();
  const reachM = Math.max(3000, area.radiusM * 1.6) * 2 ** zoom;
  const problem = kind === 'POLYGON' ? outlineProblem(corners) : null;
  const save = () =>
    refresh(
      api.console.updateStoreArea({
        params: { id: store.id },
        body: {
          version: area.version,
          kind,
          radiusM,
          priority,
          polygon: kind === 'POLYGON' ? polygonOf(corners) : null,
        },
      }),
    );
  return (
    <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 560px) minmax(280px, 1fr)', alignItems: 'start' }}>
      <div className="stack tight">
        <AreaMap
          store={store}
          others={stores.data ?? []}
          kind={kind}
          radiusM={radiusM}
          corners={corners}
          reachM={reachM}
          {...(canEdit ? { onChange: setCorners } : {})}
        />
        <div className="between">
          <span className="muted small">
            {kind === 'POLYGON' && canEdit ? '点一下加一个点，拖动来挪，双击去掉' : '灰点是直营店，黄点是加盟店'}
          </span>
          <span className="row">
            <span className="muted small num">宽 {Math.round((reachM * 2) / 1000)} 公里</span>
            <Button size="small" onClick={() => setZoom(zoom - 1)} disabled={zoom <= -3}>
              放大
            </Button>
            <Button size="small" onClick={() => setZoom(zoom + 1)} disabled={zoom >= 4}>
              缩小
            </Button>
          </span>
        </div>
      </div>
      <Card title="范围怎么算">
        <div className="stack">
          <Radio.Group
            disabled={!canEdit}
            value={kind}
            onChange={(event) => setKind(event.target.value)}
            options={[
              { value: 'RADIUS', label: '以店为圆心' },
              { value: 'POLYGON', label: '自己画' },
            ]}
            data-testid="area-kind"
          />
          {kind === 'RADIUS' ? (
            <div className="row">
              半径
              <InputNumber
                aria-label="半径"
                min={100}
                max={100_000}
                step={500}
                precision={0}
                suffix="米"
                disabled={!canEdit}
                value={radiusM}
                onChange={(value) => setRadius(value ?? area.radiusM)}
                style={{ width: 150 }}
                data-testid="area-radius"
              />
            </div>
          ) : (
            <div className="between">
              <span className="num">{corners.length} 个点</span>
              <Button size="small" disabled={!canEdit || corners.length === 0} onClick={() => setCorners([])}>
                重新画
              </Button>
            </div>
          )}
          <div className="row">
            优先级
            <InputNumber
              aria-label="优先级"
              min={0}
              max={100}
              precision={0}
              disabled={!canEdit}
              value={priority}
              onChange={(value) => setPriority(value ?? 0)}
              style={{ width: 100 }}
            />
            <span className="muted small">范围重叠、距离又差不多时，大的先</span>
          </div>
          {problem ? (
            <div className="danger" role="alert" data-testid="area-problem">
              {problem}
            </div>
          ) : null}
          {canEdit ? (
            <ActionButton type="primary" done="已保存" disabled={problem !== null} run={save} testId="area-save">
              保存范围
            </ActionButton>
          ) : (
            <span className="muted">服务范围由总部划定。</span>
          )}
        </div>
      </Card>
    </div>
  );
}

/** Where a store's consumers live: a radius, or an outline drawn on the map. */
export function AreaTab({ store }: { store: Store }) {
  const area = useArea(store.id);
  const isHq = useIsHq();
  return (
    <Loaded query={area}>{(data) => <Editor key={data.version} store={store} area={data} canEdit={isHq} />}</Loaded>
  );
}
