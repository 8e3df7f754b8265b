import type { MemberProfile } from '@shuke/shared/contracts';
import { useEffect, useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { toast } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import type { PickedPicture } from '@/platform/picture-types';
import { session } from '@/session/session';

const ASK_AGAIN_MS = 5_000;

/** The picture that a member sends of themself: it is worn once its check has passed, and only they see it until then. */
export function useAvatar(profile: MemberProfile) {
  const mine = useQuery('my-avatar', () => api.mall.myAvatar());
  const [isBusy, setBusy] = useState(false);
  const newest = mine.data?.newest ?? null;
  const isWaiting = newest?.check === 'WAITING';
  const { reload } = mine;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => void reload(), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isWaiting, reload]);
  const passedUrl = newest?.check === 'PASSED' ? newest.url : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each picture that has passed
  useEffect(() => {
    if (passedUrl === null || passedUrl === profile.avatarUrl) return;
    void api.mall.me().then(
      (home) => session.patch({ profile: home.profile }),
      () => undefined,
    );
  }, [passedUrl]);
  const send = async ({ base64 }: PickedPicture) => {
    setBusy(true);
    try {
      mine.put({ newest: await api.mall.uploadPicture({ body: { purpose: 'AVATAR', dataBase64: base64 } }) });
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  return { newest, isBusy, send };
}

/** What a member is told about the picture they sent; null when there is nothing to say. */
export function avatarWords(check: 'WAITING' | 'PASSED' | 'REFUSED' | null): string | null {
  if (check === 'WAITING') return '新头像正在审核，通过后别人就能看到';
  return check === 'REFUSED' ? '这张头像没有通过审核，换一张试试' : null;
}
