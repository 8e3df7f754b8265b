import type { MyData as Data, DataAccess } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useState } from 'react';
import { Consents } from '@/features/my-data/components/consents';
import { DeleteSheet } from '@/features/my-data/components/delete-sheet';
import { GuideSection } from '@/features/my-data/components/guide-section';
import { api, pictureUrl } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { momentText, timeText } from '@/lib/format';
import { toast, toastDone } from '@/lib/toast';
import { usePages } from '@/lib/use-pages';
import { useQuery } from '@/lib/use-query';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Icon } from '@/ui/icon';
import { Failed, ListEnd } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BlockSkeleton } from '@/ui/skeleton';
import '@/features/assets/components/assets.scss';
import '@/features/coupons/components/coupons.scss';

function Tags({ data, onChanged }: { data: Data; onChanged(): void }) {
  const drop = async (id: string) => {
    try {
      await api.mall.removeMyTag({ params: { id } });
      toastDone('已去掉');
    } catch (reason) {
      toast(troubleOf(reason).message);
    }
    onChanged();
  };
  return (
    <View className="card" data-testid="my-tags">
      <View className="card-title">我们怎么记住你</View>
      {data.tags.length === 0 ? <View className="small soft">还没有给你记过什么</View> : null}
      {data.tags.map((tag) => (
        <View key={tag.id} className="cell">
          <View className="grow">
            <View className="row gap-2 wrap">
              <View className="tag">{tag.name}</View>
              <View className="small soft">{tag.sourceText}</View>
            </View>
            <View className="cell-note">{tag.text}</View>
          </View>
          <View
            className="text-tap"
            role="button"
            aria-label={`去掉 ${tag.name}`}
            data-testid="drop-tag"
            onClick={() => void drop(tag.id)}
          >
            不准确
          </View>
        </View>
      ))}
    </View>
  );
}

function Viewers({ data }: { data: Data }) {
  const pages = usePages<DataAccess>('accesses', (cursor) =>
    api.mall.dataAccesses({ query: { limit: 10, ...(cursor ? { cursor } : {}) } }),
  );
  return (
    <View className="card" data-testid="my-viewers">
      <View className="card-title">谁能看到我</View>
      {data.viewers.map((one) => (
        <View key={one.who} className="benefit">
          <View className="benefit-icon">
            <Icon name="shield" />
          </View>
          <View className="grow">
            <View>
              {one.who}：{one.what}
            </View>
            <View className="small soft">{one.why}</View>
          </View>
        </View>
      ))}
      <View className="pick-label">最近谁看过</View>
      {pages.items.length === 0 && !pages.isFirstLoad ? <View className="small soft">最近没有人看过</View> : null}
      {pages.items.map((one) => (
        <View key={one.id} className="timeline-step">
          {one.who} {one.what}
          {one.times > 1 ? `（${one.times} 次）` : ''} · {timeText(one.at, clock.now())}
        </View>
      ))}
      {pages.items.length > 0 && !pages.isEnd ? (
        <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={false} onMore={pages.more} />
      ) : null}
    </View>
  );
}

function Rights({ onDelete }: { onDelete(): void }) {
  const files = useQuery('exports', () => api.mall.dataExports());
  const [isBusy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    try {
      await api.mall.exportMyData();
      toastDone('已生成');
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
      await files.reload();
    }
  };
  const copy = async (url: string) => {
    await Taro.setClipboardData({ data: pictureUrl(url) });
    toastDone('下载链接已复制');
  };
  return (
    <View className="card">
      <View className="card-title">我的权利</View>
      <View className="row between gap-3">
        <View className="grow">
          <View>导出我的数据</View>
          <View className="cell-note">资料、订单、资产和记录，打包成一个文件</View>
        </View>
        <Button isSmall kind="soft" isBusy={isBusy} onTap={() => void make()} testId="export-data">
          导出
        </Button>
      </View>
      {files.data?.map((file) => {
        const { url } = file;
        return (
          <Cell
            key={file.id}
            icon="list"
            title={`${timeText(file.at, clock.now())} 导出的资料`}
            note={
              file.state === 'READY'
                ? `${momentText(file.expiresAt, clock.now())} 前可以下载`
                : '已过期，再导出一次就有'
            }
            {...(url && file.state === 'READY' ? { value: '复制链接' } : {})}
            {...(url && file.state === 'READY' ? { onTap: () => void copy(url).catch(() => undefined) } : {})}
            testId="export-file"
          />
        );
      })}
      <Cell title="注销账号" note="先结清余额、积分和券" onTap={onDelete} testId="open-delete" />
    </View>
  );
}

/** Everything known about me, who sees it, and my rights over it. */
export default function MyData() {
  const data = useQuery('my-data', () => api.mall.myData());
  const [isDeleting, setDeleting] = useState(false);
  const reload = () => void data.reload();
  const mine = data.data;
  return (
    <Page testId="page-my-data">
      <View className="body">
        {!mine && data.trouble ? <Failed trouble={data.trouble} onRetry={reload} /> : null}
        {!mine && !data.trouble ? (
          <>
            <BlockSkeleton />
            <BlockSkeleton />
          </>
        ) : null}
        {mine ? (
          <>
            <GuideSection guide={mine.guide} onChanged={reload} />
            <Tags data={mine} onChanged={reload} />
            <Consents data={mine} onChanged={reload} />
            <Viewers data={mine} />
            <View className="card">
              <View className="card-title">凭什么认出我</View>
              {mine.identities.map((one) => (
                <Cell
                  key={one.kind + one.valueMasked}
                  title={one.kindText}
                  note={`${one.sourceText} · ${timeText(one.since, clock.now())}`}
                  value={one.valueMasked}
                />
              ))}
              {mine.combined.map((one) => (
                <Cell key={one.at + one.text} icon="info" title={one.text} note={timeText(one.at, clock.now())} />
              ))}
            </View>
            <Rights onDelete={() => setDeleting(true)} />
          </>
        ) : null}
      </View>
      <DeleteSheet isOpen={isDeleting} onClose={() => setDeleting(false)} />
    </Page>
  );
}
