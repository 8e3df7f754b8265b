import type { Address } from '@shuke/shared/contracts';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { toast } from '@/lib/toast';
import { wx } from '@/platform/wx';
import { type Fulfil, fulfilOf } from './model';
import type { Place } from './use-checkout';

type Store = Parameters<typeof fulfilOf>[0] | null;

/** How the goods get to the person: the way, the address, and for a local delivery the place on the map. */
export function useWay(store: Store, isScanAndGo: boolean) {
  const [wish, setWish] = useState<Fulfil | null>(null);
  const [address, setAddress] = useState<Address | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const pick = (picked: Address) => setAddress(picked);
    Taro.eventCenter.on('address-picked', pick);
    return () => {
      Taro.eventCenter.off('address-picked', pick);
    };
  }, []);
  const chosen = fulfilOf(store ?? { canShip: true, canPickup: true }, wish);
  const choose = async (way: Fulfil) => {
    if (way === 'DELIVERY' && !place) {
      try {
        const { latitude, longitude } = await wx.chooseLocation();
        setPlace({ latitude, longitude });
      } catch {
        return toast('选好送到哪里，才能同城配送');
      }
    }
    setWish(way);
  };
  const giveUpDelivery = () => {
    setPlace(null);
    setWish(null);
  };
  const fulfil: Fulfil = isScanAndGo ? 'SCAN_AND_GO' : chosen;
  return { fulfil, place, address, choose, giveUpDelivery };
}
