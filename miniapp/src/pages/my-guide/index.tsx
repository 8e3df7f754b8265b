import { View } from '@tarojs/components';
import { useState } from 'react';
import { GuideHero } from '@/features/guide/components/guide-hero';
import { WhatGuideDoes } from '@/features/guide/components/what-guide-does';
import { LoginCard } from '@/features/member/components/login-card';
import { api } from '@/lib/api-client';
import { openPath } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { toast } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { wx } from '@/platform/wx';
import { session } from '@/session/session';
import { Button } from '@/ui/button';
import { Empty, Failed } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BlockSkeleton } from '@/ui/skeleton';

function NoGuide() {
  const [isBusy, setBusy] = useState(false);
  const scan = async () => {
    setBusy(true);
    try {
      const found = await wx.scan();
      if (!openPath(found.path ?? found.result)) toast('这不是导购的名片码');
    } catch {
      toast('没有扫到，请在微信里再试一次');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Empty
      icon="chat"
      title="你还没有专属导购"
      text="到店扫一扫导购的名片码，尺码、搭配、到货都能直接问"
      action={
        <Button isBusy={isBusy} onTap={() => void scan()} testId="scan-guide">
          扫导购名片
        </Button>
      }
    />
  );
}

export default function MyGuide() {
  const { status } = useCell(session);
  const me = useQuery(status === 'member' ? 'me:guide' : null, () => api.mall.me());
  const guide = me.data?.guide;
  return (
    <Page testId="page-my-guide">
      <View className="body">
        {status === 'guest' ? <LoginCard title="登录后看你的导购" text="你的专属导购会一直跟着你的会员账号" /> : null}
        {status !== 'guest' && !me.data && !me.trouble ? <BlockSkeleton /> : null}
        {!me.data && me.trouble ? <Failed trouble={me.trouble} onRetry={() => void me.reload()} /> : null}
        {guide ? <GuideHero guide={guide} /> : null}
        {me.data && !guide ? <NoGuide /> : null}
        {guide ? <WhatGuideDoes /> : null}
      </View>
    </Page>
  );
}
