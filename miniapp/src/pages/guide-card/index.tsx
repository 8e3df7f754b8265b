import type { GuideCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { GuideHero } from '@/features/guide/components/guide-hero';
import { WhatGuideDoes } from '@/features/guide/components/what-guide-does';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { goTab } from '@/lib/navigate';
import { toast } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { chooseStore, forgetChoice, resolveStore } from '@/session/current-store';
import { loginAgain } from '@/session/session';
import { enterVisit, visitOf } from '@/session/visit';
import { Button } from '@/ui/button';
import { Empty, Failed } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BlockSkeleton } from '@/ui/skeleton';

/** Enters the guide's store, which is what the card promises. */
function EnterStore({ guide }: { guide: GuideCard }) {
  const [isBusy, setBusy] = useState(false);
  const enter = async () => {
    setBusy(true);
    try {
      const { resolution } = await api.mall.enter({ query: { storeId: guide.storeId } });
      if (resolution.store) chooseStore(resolution.store);
      goTab(0);
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button kind="soft" isBlock isBusy={isBusy} onTap={() => void enter()} testId="enter-store">
      进入{guide.storeName}
    </Button>
  );
}

/** Whoever comes here without a code, by an old link perhaps, is shown the way on. */
function NoCode() {
  return (
    <Empty
      icon="alert"
      title="没有认出这张名片"
      text="再扫一次导购的名片码试试，或者先去商城逛逛"
      action={
        <Button kind="soft" onTap={() => goTab(0)} testId="go-home">
          去逛逛
        </Button>
      }
    />
  );
}

/** Opened by scanning a guide's code; from then on this visit belongs to the guide. */
export default function GuideCardPage() {
  const { params } = useRouter();
  const { scene } = visitOf({ scene: params.scene });
  const code = params.code ?? params.g;
  const hasKey = Boolean(scene || code);
  const card = useQuery(hasKey ? `guide-card:${scene ?? ''}:${code ?? ''}` : null, () =>
    api.mall.guideCard({ query: { ...(scene ? { scene } : {}), ...(code ? { code } : {}) } }),
  );
  const guideCode = card.data?.code;
  const isScanned = Boolean(scene);
  useEffect(() => {
    if (!guideCode || !isScanned) return;
    // A login that carries the guide's code is how the server learns of the scan.
    if (enterVisit({ g: guideCode }))
      void loginAgain().then(() => {
        forgetChoice();
        return resolveStore();
      });
  }, [guideCode, isScanned]);
  return (
    <Page testId="page-guide-card">
      <View className="body">
        {!card.data && card.trouble ? <Failed trouble={card.trouble} onRetry={() => void card.reload()} /> : null}
        {!card.data && !card.trouble && hasKey ? <BlockSkeleton /> : null}
        {hasKey ? null : <NoCode />}
        {card.data ? (
          <>
            <GuideHero guide={card.data} />
            <EnterStore guide={card.data} />
            <View className="spacer" />
            <WhatGuideDoes />
          </>
        ) : null}
      </View>
    </Page>
  );
}
