import type { Address } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import Taro, { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { AddressSheet } from '@/features/address/components/address-sheet';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { back } from '@/lib/navigate';
import { confirm, toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Empty, Failed } from '@/ui/notice';
import { Page } from '@/ui/page';
import { RowsSkeleton } from '@/ui/skeleton';

export default function Addresses() {
  const { params } = useRouter();
  const isPicking = params.pick === '1';
  const list = useQuery('addresses', () => api.mall.addresses());
  const [editing, setEditing] = useState<Address | 'new' | null>(null);
  const pick = (address: Address) => {
    Taro.eventCenter.trigger('address-picked', address);
    back();
  };
  const saved = (address: Address) => {
    setEditing(null);
    toastDone('已保存');
    if (isPicking) pick(address);
    else void list.reload();
  };
  const remove = async (address: Address) => {
    if (!(await confirm('删除地址', `删除「${address.detail}」吗？`, '删除'))) return;
    try {
      await api.mall.deleteAddress({ params: { id: address.id } });
      toastDone('已删除');
    } catch (reason) {
      toast(troubleOf(reason).message);
    }
    await list.reload();
  };
  return (
    <Page testId="page-addresses">
      <View className="body body-with-bar">
        {!list.data && !list.trouble ? <RowsSkeleton /> : null}
        {!list.data && list.trouble ? <Failed trouble={list.trouble} onRetry={() => void list.reload()} /> : null}
        {list.data?.length === 0 ? <Empty icon="pin" title="还没有收货地址" text="添加一个，下单时直接选" /> : null}
        {list.data?.map((address) => (
          <View
            key={address.id}
            className="card"
            hoverClass={isPicking ? 'card-pressed' : 'none'}
            data-testid={`address-${address.id}`}
            onClick={() => (isPicking ? pick(address) : setEditing(address))}
          >
            <View className="row gap-2">
              <Text className="strong">{address.name}</Text>
              <Text className="digits mid">{address.phone}</Text>
              {address.isDefault ? <Text className="tag">默认</Text> : null}
            </View>
            <View className="mid">
              {address.province} {address.city === address.province ? '' : address.city} {address.district}{' '}
              {address.detail}
            </View>
            <View className="row gap-4 address-actions" onClick={(event) => event.stopPropagation()}>
              <View
                className="text-tap"
                role="button"
                data-testid={`edit-${address.id}`}
                onClick={() => setEditing(address)}
              >
                <Icon name="edit" size={16} />
                修改
              </View>
              <View
                className="text-tap soft"
                role="button"
                data-testid={`delete-${address.id}`}
                onClick={() => void remove(address)}
              >
                <Icon name="trash" size={16} />
                删除
              </View>
            </View>
          </View>
        ))}
      </View>
      <View className="bar">
        <Button isBlock onTap={() => setEditing('new')} testId="new-address">
          添加新地址
        </Button>
      </View>
      {editing ? (
        <AddressSheet address={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onSaved={saved} />
      ) : null}
    </Page>
  );
}
