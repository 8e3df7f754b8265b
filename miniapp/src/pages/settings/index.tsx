import type { MemberProfile } from '@shuke/shared/contracts';
import { Input, Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { BirthdayCell } from '@/features/member/components/birthday-cell';
import { LoginCard } from '@/features/member/components/login-card';
import { avatarWords, useAvatar } from '@/features/member/use-avatar';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { go, pageUrl } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { toast, toastDone } from '@/lib/toast';
import { PhoneButton } from '@/platform/phone-button';
import { ProfileFields } from '@/platform/profile-fields';
import type { WxError } from '@/platform/wx-types';
import { session } from '@/session/session';
import { type Settings as Choices, changeSettings, settings } from '@/session/settings';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Page } from '@/ui/page';
import { BlockSkeleton } from '@/ui/skeleton';
import { Toggle } from '@/ui/toggle';

const THEMES: { key: Choices['theme']; label: string }[] = [
  { key: 'auto', label: '跟随系统' },
  { key: 'light', label: '浅色' },
  { key: 'dark', label: '深色' },
];

function ProfileForm({ profile }: { profile: MemberProfile }) {
  const [nickname, setNickname] = useState(profile.nickname);
  const [avatarUrl, setAvatarUrl] = useState(profile.avatarUrl);
  const [isBusy, setBusy] = useState(false);
  const avatar = useAvatar(profile);
  const words = avatarWords(avatar.newest?.check ?? null);
  const shownUrl = avatar.newest?.check === 'WAITING' ? avatar.newest.url : avatarUrl;
  const isChanged = nickname.trim() !== profile.nickname || avatarUrl !== profile.avatarUrl;
  const save = async () => {
    setBusy(true);
    try {
      const next = await api.mall.updateMe({
        body: {
          ...(nickname.trim() ? { nickname: nickname.trim().slice(0, 20) } : {}),
          ...(avatarUrl ? { avatarUrl } : {}),
        },
      });
      session.patch({ profile: next });
      toastDone('已保存');
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <View className="card">
      <ProfileFields
        avatarUrl={shownUrl}
        nickname={nickname}
        isBusy={avatar.isBusy}
        onPicture={(picture) => void avatar.send(picture)}
        onAvatar={setAvatarUrl}
        onNickname={setNickname}
      />
      {words ? (
        <View className="small mid" data-testid="avatar-state">
          {words}
        </View>
      ) : null}
      <View className="field">
        <Text className="field-label">昵称</Text>
        <Input
          className="field-input"
          type="nickname"
          value={nickname}
          maxlength={20}
          placeholder="怎么称呼你"
          data-testid="nickname-input"
          onInput={(event) => setNickname(event.detail.value)}
        />
        {isChanged ? (
          <Button isSmall isBusy={isBusy} onTap={() => void save()} testId="save-profile">
            保存
          </Button>
        ) : null}
      </View>
    </View>
  );
}

function PhoneCell({ profile }: { profile: MemberProfile }) {
  const [isBusy, setBusy] = useState(false);
  const verify = async (code: string) => {
    setBusy(true);
    try {
      session.patch({ profile: await api.mall.phone({ body: { code } }) });
      toastDone('已验证');
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  const refused = (error: WxError) => toast(error.isMissing ? '请在微信里打开后再验证' : '没有授权，手机号保持不变');
  return (
    <Cell
      icon="phone"
      title="手机号"
      note={profile.phoneMasked ?? '验证后，门店买的也会算进你的会员'}
      value={
        <PhoneButton isBusy={isBusy} onCode={(code) => void verify(code)} onRefuse={refused}>
          {profile.phoneMasked ? '更换' : '验证'}
        </PhoneButton>
      }
    />
  );
}

export default function Settings() {
  const { status, profile } = useCell(session);
  const { isBig, theme } = useCell(settings);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    if (status !== 'member' || profile) return;
    void api.mall.me().then(
      (home) => session.patch({ profile: home.profile }),
      () => setLost(true),
    );
  }, [status, profile]);
  // The profile stands above: what is below waits with it, and does without it when it cannot be had.
  if (status === 'unknown' || (status === 'member' && !profile && !isLost))
    return (
      <Page testId="page-settings">
        <View className="body">
          <BlockSkeleton />
          <BlockSkeleton lines={4} />
        </View>
      </Page>
    );
  return (
    <Page testId="page-settings">
      <View className="body">
        {status === 'guest' ? <LoginCard title="登录后可以改昵称和手机号" text="下面的显示设置不用登录也能用" /> : null}
        {profile ? (
          <>
            <ProfileForm key={`${profile.id}:${profile.avatarUrl}`} profile={profile} />
            <View className="card card-flush">
              <PhoneCell profile={profile} />
              <BirthdayCell />
              <Cell
                icon="bell"
                title="消息提醒"
                note="发货、取货、退款这些事，要不要发到微信"
                onTap={() => go(pageUrl.notices())}
                testId="to-notices"
              />
            </View>
          </>
        ) : null}
        <View className="card card-flush">
          <Cell
            title="大字号"
            note="文字放大到 1.4 倍"
            value={
              <Toggle isOn={isBig} label="大字号" onTurn={(on) => changeSettings({ isBig: on })} testId="big-type" />
            }
          />
          <View className="pick-label">外观</View>
          <View className="chips chips-last" role="radiogroup">
            {THEMES.map(({ key, label }) => (
              <View
                key={key}
                className={`chip ${key === theme ? 'chip-on' : ''}`}
                role="radio"
                aria-checked={key === theme}
                data-testid={`theme-${key}`}
                onClick={() => changeSettings({ theme: key })}
              >
                {label}
              </View>
            ))}
          </View>
        </View>
      </View>
    </Page>
  );
}
