import type { Address } from '@shuke/shared/contracts';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { toast } from '@/lib/toast';
import { wx } from '@/platform/wx';
import { type Fulfil, fulfilOf } from './model';
import type { Place } from './use-checkout';

type Store = Parameters<typeof fulfilOf>[0] | null;

/** A place that the store does not deliver to, and why. */
export interface RefusedPlace {
  name: string;
  reason: string;
}

/** How the goods get to the person: the way, the address, and for a local delivery the place on the map. */
export function useWay(store: Store, isScanAndGo: boolean) {
  const [wish, setWish] = useState<Fulfil | null>(null);
  const [address, setAddress] = useState<Address | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const [refused, setRefused] = useState<RefusedPlace | null>(null);
  useEffect(() => {
    const pick = (picked: Address) => setAddress(picked);
    Taro.eventCenter.on('address-picked', pick);
    return () => {
      Taro.eventCenter.off('address-picked', pick);
    };
  }, []);
  const chosen = fulfilOf(store ?? { canShip: true, canPickup: true }, wish);
  const choose = (way: Fulfil) => {
    setRefused(null);
    if (way === 'DELIVERY' && !place) void deliverTo();
    else setWish(way);
  };
  /** Asks on the map where to; a place that the store refused before may be asked for again, slots come and go. */
  const deliverTo = async () => {
    try {
      const { latitude, longitude, name } = await wx.chooseLocation();
      setPlace({ latitude, longitude, name });
      setRefused(null);
      setWish('DELIVERY');
    } catch {
      toast('选好送到哪里，才能同城配送');
    }
  };
  /** The store does not deliver there: another way is taken, and the reason stays to be read. */
  const giveUpDelivery = (reason: string) => {
    setRefused({ name: place?.name ?? '', reason });
    setPlace(null);
    setWish(null);
  };
  const fulfil: Fulfil = isScanAndGo ? 'SCAN_AND_GO' : chosen;
  return { fulfil, place, address, refused, choose, deliverTo: () => void deliverTo(), giveUpDelivery };
}
